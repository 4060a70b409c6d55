/** The keywords of a schema that hold data: `enum`, `const`, `default`, `examples`, as its type has them. */
import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { SchemaLimits } from './schemaLimits.ts';
import { type SchemaNotes, said } from './schemaNotes.ts';
import { valueOfType } from './values.ts';

const longestEnum = 500;
const mostExamples = 5;

export class SchemaValues {
  readonly #limits: SchemaLimits;
  readonly #notes: SchemaNotes;

  constructor(limits: SchemaLimits, notes: SchemaNotes) {
    this.#limits = limits;
    this.#notes = notes;
  }

  /** Adds them to `out`, which has its type. */
  add(out: JsonObject, written: JsonObject, at: string): void {
    const types = out.type === undefined ? [] : ([out.type].flat() as string[]);
    if (written.enum !== undefined) this.#enum(out, written.enum, types, `${at}/enum`);
    else if (typeof written.type === 'string' && /^enum$/i.test(written.type)) {
      this.#notes.add(at, 'An ENUM without its values: any text is taken.');
    }
    const constant = written.const === undefined ? undefined : this.#limits.data(written.const);
    if (constant !== undefined) out.const = constant;
    if (written.default !== undefined) this.#default(out, written.default, types, `${at}/default`);
    const examples = this.#examples(examplesOf(written));
    if (examples.length > 0) out.examples = examples;
  }

  #enum(out: JsonObject, value: Json, types: string[], at: string): void {
    if (!Array.isArray(value) || value.length === 0) {
      this.#notes.add(at, 'The "enum" holds no list of values: anything is taken.', true);
      return;
    }
    const fitting = new Map<string, Json>();
    for (const one of value.length > longestEnum ? [] : value) {
      const fit = valueOfType(one, types);
      const data = fit === undefined ? undefined : this.#limits.data(fit);
      if (data !== undefined) fitting.set(canonicalJson(data), data);
      else if (!this.#limits.isSpent) {
        this.#notes.add(at, `${said(one)} does not fit the type: it is no choice.`, true);
      }
    }
    if (value.length > longestEnum || this.#limits.isSpent) {
      const message = `The "enum" has ${value.length} values: the first are shown as examples, and any is taken.`;
      this.#notes.add(at, message);
      const examples = this.#examples(value);
      if (examples.length > 0) out.examples = examples;
    } else if (fitting.size > 0) out.enum = [...fitting.values()];
  }

  #default(out: JsonObject, value: Json, types: string[], at: string): void {
    const fit = valueOfType(value, types);
    const data = fit === undefined ? undefined : this.#limits.data(fit);
    if (data !== undefined) out.default = data;
    // An empty text or null stands for no default at all where it cannot be one.
    else if (value !== '' && value !== null) {
      const why = this.#limits.isSpent ? 'is too much' : 'does not fit the type';
      this.#notes.add(at, `The default ${said(value)} ${why}: it is left out.`, true);
    }
  }

  #examples(values: readonly Json[]): Json[] {
    return values.slice(0, mostExamples).filter((one) => this.#limits.data(one) !== undefined);
  }
}

/** `examples` is a list; OpenAPI has a map of them, and one alone. */
function examplesOf({ examples, example }: JsonObject): Json[] {
  if (Array.isArray(examples)) return examples;
  if (isJsonObject(examples)) {
    return Object.values(examples).flatMap((one) => (isJsonObject(one) ? (one.value ?? []) : one) as Json[]);
  }
  return example === undefined ? [] : [example];
}
