import { fileURLToPath } from 'node:url';
import { type Connection, TextDocumentSyncKind, TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { pathOf } from '../language/specFiles.ts';

/** Texts of the documents that are open in the editor, unsaved edits included. */
export class OpenDocuments {
  readonly syncKind = TextDocumentSyncKind.Incremental;
  readonly #documents = new TextDocuments(TextDocument);
  /** URIs of open files by path: a search asks for thousands of paths. */
  readonly #uris = new Map<string, string>();

  /** `changed` hears of every edit, save, opening and closing, by URI. */
  listen(connection: Connection, changed: (uri: string) => void): void {
    this.#documents.onDidOpen(({ document: { uri } }) => {
      const key = keyOf(uri);
      if (key !== null) this.#uris.set(key, uri);
    });
    this.#documents.onDidChangeContent(({ document }) => changed(document.uri));
    this.#documents.onDidClose(({ document: { uri } }) => {
      const key = keyOf(uri);
      if (key !== null) this.#uris.delete(key);
      changed(uri);
    });
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
    const uri = this.#uris.get(caseless(absolutePath));
    return (uri === undefined ? undefined : this.#documents.get(uri))?.getText() ?? null;
  }
}

/** The path of a file's URI: editors escape a few more characters than Node does. Null for what is no file. */
function keyOf(uri: string): string | null {
  try {
    return caseless(fileURLToPath(uri));
  } catch {
    return null;
  }
}

/** Drive letters come in both cases. */
function caseless(path: string): string {
  return process.platform === 'win32' ? path.toLowerCase() : path;
}
