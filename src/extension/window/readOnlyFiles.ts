/**
 * Files of a scheme of our own: the editor opens them again after a reload, searches and compares them, and never saves.
 * What is in them comes from the third stage, loaded at the first question.
 */
import {
  type Disposable,
  type Event,
  type FileChangeEvent,
  type FileStat,
  FileSystemError,
  MarkdownString,
  type Uri,
  workspace,
} from 'vscode';

export interface ReadOnlyFiles {
  stat(uri: Uri): Promise<FileStat>;
  readFile(uri: Uri): Promise<Uint8Array>;
}

/** `why` tells the person why they cannot be edited. */
export function readOnlyFiles(
  scheme: string,
  why: string,
  files: () => Promise<ReadOnlyFiles>,
  onDidChangeFile: Event<FileChangeEvent[]>,
): Disposable {
  const refuse = (uri: Uri): never => {
    throw FileSystemError.NoPermissions(uri);
  };
  return workspace.registerFileSystemProvider(
    scheme,
    {
      onDidChangeFile,
      watch: () => ({ dispose() {} }),
      stat: async (uri) => (await files()).stat(uri),
      readFile: async (uri) => (await files()).readFile(uri),
      readDirectory: () => [],
      createDirectory: refuse,
      writeFile: refuse,
      delete: refuse,
      rename: refuse,
    },
    { isReadonly: new MarkdownString(why), isCaseSensitive: true },
  );
}
