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
    const isOpen = window.visibleTextEditors.some((editor) => editor.document === document);
    if (isOpen) return;
    await window.showTextDocument(document, {
      viewColumn: ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
  }

  async close(): Promise<void> {
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
