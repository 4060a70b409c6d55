import { pathToFileURL } from 'node:url';
import { type Connection, TextDocumentSyncKind, TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { pathOf } from '../language/specFiles.ts';

/** Texts of the documents that are open in the editor, unsaved edits included. */
export class OpenDocuments {
  readonly syncKind = TextDocumentSyncKind.Incremental;
  readonly #documents = new TextDocuments(TextDocument);

  /** `changed` hears of every edit, save, opening and closing, by URI. */
  listen(connection: Connection, changed: (uri: string) => void): void {
    this.#documents.onDidChangeContent(({ document }) => changed(document.uri));
    this.#documents.onDidClose(({ document }) => changed(document.uri));
    this.#documents.listen(connection);
  }

  get(uri: string): TextDocument | undefined {
    return this.#documents.get(uri);
  }

  /** Absolute paths of the documents that are open. */
  paths(): string[] {
    return this.#documents.all().flatMap(({ uri }) => pathOf(uri) ?? []);
  }

  /** The unsaved text of a file by its absolute path; null when it is not open. */
  text(absolutePath: string): string | null {
    const uri = pathToFileURL(absolutePath).href;
    const open = this.#documents.get(uri) ?? this.#documents.all().find((one) => samePath(one.uri, uri));
    return open?.getText() ?? null;
  }
}

/** Editors escape a few more characters of a URI than Node does. */
function samePath(a: string, b: string): boolean {
  try {
    return decodeURIComponent(a) === decodeURIComponent(b);
  } catch {
    return false;
  }
}
