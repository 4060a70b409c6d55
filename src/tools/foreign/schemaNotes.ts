/** What is told of a mapping: what was lost or changed in a schema, and where. */
import type { Json } from '../../core/json.ts';

export interface SchemaNote {
  /** JSON Pointer into the schema as it is written. */
  pointer: string;
  message: string;
  /** Whether its author should see it: something is wrong with the spec, not merely told in other words. */
  isProblem: boolean;
}

const mostNotes = 30;
const mostUnknown = 20;

export class SchemaNotes {
  readonly #notes: SchemaNote[] = [];
  readonly #unknown = new Set<string>();

  /** Each message once. */
  add(pointer: string, message: string, isProblem = false): void {
    if (this.#notes.length < mostNotes && !this.#notes.some((one) => one.message === message)) {
      this.#notes.push({ pointer, message, isProblem });
    }
  }

  /** A value that cannot stand where it does. */
  wrong(keyword: string, value: Json, at: string): undefined {
    this.add(at, `${said(value)} cannot stand as "${keyword}": it is left out.`, true);
  }

  unknownKeyword(keyword: string): void {
    if (this.#unknown.size < mostUnknown) this.#unknown.add(keyword);
  }

  /** Everything that was noted. */
  finish(): SchemaNote[] {
    const unknown = [...this.#unknown].map((name) => JSON.stringify(name.slice(0, 60)));
    if (unknown.length > 0) {
      this.add('', `Left out, because JSON Schema does not know it: ${unknown.join(', ')}.`);
    }
    return this.#notes;
  }
}

/** A value in a message. */
export function said(value: Json): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
