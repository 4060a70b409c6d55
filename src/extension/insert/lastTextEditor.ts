import { type Disposable, TabInputText, type TextEditor, window } from 'vscode';

/** Remembers the text editor that the person was in last: a command may come from a view or from the dashboard. */
export class LastTextEditor implements Disposable {
  readonly #listening: Disposable;
  #last: TextEditor | undefined;

  constructor() {
    this.#last = window.activeTextEditor;
    this.#listening = window.onDidChangeActiveTextEditor((editor) => {
      if (editor) this.#last = editor;
    });
  }

  /** An editor that may be covered by now; its tab is open. */
  get editor(): TextEditor | undefined {
    const editor = window.activeTextEditor ?? this.#last;
    return editor && isOpen(editor) ? editor : undefined;
  }

  dispose(): void {
    this.#listening.dispose();
  }
}

function isOpen(editor: TextEditor): boolean {
  if (window.visibleTextEditors.includes(editor)) return true;
  const uri = editor.document.uri.toString();
  return window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input }) => input instanceof TabInputText && input.uri.toString() === uri),
  );
}
