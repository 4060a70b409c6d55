import { type WorkspaceFolder, workspace } from 'vscode';
import type { FolderExcludes } from '../../protocol/engine.ts';

/** Settings that say what the editor leaves out. */
export const excludeSettings = ['files.exclude', 'search.exclude'] as const;

/** What the editor excludes from its own search, by workspace folder; what depends on a sibling (`when`) is not. */
export function windowExcludes(): FolderExcludes {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  return Object.fromEntries(folders.map((folder) => [folder.uri.fsPath, globsOf(folder)]));
}

/** As in the editor's search, `search.exclude` adds to `files.exclude` and can take back what that one says. */
function globsOf({ uri }: WorkspaceFolder): string[] {
  const all: Record<string, unknown> = {};
  for (const setting of excludeSettings) {
    const globs: unknown = workspace.getConfiguration(undefined, uri).get(setting);
    if (typeof globs === 'object') Object.assign(all, globs);
  }
  return Object.keys(all).filter((glob) => all[glob] === true);
}
