/** A tool together with what is needed to run it: what a source file says once it is read. Next to no behaviour here. */

import type { Json, JsonObject } from '../core/json.ts';
import type { Budget } from '../core/run.ts';
import type { FormatName, ServerState } from '../core/source.ts';
import type { Risk, SpecLocation, SpecProblem, Tool } from '../core/tool.ts';
import type { OpenApiRunner } from './openapi/operation.ts';

export type { OpenApiRunner } from './openapi/operation.ts';

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

/** A tool of an MCP server. */
export interface McpRunner {
  kind: 'mcp';
  server: McpServerSpec;
  /** The name the server knows. */
  tool: string;
}

/** A tool that the editor runs, through the extension host. */
export interface EditorRunner {
  kind: 'editor';
  /** The name the editor knows. */
  name: string;
}

/** A model plays the tool. */
export interface SimulateRunner {
  kind: 'simulate';
}

/** An MCP server as a configuration file names it. Strings may hold that file's own variables until it is started. */
export interface McpServerSpec {
  name: string;
  /** The file it stands in, relative to the workspace folder, and where. */
  source: SpecLocation;
  transport:
    | {
        kind: 'stdio';
        command: string;
        args: string[];
        env: Record<string, string>;
        cwd: string | null;
        /** A file of `NAME=value` lines. */
        envFile?: string | null;
      }
    | { kind: 'http' | 'sse'; url: string; headers: Record<string, string> };
  /** The `inputs` of its file that it names, with the value that each has without a person's word. */
  inputs?: Record<string, string | null>;
  /** Its configuration switches it off. */
  disabled?: boolean;
  /** What the manifest gives it beside (`include: env:`): texts with the manifest's placeholders, and what those need. */
  manifestEnv?: Record<string, string>;
  manifestServices?: ServiceSpec[];
  /** Why it cannot be started, when its entry has errors. */
  problem: string | null;
}

export type RunnerSpec =
  | CommandRunner
  | ModuleRunner
  | HttpRunner
  | OpenApiRunner
  | McpRunner
  | EditorRunner
  | SimulateRunner;

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
  /** An operation of an OpenAPI document that nothing can run before a manifest names its server. */
  operation?: OpenApiRunner;
  /** How its source has it, where a model is shown something else: another name, another schema. */
  written?: WrittenTool;
  /** Time limit of a call, milliseconds. */
  timeoutMs: number;
  /** What is kept of the tool's output, bytes. */
  outputLimit: number;
  /** The services of its manifest, used by it or not. */
  services: ServiceSpec[];
  /** Where its file has it, for what the editor shows and changes there. Absent for what stands in no file. */
  spot?: ToolSpot;
}

/** Where the file of a tool has its parts; `formats/toolSpot.ts` makes it. */
export interface ToolSpot {
  /** JSON Pointers, in the file, of the tool and of its parameters. */
  at: string;
  schemaAt: string;
  /** Its name, or the key that names it. Lines and columns count from 1; the end is the place after the last character. */
  name: { line: number; column: number; endLine: number; endColumn: number };
}

/** A tool as its source has it. */
export interface WrittenTool {
  name: string;
  description: string;
  /** The parameters, in the words of the format. */
  schema: Json;
  /** What could not be carried over into JSON Schema, a sentence each. */
  notes: string[];
}

/** One source, read: a file, a server that a file names, or the editor. */
export interface SourceResult {
  /**
   * Its name, unlike that of any other source of the folder: the path of the file relative to `folder`, with `/`; for a
   * server that a file names `<path>#<server>`; for the tools of the running editor `editor`.
   */
  path: string;
  /** The file, relative to `folder`; null for what stands in none. Absent: it is `path`. */
  file?: string | null;
  /** Other files that it takes something from, relative to `folder`, whether they are there or not. */
  alsoReads?: string[];
  /** Absent: `manifest`. */
  format?: FormatName;
  /** MCP servers that the file names: their tools are not known before they are asked. */
  servers?: McpServerSpec[];
  /** The server whose tools these are. */
  server?: ServerState;
  /** What a manifest says about other sources. */
  bindings?: SourceBindings;
  /** Absolute path of the workspace folder. */
  folder: string;
  tools: BoundTool[];
  /** In the order in which they stand in the file. */
  problems: SpecProblem[];
  /** Limits that the source sets for runs on its tools; what it does not name is missing. */
  budget: Partial<Budget>;
}

/** What a manifest says about the sources of its folder. */
export interface SourceBindings {
  include: Include[];
  /** Globs of sources that are not shown, relative to the folder. */
  exclude: Excluded[];
  /** The services of the manifest: what it binds may use them. */
  services: ServiceSpec[];
}

export interface Excluded {
  glob: string;
  at: SpecLocation;
}

/** Narrows a source of the folder, and binds runners, risks and secrets to its tools. */
export interface Include {
  /** Glob of the source's name; relative to the folder. */
  source: string;
  /** Names of tools, with `*`; null for all. */
  only: string[] | null;
  /** Base address for the operations of an OpenAPI document; may hold placeholders. */
  server: string | null;
  /** By security scheme of an OpenAPI document: a text with placeholders. */
  auth: Record<string, string>;
  /** What an MCP server gets beside what its configuration names; values may hold placeholders. */
  env: Record<string, string>;
  /** For all its tools, and by the name of a tool, which counts more. */
  all: ToolBinding;
  tools: Record<string, ToolBinding>;
  /** Where it stands in the manifest. */
  at: SpecLocation;
  /** Where its parts stand, by their path in it: `/source`, `/only/0`, `/server`, `/tools/NAME`, `/run`, `/tools/NAME/run`. */
  places: Record<string, SpecLocation>;
}

export interface ToolBinding {
  risk?: Risk;
  runner?: RunnerSpec;
  /** The arguments that the runner names, each once. */
  arguments?: string[];
  timeoutMs?: number;
  outputLimit?: number;
  /** It has errors, which are reported: what it is for cannot be run. */
  broken?: true;
}

/** Time limit of a call whose manifest sets none, milliseconds. */
export const defaultTimeoutMs = 30_000;

/** What is kept of an output when the manifest sets no limit, bytes. */
export const defaultOutputLimit = 64 * 1024;

/** Of what a call returns, characters of JSON Schema: it is for playing the tool, and a longer one is not kept. */
const longestOutput = 8_000;

export function keepsOutput(schema: JsonObject): boolean {
  return JSON.stringify(schema).length <= longestOutput;
}
