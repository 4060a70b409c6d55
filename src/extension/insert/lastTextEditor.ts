import { type Disposable, TabInputText, type TextDocument, type TextEditor, window, workspace } from 'vscode';

/** Remembers the text editors that the person was in: a command may come from a view or from the dashboard. */
export class LastTextEditor implements Disposable {
  readonly #listening: Disposable;
  #last: TextEditor | undefined;
  #lastWritable: TextEditor | undefined;

  constructor() {
    this.#listening = window.onDidChangeActiveTextEditor((editor) => this.#remember(editor));
    this.#remember(window.activeTextEditor);
  }

  /**
   * The one that the person is in, or was in last; it may be covered by now, and its tab is open. `fromView`: where that one
   * cannot be written to, since a click in a view has opened a trial, the last one that can.
   */
  editor(fromView: boolean): TextEditor | undefined {
    const editors = [window.activeTextEditor ?? this.#last, ...(fromView ? [this.#lastWritable] : [])];
    const open = editors.filter((editor) => editor !== undefined && isOpen(editor));
    return open.find((editor) => editor && isWritable(editor.document)) ?? open[0];
  }

  dispose(): void {
    this.#listening.dispose();
  }

  #remember(editor: TextEditor | undefined): void {
    if (!editor) return;
    this.#last = editor;
    if (isWritable(editor.document)) this.#lastWritable = editor;
  }
}

/** As far as can be told without writing. */
export function isWritable({ uri }: TextDocument): boolean {
  return uri.scheme !== 'output' && workspace.fs.isWritableFileSystem(uri.scheme) !== false;
}

function isOpen(editor: TextEditor): boolean {
  if (window.visibleTextEditors.includes(editor)) return true;
  const uri = editor.document.uri.toString();
  return window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input }) => input instanceof TabInputText && input.uri.toString() === uri),
  );
}
