/** What insertion needs of the window, as ports: what decides something here knows no `vscode`. */
import type { ExampleForm } from '../../protocol/engine.ts';

export interface TextEdit {
  start: number;
  end: number;
  text: string;
}

/** A text editor as it is now: its document, and where the cursors are. */
export interface TextPlace {
  languageId: string;
  /** Name of the file without its folder; empty for a document without one. */
  fileName: string;
  /** What its tab says. */
  label: string;
  text: string;
  /** Cursors and selections, as offsets in UTF-16 units. */
  selections: { start: number; end: number }[];
  /** One level of indentation. */
  indent: string;
  /** Nothing can be written there. */
  isReadonly: boolean;
  /**
   * Makes all edits in one step of Undo, and shows where the first went. `changed`: the document is another than `text` by
   * now, and nothing was done. `refused`: it cannot be written to.
   */
  edit(edits: readonly TextEdit[]): Promise<'done' | 'changed' | 'refused'>;
}

export interface InsertWindow {
  /**
   * The text editor that the person is in, or was in last; shown again where something covers it. `fromView`: an editor that
   * cannot be written to gives way to the last that can.
   */
  place(fromView: boolean): Promise<TextPlace | undefined>;
  /** Shows a text beside, in the colours of a language, until `closePreview`; what has the focus keeps it. */
  preview(text: string, languageId: string): Promise<void>;
  closePreview(): Promise<void>;
  copy(text: string): Promise<void>;
  /** Says something in passing, in the status bar. */
  note(text: string): void;
  /** The form last chosen for a language; null is "what the file needs". */
  rememberedForm(languageId: string): ExampleForm | null;
  rememberForm(languageId: string, form: ExampleForm | null): Promise<void>;
}
