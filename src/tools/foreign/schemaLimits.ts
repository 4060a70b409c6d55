/** How much of a schema is carried over: what needs more is no description of a tool's arguments. */
import { isJsonObject, type Json } from '../../core/json.ts';
import type { SchemaNotes } from './schemaNotes.ts';

/** Schemas and values of data, together. */
export const mostNodes = 2_000;
const deepest = 40;
const mostCharacters = 400_000;
const longestText = 4_000;

export class SchemaLimits {
  readonly #notes: SchemaNotes;
  #nodes = mostNodes;
  #characters = mostCharacters;

  constructor(notes: SchemaNotes) {
    this.#notes = notes;
  }

  /** Whether another schema is carried over; noted where it is not. */
  allowsSchema(at: string, depth: number): boolean {
    const message =
      --this.#nodes < 0
        ? `The schema is too large: of more than ${mostNodes} values the rest takes anything.`
        : depth > deepest
          ? `The schema is nested more than ${deepest} levels deep: what lies deeper takes anything.`
          : null;
    if (message !== null) this.#notes.add(at, message, true);
    return message === null;
  }

  /** Data within the limits, in values that JSON has; undefined otherwise. */
  data(value: Json): Json | undefined {
    let fits = true;
    const check = (one: Json, depth: number): void => {
      if (--this.#nodes < 0 || depth > deepest) fits = false;
      else if (typeof one === 'number') fits &&= Number.isFinite(one);
      else if (typeof one === 'string') fits &&= this.#take(one.length);
      else if (Array.isArray(one)) for (const item of one) if (fits) check(item, depth + 1);
      if (isJsonObject(one)) for (const item of Object.values(one)) if (fits) check(item, depth + 1);
    };
    check(value, 0);
    return fits ? value : undefined;
  }

  /** Whether there is no room for more, so that what did not fit need not be wrong. */
  get isSpent(): boolean {
    return this.#nodes < 0 || this.#characters < 0;
  }

  /** A text for people and models, cut where it is too long. */
  text(value: string, at: string): string {
    if (value.length <= longestText && this.#take(value.length)) return value;
    this.#notes.add(at, `A text of ${value.length} characters is cut.`);
    const length = Math.min(longestText, Math.max(0, this.#characters));
    this.#take(length);
    return `${value.slice(0, length)}…`;
  }

  #take(characters: number): boolean {
    this.#characters -= characters;
    return this.#characters >= 0;
  }
}
