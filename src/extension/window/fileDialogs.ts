import { Uri, window, workspace } from 'vscode';
import type { FileDialogs } from '../examples/ports.ts';

/** The editor's own dialogs for files, in the first workspace folder at first. */
export function windowFileDialogs(): FileDialogs {
  return { chooseFile, chooseTarget };
}

async function chooseFile(title: string, endings: readonly string[]): Promise<string | undefined> {
  const defaultUri = workspace.workspaceFolders?.[0]?.uri;
  const picked = await window.showOpenDialog({
    title,
    ...(defaultUri ? { defaultUri } : {}),
    filters: { [endings.map((ending) => `*.${ending}`).join(', ')]: [...endings] },
  });
  return picked?.[0]?.fsPath;
}

async function chooseTarget(
  title: string,
  name: string,
  endings: readonly string[],
): Promise<string | undefined> {
  const workspaceFolder = workspace.workspaceFolders?.[0]?.uri;
  // Elsewhere in the workspace a file with tools in it would be found as a source of tools.
  const folder = workspaceFolder && Uri.joinPath(workspaceFolder, '.imaginarium', 'exports');
  if (folder) await workspace.fs.createDirectory(folder);
  const target = await window.showSaveDialog({
    title,
    ...(folder ? { defaultUri: Uri.joinPath(folder, name) } : {}),
    filters: { [endings.map((ending) => `*.${ending}`).join(', ')]: [...endings] },
  });
  return target?.fsPath;
}
