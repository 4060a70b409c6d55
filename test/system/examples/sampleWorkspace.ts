/**
 * Calls the sample tools as their manifest says, with as little as that takes: it stands beside the engine's runners,
 * so that these tests say something about the folder alone.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { parseDocument } from 'yaml';

export const examplesFolder = resolve(import.meta.dirname, '../../../examples');

export type Arguments = Record<string, unknown>;

export interface HttpBinding {
  method: string;
  url: string;
  query?: Record<string, string>;
  body?: 'json';
}

export interface SampleTool {
  name: string;
  description: string;
  risk: string;
  parameters: { type: string; properties: Record<string, Record<string, unknown>>; required?: string[] };
  run: { command?: string[]; stdin?: 'json'; module?: string; export?: string; http?: HttpBinding };
}

export interface SampleManifest {
  tools: SampleTool[];
  services: Record<string, { command: string[]; ready: { line: string } }>;
}

/** What a call came to. `text` is the result, or what the tool said when it refused. */
export interface Answer {
  ok: boolean;
  text: string;
  signal: NodeJS.Signals | null;
}

/** The manifest of a folder; throws where it is no clean YAML. */
export function readManifest(folder: string): SampleManifest {
  const document = parseDocument(readFileSync(join(folder, 'imaginarium.yaml'), 'utf8'));
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) throw problem;
  return document.toJS() as SampleManifest;
}

/** One folder of tools, its services started when the first call needs them. */
export class SampleWorkspace {
  readonly manifest: SampleManifest;
  private readonly folder: string;
  private service: { port: Promise<string>; stop: () => void } | undefined;

  constructor(folder: string) {
    this.folder = folder;
    this.manifest = readManifest(folder);
  }

  async call(name: string, args: Arguments): Promise<Answer> {
    const tool = this.manifest.tools.find((one) => one.name === name);
    if (!tool) throw new Error(`No tool ${name} in ${this.folder}`);
    const { command, stdin, module, export: exported, http } = tool.run;
    if (http) return await this.request(http, args);
    if (command) return await this.execute(fill(command, args), stdin ? JSON.stringify(args) : '');
    return await this.execute(
      moduleCall(join(this.folder, module ?? ''), exported ?? ''),
      JSON.stringify(args),
    );
  }

  stop(): void {
    this.service?.stop();
  }

  private async execute(vector: string[], input: string): Promise<Answer> {
    const [program = '', ...rest] = vector;
    const child = spawn(program, rest, { cwd: this.folder, env: toolEnvironment() });
    child.stdin.on('error', () => undefined).end(input);
    const [stdout, stderr, [code, signal]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
    ]);
    return { ok: code === 0, text: (code === 0 ? stdout : stderr).trim(), signal };
  }

  private async request(http: HttpBinding, args: Arguments): Promise<Answer> {
    this.service ??= this.startTrains();
    const port = await this.service.port;
    const [url = ''] = fill([http.url], args, encodeURIComponent, { 'service:trains.port': port });
    const query = Object.entries(http.query ?? {}).flatMap(([key, value]) =>
      fill([value], args).map((filled) => [key, filled] as [string, string]),
    );
    const response = await fetch(`${url}?${new URLSearchParams(query)}`, {
      method: http.method,
      ...(http.body ? { body: JSON.stringify(args), headers: { 'content-type': 'application/json' } } : {}),
    });
    return { ok: response.ok, text: await response.text(), signal: null };
  }

  private startTrains(): { port: Promise<string>; stop: () => void } {
    const trains = this.manifest.services.trains;
    if (!trains) throw new Error(`No service "trains" in ${this.folder}`);
    const [program = '', ...rest] = fill(trains.command, {});
    const child = spawn(program, rest, {
      cwd: this.folder,
      env: toolEnvironment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ready = new RegExp(trains.ready.line);
    const port = once(createInterface({ input: child.stdout }), 'line').then(([line]) => {
      const found = ready.exec(String(line))?.groups?.port;
      if (!found) throw new Error(`The service said "${line}" instead of ${trains.ready.line}`);
      return found;
    });
    return { port, stop: () => child.kill() };
  }
}

/** Fills `${name}` in each entry; an entry whose placeholder has no value is left out. */
function fill(
  entries: string[],
  args: Arguments,
  encode: (value: string) => string = String,
  fixed: Record<string, string> = {},
): string[] {
  const values: Arguments = { node: process.execPath, ...fixed, ...args };
  const named = /\$\{([^}]+)\}/g;
  return entries
    .filter((entry) => [...entry.matchAll(named)].every(([, name = '']) => values[name] !== undefined))
    .map((entry) => entry.replace(named, (_, name: string) => encode(String(values[name]))));
}

function moduleCall(file: string, exported: string): string[] {
  const program = `
    import { json } from 'node:stream/consumers';
    import * as tool from ${JSON.stringify(pathToFileURL(file).href)};
    try {
      console.log(JSON.stringify(await tool[${JSON.stringify(exported)}](await json(process.stdin))));
    } catch (error) {
      console.error(error.name + ': ' + error.message);
      process.exitCode = 1;
    }`;
  return [process.execPath, '--input-type=module', '--eval', program];
}

/** What the engine lets a tool see of the environment. */
function toolEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG, TMPDIR, SystemRoot } = process.env;
  return Object.fromEntries(
    Object.entries({ PATH, HOME, LANG, TMPDIR, SystemRoot }).filter(([, value]) => value !== undefined),
  );
}
