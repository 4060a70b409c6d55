import type { JsonObject } from '../../../core/json.ts';
import type { Conversation } from '../conversation.ts';
import type { Pair } from '../pairs.ts';
import type { Loss } from '../turns.ts';

/** What rows are made of: an example as a conversation, and what was done wrong on its query. */
export interface Material {
  conversation: Conversation;
  pairs: Pair[];
}

export interface RowOptions {
  loss: Loss;
}

/** A file that is written. */
export interface FileOut {
  /** Absolute. */
  path: string;
  /** Its text in pieces: there may be much of it. */
  text: Iterable<string>;
  /** Rows in it, or what counts as one. */
  rows: number;
  /** What the linter is to take it for; null for a file that goes beside the data. */
  lint: string | null;
  /** What stands in it already is taken over. */
  merges?: true;
}

/** A row with the member that says where it is from, where the format takes such a thing. */
export type Row = JsonObject;

/** One form of training data, or of the data of another tool. */
export interface DataFormat {
  /** For people. */
  label: string;
  /** The rows of one example; none where it has nothing to say in this form. */
  rows(material: Material, options: RowOptions): Row[];
  /**
   * Whether what reads it passes over members that it does not know: then each row says where it is from, under `imaginarium`.
   * Where it refuses them, only the manifest says so, by the number of the row.
   */
  takesMore: boolean;
  /** There is no way to say that a turn is not learned: such turns are left out. */
  weightless?: true;
  /** Whether it needs to know what was done wrong on a query. */
  needsPairs?: true;
  /** Why an example gives no row, a sentence without its number; absent for formats in which each does. */
  noRow?: string;
  /** The files of all rows; absent: one file of JSON lines. `path` is absolute, `tools` as the model sees them. */
  files?(rows: readonly Row[], path: string, around: FilesAround): Promise<FileOut[]>;
}

export interface FilesAround {
  /** What the rows are for. The files for training are made first. */
  side: 'train' | 'validation';
  /** The path of the rows for training. */
  trainPath: string;
  /** Every tool that a row offers, by name. */
  tools: Conversation['tools'];
  /** The text of a file of this export, or of one that may be there already; null for none. */
  read(path: string): Promise<string | null>;
}
