import * as l10n from '@vscode/l10n';
import { type Position, type TextDocument, WorkspaceEdit, window, workspace } from 'vscode';
import { showError } from '../commands/showError.ts';
import type { Surroundings } from '../surroundings.ts';
import { findInsertion, offerInstead } from './insertExamples.ts';
import type { InsertWindow } from './ports.ts';
import { documentOf, rangeOf } from './textPlace.ts';

export interface Dropped {
  title: string;
  edit: WorkspaceEdit;
}

/** What is written where examples are dropped; undefined where nothing fits, which is said. `text` comes from the drag. */
export async function dropExamples(
  around: Surroundings,
  insertWindow: InsertWindow,
  text: string,
  document: TextDocument,
  position: Position,
): Promise<Dropped | undefined> {
  const ids = idsOf(text);
  if (ids.length === 0) return undefined;
  const at = document.offsetAt(position);
  const place = { ...documentOf(document), selections: [{ start: at, end: at }], indent: indentOf(document) };
  const form = insertWindow.rememberedForm(place.languageId);
  const found = await findInsertion(around, place, ids, form, false);
  if ('nothing' in found) {
    // Not awaited: the editor waits for the drop, and the message stays until somebody closes it.
    offerInstead(around, insertWindow, found).catch((error: unknown) => showError(around, error));
    return undefined;
  }
  const edit = new WorkspaceEdit();
  for (const one of found.edits) edit.replace(document.uri, rangeOf(document, one), one.text);
  return { title: l10n.t('Insert Learned Examples'), edit };
}

function idsOf(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

/** As the editor that shows the document indents, or as its settings say. */
function indentOf(document: TextDocument): string {
  const editor = window.visibleTextEditors.find((one) => one.document === document);
  const settings = workspace.getConfiguration('editor', document);
  const tabSize = editor?.options.tabSize ?? settings.get('tabSize');
  const insertSpaces = editor?.options.insertSpaces ?? settings.get('insertSpaces');
  return insertSpaces === false ? '\t' : ' '.repeat(typeof tabSize === 'number' ? tabSize : 2);
}
