/** The window, as changes of a manifest need it. */
import { posix } from 'node:path';
import * as l10n from '@vscode/l10n';
import {
  Range,
  type TextDocument,
  TextEditorRevealType,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { UserError } from '../../core/errors.ts';
import type { FileChange } from '../../protocol/engine.ts';
import { differenceOf } from '../state/difference.ts';
import { folderPaths } from '../window/followWorkspace.ts';
import type { ManifestWindow, WorkspaceFile } from './ports.ts';

/** Files with names like these are offered; any other can be picked, too. */
const likely =
  '**/{*openapi*,*swagger*,*tools*,*functions*,*manifest*,.mcp,mcp,*mcp*,*api*}.{json,jsonc,jsonl,yaml,yml}';
const never = '**/{node_modules,.git,.imaginarium}/**';
const mostLikely = 200;

export function manifestWindow(): ManifestWindow {
  return { folders: folderPaths, apply, chooseFile, likelyFiles };
}

async function apply(change: FileChange): Promise<void> {
  const uri = Uri.file(change.path);
  const edit = new WorkspaceEdit();
  if (change.before === null) {
    // Not over a file that has come since.
    edit.createFile(uri, { contents: new TextEncoder().encode(change.after) });
    if (!(await workspace.applyEdit(edit))) throw notWritten(change.path);
    await window.showTextDocument(uri);
    return;
  }
  const document = await workspace.openTextDocument(uri);
  if (document.getText() !== change.before) {
    throw new UserError(
      l10n.t('{0} was changed meanwhile.', change.path),
      l10n.t('Nothing was written. Try again.'),
    );
  }
  const { start, end, text } = differenceOf(change.before, change.after);
  if (start === end && text === '') {
    await show(document, start, end);
    return;
  }
  const { isDirty } = document;
  edit.replace(uri, new Range(document.positionAt(start), document.positionAt(end)), text);
  if (!(await workspace.applyEdit(edit))) throw notWritten(change.path);
  await show(document, start, start + text.length);
  // What else was unsaved stays so: that is the person's to save.
  if (!isDirty) await document.save();
}

/** With the cursor behind what was written. */
async function show(document: TextDocument, from: number, to: number): Promise<void> {
  const written = document.getText(new Range(document.positionAt(from), document.positionAt(to)));
  const end = document.positionAt(from + written.trimEnd().length);
  const editor = await window.showTextDocument(document, { selection: new Range(end, end) });
  editor.revealRange(
    new Range(document.positionAt(from), end),
    TextEditorRevealType.InCenterIfOutsideViewport,
  );
}

function notWritten(path: string): UserError {
  return new UserError(
    l10n.t('{0} could not be changed.', path),
    l10n.t('See whether it can be written, and try again.'),
  );
}

async function chooseFile(title: string): Promise<WorkspaceFile | undefined> {
  const [folder] = workspace.workspaceFolders ?? [];
  const picked = await window.showOpenDialog({
    title,
    openLabel: title,
    filters: { [l10n.t('JSON and YAML')]: ['json', 'jsonc', 'jsonl', 'yaml', 'yml'] },
    ...(folder ? { defaultUri: folder.uri } : {}),
  });
  const [uri] = picked ?? [];
  if (uri === undefined) return undefined;
  const file = workspaceFile(uri);
  if (file) return file;
  throw new UserError(
    l10n.t('{0} lies outside this workspace.', uri.fsPath),
    l10n.t('Add its folder to the workspace, or copy the file into it.'),
  );
}

async function likelyFiles(): Promise<WorkspaceFile[]> {
  const found = await workspace.findFiles(likely, never, mostLikely).then(
    (uris) => uris,
    // Without a search of its own the editor offers none, and the person picks.
    () => [],
  );
  return found.flatMap((uri) => workspaceFile(uri) ?? []).sort((a, b) => (a.path < b.path ? -1 : 1));
}

function workspaceFile(uri: Uri): WorkspaceFile | undefined {
  const folder = workspace.getWorkspaceFolder(uri);
  if (!folder || uri.scheme !== 'file') return undefined;
  return { folder: folder.uri.fsPath, path: posix.relative(folder.uri.path, uri.path) };
}
