import { fileURLToPath } from 'node:url';
import type { WorkspaceFoldersChangeEvent } from 'vscode-languageserver/node';

/** The paths after a change of workspace folders, in the editor's order; folders that are on no disk are left out. */
export function foldersAfter(folders: readonly string[], change: WorkspaceFoldersChangeEvent): string[] {
  const paths = (list: { uri: string }[]): string[] =>
    list.filter(({ uri }) => uri.startsWith('file:')).map(({ uri }) => fileURLToPath(uri));
  const removed = new Set(paths(change.removed));
  const added = paths(change.added).filter((path) => !folders.includes(path) || removed.has(path));
  return [...folders.filter((path) => !removed.has(path)), ...added];
}
