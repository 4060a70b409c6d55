import { type Disposable, type TextEditor, window } from 'vscode';

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

  /** An editor that may be hidden by now; its document is open. */
  get editor(): TextEditor | undefined {
    const editor = window.activeTextEditor ?? this.#last;
    return editor?.document.isClosed ? undefined : editor;
  }

  dispose(): void {
    this.#listening.dispose();
  }
}
