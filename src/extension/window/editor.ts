import { commands, type LogOutputChannel, Range, Uri, ViewColumn, window, workspace } from 'vscode';
import { commands as names, views } from '../../protocol/contributions.ts';
import { type ToolAddress, toolScheme } from '../compare/toolAddress.ts';
import type { Editor } from '../surroundings.ts';
import { type TrialAddress, trialScheme } from '../trial/trialAddress.ts';

/** `seen` hears when the person looks at the log. */
export function windowEditor(log: LogOutputChannel, seen: () => void): Editor {
  return {
    openFolder: async () => void (await commands.executeCommand('vscode.openFolder')),
    manageTrust: async () => void (await commands.executeCommand('workbench.trust.manage')),
    showLog: () => {
      log.show(true);
      seen();
    },
    showTools: async () => void (await commands.executeCommand(`${views.tools}.focus`)),
    showNotifications: async () => void (await commands.executeCommand('notifications.showList')),
    showRuns: async () => void (await commands.executeCommand(`${views.runs}.focus`)),
    openDashboard: async (target) => void (await commands.executeCommand(names.openDashboard, target)),
    openAt,
    readFile,
    newManifest,
    showTrial: async (address, where) => {
      const viewColumn = where === 'beside' ? ViewColumn.Beside : ViewColumn.Active;
      await window.showTextDocument(trialUri(address), { preview: true, viewColumn });
    },
    compareTrials: async (left, right, title) => {
      await commands.executeCommand('vscode.diff', trialUri(left), trialUri(right), title);
    },
    showTool: async (address) => {
      await window.showTextDocument(toolUri(address), { preview: true });
    },
    compareTools: async (left, right, title) => {
      await commands.executeCommand('vscode.diff', toolUri(left), toolUri(right), title);
    },
    activeDocument: () => window.activeTextEditor?.document.uri,
  };
}

async function openAt({ path, line, column }: Parameters<Editor['openAt']>[0]): Promise<void> {
  const selection = new Range(line - 1, column - 1, line - 1, column - 1);
  await window.showTextDocument(Uri.file(path), { selection });
}

async function readFile(path: string): ReturnType<Editor['readFile']> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  if (!folder) return undefined;
  const uri = Uri.joinPath(folder, path);
  const bytes = await workspace.fs.readFile(uri).then(
    (read) => read,
    () => undefined,
  );
  return bytes && { path: uri.fsPath, text: new TextDecoder().decode(bytes) };
}

async function newManifest(text: string): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  if (!folder) return;
  const target = Uri.joinPath(folder, 'imaginarium.yaml');
  const there = await workspace.fs.stat(target).then(
    () => true,
    () => false,
  );
  if (there) {
    await window.showTextDocument(target);
    return;
  }
  // Unsaved, under its own name: nothing is on disk until the person saves it.
  const document = await workspace.openTextDocument(target.with({ scheme: 'untitled' }));
  const editor = await window.showTextDocument(document);
  if (document.getText() === '') {
    await editor.edit((edit) => edit.insert(document.positionAt(0), text));
  }
}

function trialUri(address: TrialAddress): Uri {
  return Uri.from({ scheme: trialScheme, ...address });
}

function toolUri(address: ToolAddress): Uri {
  return Uri.from({ scheme: toolScheme, ...address });
}
