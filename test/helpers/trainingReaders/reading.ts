/**
 * What the readers have in common: what they make of a row, and how they refuse one. They are written from the documentation of
 * each format and import nothing of ours.
 */
export interface ReadCall {
  name: string;
  arguments: Record<string, unknown>;
  /** What the tool said; null where the row ends with the call. */
  result: string | null;
}

/** What a trainer would make of a row. */
export interface ReadRow {
  query: string;
  calls: ReadCall[];
  answer: string | null;
  /** How many of the model's turns are learned. */
  learned: number;
  /** Names of the tools that are offered. */
  tools: string[];
}

export class Refused extends Error {}

export function demand(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Refused(message);
}

export type Fields = Record<string, unknown>;

export function object(value: unknown, what: string): Fields {
  demand(typeof value === 'object' && value !== null && !Array.isArray(value), `${what} is no object`);
  return value as Fields;
}

export function list(value: unknown, what: string): unknown[] {
  demand(Array.isArray(value), `${what} is no list`);
  return value;
}

export function text(value: unknown, what: string): string {
  demand(typeof value === 'string', `${what} is no text`);
  return value;
}

export function onlyKeys(value: Fields, keys: string[], what: string): void {
  for (const key of Object.keys(value)) demand(keys.includes(key), `${what} has an unknown member ${key}`);
}

/** A file of JSON lines, each ended by a line feed. */
export function lines(file: string): Fields[] {
  demand(file.endsWith('\n'), 'the last line has no end');
  return file
    .slice(0, -1)
    .split('\n')
    .map((line) => object(JSON.parse(line), 'a line'));
}
