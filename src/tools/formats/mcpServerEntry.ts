/** One entry of `servers` or `mcpServers`. What is wrong with it is reported, and the server is there all the same. */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { SpecProblem } from '../../core/tool.ts';
import type { McpServerSpec } from '../boundTool.ts';
import { isSecretValue } from '../mcp/clearSecrets.ts';
import { inputSecret, parseVariables, unknownVariable, variablesOf } from '../mcp/variables.ts';

export type ReportProblem = (
  pointer: string,
  severity: SpecProblem['severity'],
  message: string,
  part?: 'key' | 'value',
) => void;

type Transport = McpServerSpec['transport'];
export type ReadServer = Pick<McpServerSpec, 'transport' | 'disabled' | 'inputs' | 'problem'>;

const types: Record<string, Transport['kind']> = {
  stdio: 'stdio',
  local: 'stdio',
  http: 'http',
  remote: 'http',
  'streamable-http': 'http',
  streamable_http: 'http',
  streamablehttp: 'http',
  'http-stream': 'http',
  sse: 'sse',
};

/** @param inputs the `inputs` of the file, with their defaults */
export function readServer(
  value: Json,
  pointer: string,
  inputs: ReadonlyMap<string, string | null>,
  report: ReportProblem,
): ReadServer {
  return new EntryReader(value, pointer, inputs, report).read();
}

class EntryReader {
  readonly #entry: JsonObject;
  readonly #pointer: string;
  readonly #inputs: ReadonlyMap<string, string | null>;
  readonly #report: ReportProblem;
  readonly #used: Record<string, string | null> = {};
  #problem: string | null = null;

  constructor(
    value: Json,
    pointer: string,
    inputs: ReadonlyMap<string, string | null>,
    report: ReportProblem,
  ) {
    this.#pointer = pointer;
    this.#inputs = inputs;
    this.#report = report;
    this.#entry = isJsonObject(value) ? value : {};
    if (!isJsonObject(value)) {
      this.#fail('', 'A server is an object: {"command": …, "args": […]}, or {"url": …}.');
    }
  }

  read(): ReadServer {
    const transport = this.#transport();
    const { disabled, enabled } = this.#entry;
    return {
      transport,
      ...(disabled === true || enabled === false ? { disabled: true } : {}),
      ...(Object.keys(this.#used).length > 0 ? { inputs: this.#used } : {}),
      problem: this.#problem,
    };
  }

  #transport(): Transport {
    const kind = this.#kind();
    if (kind === 'stdio') return this.#stdio();
    const key = this.#entry.url === undefined && this.#entry.serverUrl !== undefined ? 'serverUrl' : 'url';
    return { kind, url: this.#url(key), headers: this.#texts('headers') };
  }

  /** What the entry says, or what follows from what it has. */
  #kind(): Transport['kind'] {
    const { type, transport, command, url, serverUrl } = this.#entry;
    const [key, said] = type === undefined ? ['transport', transport] : ['type', type];
    const hasUrl = url !== undefined || serverUrl !== undefined;
    // Where nothing is said, older servers are known by the address that their libraries give them.
    const isOld = /\/sse\/?(?:[?#]|$)/.test(String(url ?? serverUrl));
    const guess = command === undefined && hasUrl ? (isOld ? 'sse' : 'http') : 'stdio';
    if (said === undefined) return guess;
    const kind = typeof said === 'string' ? types[said.toLowerCase()] : undefined;
    if (kind === undefined) {
      const shown = JSON.stringify(said).slice(0, 40);
      this.#fail(`/${key}`, `The ${key} ${shown} is not known: write "stdio", "http" or "sse".`);
      return guess;
    }
    return kind;
  }

  #stdio(): Transport {
    const { command, args, cwd, envFile } = this.#entry;
    const words = Array.isArray(command) ? this.#list('command', command) : [this.#text('command', command)];
    const [program = ''] = words;
    if (command === undefined && this.#problem === null) {
      this.#fail('', 'The server needs a "command" that starts it, or a "url" at which it listens.');
    } else if (command !== undefined && program.trim() === '') {
      this.#fail('/command', 'The command is empty: name the program that starts the server.');
    } else if (/\s/.test(program) && !/[\\/]/.test(program) && args === undefined) {
      this.#warn('/command', 'No shell reads the command: put what follows the program into "args".');
    }
    return {
      kind: 'stdio',
      command: program,
      args: [...words.slice(1), ...(args === undefined || args === null ? [] : this.#list('args', args))],
      env: this.#texts('env'),
      cwd: cwd === undefined || cwd === null ? null : this.#text('cwd', cwd),
      ...(envFile === undefined || envFile === null ? {} : { envFile: this.#text('envFile', envFile) }),
    };
  }

  #url(key: string): string {
    const written = this.#entry[key];
    if (written === undefined) {
      this.#fail('', 'The server needs a "url" at which it listens.');
      return '';
    }
    const url = this.#text(key, written);
    // What is no server of a known kind has an address of that kind.
    if (this.#problem !== null) return url;
    const sample = parseVariables(url)
      .map((part) => (typeof part === 'string' ? part : '1'))
      .join('');
    const begins = typeof parseVariables(url)[0] === 'string';
    if (
      url !== '' &&
      (!URL.canParse(begins ? sample : 'http://1') || (begins && !/^https?:\/\//i.test(sample)))
    ) {
      this.#fail(
        `/${key}`,
        'This is no address that can be asked: it has to begin with http:// or https://.',
      );
    }
    return url;
  }

  #list(key: string, value: Json): string[] {
    if (!Array.isArray(value)) {
      this.#fail(`/${key}`, `"${key}" is a list of texts: ["first", "second"].`);
      return [];
    }
    return value.map((item, index) => this.#text(`${key}/${index}`, item));
  }

  /** A mapping of names to texts; numbers and truth values count as what they look like. */
  #texts(key: string): Record<string, string> {
    const value = this.#entry[key];
    if (value === undefined || value === null) return {};
    if (!isJsonObject(value)) {
      this.#fail(`/${key}`, `"${key}" is an object of texts: {"NAME": "value"}.`);
      return {};
    }
    const texts: Record<string, string> = {};
    for (const [name, item] of Object.entries(value)) {
      // In VS Code this takes a variable away; here there are none but those that are named.
      if (item === null || name === '__proto__') continue;
      const text = this.#text(`${key}/${escaped(name)}`, item);
      texts[name] = text;
      if (isSecretValue(name, text)) this.#warnOfSecret(`/${key}/${escaped(name)}`, name);
    }
    return texts;
  }

  #text(path: string, value: Json | undefined): string {
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (typeof value !== 'string') {
      if (value !== undefined) this.#fail(`/${path}`, `"${path.split('/')[0]}" has to hold texts only.`);
      return '';
    }
    const unknown = unknownVariable(value);
    if (unknown !== null) {
      const forms = '${workspaceFolder}, ${userHome}, ${env:NAME}, ${input:id}, ${NAME} and ${NAME:-text}';
      this.#fail(`/${path}`, `Nothing here can fill ${unknown.slice(0, 60)}: only ${forms} can be filled.`);
    }
    for (const variable of variablesOf(value)) {
      if (variable.kind === 'input') this.#use(variable.id, path);
    }
    return value;
  }

  #use(id: string, path: string): void {
    if (!this.#inputs.has(id)) {
      this.#warn(
        `/${path}`,
        `The file has no input "${id.slice(0, 60)}". It is taken from the secret ${inputSecret(id)} (Set Secret of a Tool…).`,
      );
    }
    this.#used[id] = this.#inputs.get(id) ?? null;
  }

  #warnOfSecret(pointer: string, name: string): void {
    this.#warn(
      pointer,
      `The value of "${name.slice(0, 60)}" looks like a secret that everybody can read who has this file. Write \${input:…} or \${env:…} instead.`,
    );
  }

  #fail(pointer: string, message: string): void {
    this.#problem ??= message;
    this.#report(this.#pointer + pointer, 'error', message, pointer === '' ? 'key' : 'value');
  }

  #warn(pointer: string, message: string): void {
    this.#report(this.#pointer + pointer, 'warning', message);
  }
}

/** A key as part of a JSON Pointer. */
export function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
