import {
  type Disposable,
  EventEmitter,
  languages,
  TabInputText,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';

const scheme = 'imaginarium-preview';

/** A document beside the editor that nobody saves: what would be inserted. */
export class PreviewPane implements Disposable {
  readonly #changed = new EventEmitter<Uri>();
  readonly #registration: Disposable;
  #text = '';
  #disposed = false;

  constructor() {
    this.#registration = workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: () => this.#text,
    });
  }

  async show(title: string, text: string, languageId: string): Promise<void> {
    this.#text = text;
    const uri = Uri.from({ scheme, path: `/${title}` });
    this.#changed.fire(uri);
    const document = await workspace.openTextDocument(uri);
    if (document.languageId !== languageId) await languages.setTextDocumentLanguage(document, languageId);
    // Whoever chose meanwhile has no use for a preview any more, and nobody would close it.
    if (this.#disposed) return;
    const isOpen = window.visibleTextEditors.some((editor) => editor.document === document);
    if (isOpen) return;
    await window.showTextDocument(document, {
      viewColumn: ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
    if (this.#disposed) await this.close();
  }

  /** Closes the tab, for good. */
  async close(): Promise<void> {
    this.#disposed = true;
    const tabs = window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(({ input }) => input instanceof TabInputText && input.uri.scheme === scheme);
    if (tabs.length > 0) await window.tabGroups.close(tabs, true);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
