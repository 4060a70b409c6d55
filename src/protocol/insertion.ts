/** Bringing learned examples into a document. */

/** What examples can be written as. */
export type ExampleForm = 'messages' | 'input_examples' | 'objects' | 'react' | 'markdown';

/** Where examples are to be put, and as what. */
export interface InsertionParams {
  exampleIds: string[];
  /** The editor's id of the document's language. */
  languageId: string;
  /** Its file name, without a folder: tells `.jsonl`, and a prompt in the ReAct form. */
  fileName: string;
  /** The whole document. */
  text: string;
  /** Cursors and selections, as offsets in UTF-16 units, `start` ≤ `end`. */
  selections: { start: number; end: number }[];
  /** Null: what the file needs. */
  form: ExampleForm | null;
  /** One level of indentation in this editor. */
  indent: string;
  /** Whether calls that failed first are shown, too; absent: where the form is text, or has comments. */
  contrasts?: boolean;
  /** With the lessons in force of the tools that the examples are about, where the form is text. */
  lessons?: boolean;
}

/**
 * Edits that bring the examples in, all of them of the text that was sent, from the first to the last and none over another;
 * or why nothing fits there, with the text that can be copied instead.
 */
export type Insertion =
  | { edits: { start: number; end: number; text: string }[]; form: ExampleForm }
  | { nothing: string; copy: string; form: ExampleForm };
