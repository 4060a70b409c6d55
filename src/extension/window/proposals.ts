/** Proposed changes of files, as comparisons of the file with a document that nobody can edit. */
import * as l10n from '@vscode/l10n';
import {
  commands,
  EventEmitter,
  Position,
  Range,
  TabInputTextDiff,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { FileChange } from '../../protocol/engine.ts';
import { proposalScheme } from '../../protocol/language.ts';
import type { Proposals } from '../commands/proposeSpecChange.ts';
import { differenceOf } from '../state/difference.ts';

/** Opened once a window; the documents are there as long as it is. */
export function windowProposals(): Proposals {
  const shown = new Map<string, FileChange>();
  const changed = new EventEmitter<Uri>();
  workspace.registerTextDocumentContentProvider(proposalScheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => shown.get(idOf(uri) ?? '')?.after ?? '',
  });
  return {
    async show(id, change) {
      shown.set(id, change);
      const file = Uri.file(change.path);
      const proposal = file.with({ scheme: proposalScheme, query: id });
      changed.fire(proposal);
      const title = l10n.t('{0} (Proposed Change)', nameOf(change.path));
      const selection = changedPlace(change);
      await commands.executeCommand('vscode.diff', file, proposal, title, { preview: true, selection });
    },
    active(argument) {
      if (argument instanceof Uri) return idOf(argument);
      const input = window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof TabInputTextDiff ? idOf(input.modified) : undefined;
    },
    async apply(id) {
      const change = shown.get(id);
      if (change === undefined) return false;
      const document = await workspace.openTextDocument(Uri.file(change.path));
      if (document.getText() !== change.before) return false;
      const range = await edit(document, change);
      await close(id);
      shown.delete(id);
      // The person sees where it was changed, and Undo works there.
      await window.showTextDocument(document, { selection: new Range(range.start, range.start) });
      return true;
    },
  };
}

/** As little of the text as differs, so that cursors and folds stay where they are. */
async function edit(document: TextDocument, { before, after }: FileChange): Promise<Range> {
  const { start, end, text } = differenceOf(before ?? '', after);
  const range = new Range(document.positionAt(start), document.positionAt(end));
  const made = new WorkspaceEdit();
  made.replace(document.uri, range, text);
  if (!(await workspace.applyEdit(made))) throw new Error(`${document.uri.fsPath} could not be edited.`);
  return range;
}

/** The end of what differs: a long line is scrolled there. */
function changedPlace({ before, after }: FileChange): Range {
  const { start, text } = differenceOf(before ?? '', after);
  const lines = after.slice(0, start + text.length).split(/\r\n|\n/);
  const end = new Position(lines.length - 1, lines.at(-1)?.length ?? 0);
  return new Range(end, end);
}

async function close(id: string): Promise<void> {
  const tabs = window.tabGroups.all.flatMap(({ tabs: all }) => all);
  const ours = tabs.filter(({ input }) => input instanceof TabInputTextDiff && idOf(input.modified) === id);
  await window.tabGroups.close(ours);
}

function idOf({ scheme, query }: Uri): string | undefined {
  return scheme === proposalScheme && query !== '' ? query : undefined;
}

function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
