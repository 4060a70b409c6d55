import type { JsonObject } from '../core/json.ts';

/** What the database knows of one line of a file of examples or lessons. */
export interface LearnedRow {
  id: string;
  /** Hash of the line as the file had it when we last looked; null when it was never written. */
  fileHash: string | null;
  /** 0 when the file has what we have, else a number that changes whenever the row does. */
  pending: number;
  /** A person has changed it. */
  edited: boolean;
  /** A person has taken it out. */
  deleted: boolean;
}

/** One kind of what is learned, as the files see it. All methods but the readers are called inside a transaction. */
export interface LearnedRows {
  /** The folder of its files inside `.imaginarium`. */
  readonly folder: string;
  /** What messages call one of them. */
  readonly noun: string;
  filesWithPending(): string[];
  rowsOf(file: string): LearnedRow[];
  /** The line as we would write it. */
  lineOf(id: string, file: string): string;
  /** The id of what a line says, or what is wrong with it. */
  check(object: JsonObject): { id: string } | { problem: string };
  /**
   * Takes over what a person wrote: a line that is new, or differs from what we wrote. Returns the `pending` of the row,
   * above 0 when we have something to add to the line; null when another file has the same id: then nothing changes.
   */
  adopt(file: string, object: JsonObject, hash: string): number | null;
  /** The line of an edited row with the fact noted in it, where this kind has a place for it; else null. */
  noteEdit(object: JsonObject): string | null;
  /** A person took the line out. */
  remove(file: string, id: string): void;
  /** The file has the line now. `pending` as it was read: a row that has changed since stays pending. */
  markWritten(file: string, id: string, hash: string, pending: number): void;
}
