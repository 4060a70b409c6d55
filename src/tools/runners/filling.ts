/** Fills the placeholders of a runner: first what has to be asked for (environment, secrets, services), then arguments. */
import type { Json, JsonObject } from '../../core/json.ts';
import type { OpenApiRunner, RunnerSpec } from '../boundTool.ts';
import {
  type Placeholder,
  parseTemplate,
  placeholdersOf,
  type Template,
  writePlaceholder,
} from '../placeholders.ts';
import { CallRefused } from './runner.ts';

export interface FillingSources {
  env: NodeJS.ProcessEnv;
  secret(name: string): Promise<string | null>;
  /** What the service's "ready" line gave; starts it. Rejects with `CallRefused`. */
  service(name: string): Promise<Readonly<Record<string, string>>>;
}

export class Filling {
  readonly #args: JsonObject;
  readonly #values: ReadonlyMap<string, string>;

  constructor(args: JsonObject, values: ReadonlyMap<string, string>) {
    this.#args = args;
    this.#values = values;
  }

  /** Null when an argument that stands in the text has no value. */
  text(text: string): string | null {
    return this.template(parseTemplate(text));
  }

  /** `written` changes what a placeholder stands for, for instance by encoding it. */
  template(template: Template, written: (value: string) => string = (value) => value): string | null {
    let filled = '';
    for (const part of template) {
      if (typeof part === 'string') filled += part;
      else {
        const value = this.#value(part);
        if (value === null) return null;
        filled += written(value);
      }
    }
    return filled;
  }

  /** A mapping of names to texts, without those that have no value. */
  texts(texts: Readonly<Record<string, string>>): Record<string, string> {
    const filled = Object.entries(texts).map(([name, text]) => [name, this.text(text)] as const);
    return Object.fromEntries(filled.filter((entry): entry is [string, string] => entry[1] !== null));
  }

  /** The items of an array that alone stands in a query's value: its key is repeated. Null for anything else. */
  list(template: Template): string[] | null {
    const [part] = template;
    if (template.length !== 1 || typeof part !== 'object' || part.kind !== 'argument') return null;
    const value = own(this.#args, part.name);
    return Array.isArray(value) ? value.flatMap((item) => argumentText(item) ?? []) : null;
  }

  #value(placeholder: Placeholder): string | null {
    if (placeholder.kind === 'argument') return argumentText(own(this.#args, placeholder.name));
    if (placeholder.kind === 'node') return process.execPath;
    const value = this.#values.get(writePlaceholder(placeholder));
    if (value === undefined) throw new Error(`${writePlaceholder(placeholder)} was not asked for.`);
    return value;
  }
}

/** Asks for everything that the texts need beside arguments. Rejects with `CallRefused` for what there is not. */
export async function fillingFor(
  texts: readonly string[],
  args: JsonObject,
  sources: FillingSources,
): Promise<Filling> {
  const values = new Map<string, string>();
  for (const placeholder of texts.flatMap(placeholdersOf)) {
    if (placeholder.kind === 'argument' || placeholder.kind === 'node') continue;
    const key = writePlaceholder(placeholder);
    if (!values.has(key)) values.set(key, await ask(placeholder, sources));
  }
  return new Filling(args, values);
}

async function ask(
  placeholder: Exclude<Placeholder, { kind: 'argument' | 'node' }>,
  sources: FillingSources,
): Promise<string> {
  const { kind, name } = placeholder;
  if (kind === 'service') {
    const value = (await sources.service(name))[placeholder.group];
    if (value !== undefined) return value;
    throw new CallRefused('unreachable', `The service "${name}" did not tell its ${placeholder.group}.`);
  }
  const value = kind === 'env' ? sources.env[name] : await sources.secret(name);
  if (value !== undefined && value !== null) return value;
  throw new CallRefused(
    'blocked',
    kind === 'env'
      ? `Not run: the environment variable ${name}, which the manifest names, is not set.`
      : `Not run: the secret "${name}", which the manifest names, is not stored (in the editor: Set Secret of a Tool…; in a terminal: the environment variable ${name}).`,
  );
}

/** All strings of a runner that may hold placeholders. */
export function textsOf(runner: RunnerSpec): string[] {
  switch (runner.kind) {
    case 'command':
      return [...runner.command, ...Object.values(runner.env)];
    case 'module':
      return Object.values(runner.env);
    case 'http':
      return [runner.url, ...Object.values(runner.query), ...Object.values(runner.headers)];
    case 'openapi':
      return [...(runner.serverIsBound ? [runner.server] : []), ...authTexts(runner)];
    case 'mcp':
    case 'editor':
    case 'simulate':
      return [];
  }
}

/** What a manifest binds to the schemes that the operation asks for. */
function authTexts({ auth, security }: OpenApiRunner): string[] {
  const asked = new Set(security.flat().map(({ scheme }) => scheme));
  return Object.entries(auth).flatMap(([scheme, text]) => (asked.has(scheme) ? [text] : []));
}

/** An argument as text; null when there is none. */
function argumentText(value: Json | undefined): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function own(args: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(args, name) ? args[name] : undefined;
}
