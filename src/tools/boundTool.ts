/** A tool together with what is needed to run it: what a source file says once it is read. No behaviour here. */
import type { Budget } from '../core/run.ts';
import type { SpecProblem, Tool } from '../core/tool.ts';

/** Starts a program with an argument vector; no shell is involved. Strings may hold placeholders. */
export interface CommandRunner {
  kind: 'command';
  command: string[];
  /** `json`: the arguments arrive as one JSON text on standard input. */
  stdin: 'json' | null;
  /** What the program gets beside PATH, HOME, LANG and TMPDIR; values may hold placeholders. */
  env: Record<string, string>;
}

/** Calls an export of a JavaScript module, in a process of its own, with the arguments as one object. */
export interface ModuleRunner {
  kind: 'module';
  /** As written, relative to the workspace folder. */
  module: string;
  export: string;
  env: Record<string, string>;
}

/** Sends one request. The URL's scheme, host and port come from the manifest, never from arguments. */
export interface HttpRunner {
  kind: 'http';
  method: HttpMethod;
  url: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  /** `json`: all arguments as one JSON object. */
  body: 'json' | null;
}

export const httpMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type HttpMethod = (typeof httpMethods)[number];

export type RunnerSpec = CommandRunner | ModuleRunner | HttpRunner;

/** A server that tools need: started when the first of them is called, ended with the engine. */
export interface ServiceSpec {
  name: string;
  /** The manifest it stands in, relative to the workspace folder. */
  source: string;
  command: string[];
  env: Record<string, string>;
  /** Regular expression for the line that says "ready"; its named groups are `${service:NAME.GROUP}`. */
  readyLine: string;
  /** How long it may take until that line, milliseconds. */
  readyTimeoutMs: number;
}

export interface BoundTool {
  tool: Tool;
  /** Absolute path of the workspace folder; commands run there and relative paths start there. */
  folder: string;
  /** Null when `notRunnable` says why. */
  runner: RunnerSpec | null;
  notRunnable: string | null;
  /** Time limit of a call, milliseconds. */
  timeoutMs: number;
  /** What is kept of the tool's output, bytes. */
  outputLimit: number;
  /** The services of its manifest, used by it or not. */
  services: ServiceSpec[];
}

/** One source file, read. */
export interface SourceResult {
  /** Relative to `folder`, with `/`. */
  path: string;
  /** Absolute path of the workspace folder. */
  folder: string;
  tools: BoundTool[];
  /** In the order in which they stand in the file. */
  problems: SpecProblem[];
  /** Limits that the source sets for runs on its tools; what it does not name is missing. */
  budget: Partial<Budget>;
}

/** Time limit of a call whose manifest sets none, milliseconds. */
export const defaultTimeoutMs = 30_000;

/** What is kept of an output when the manifest sets no limit, bytes. */
export const defaultOutputLimit = 64 * 1024;
