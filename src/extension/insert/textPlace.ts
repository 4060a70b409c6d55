import { basename } from 'node:path/posix';
import { Range, Selection, type TextDocument, type TextEditor, TextEditorRevealType } from 'vscode';
import { isWritable } from './lastTextEditor.ts';
import type { TextEdit, TextPlace } from './ports.ts';

/** A text editor as a place to insert into. */
export function placeOf(editor: TextEditor): TextPlace {
  const { document, selections } = editor;
  const { tabSize, insertSpaces } = editor.options;
  return {
    ...documentOf(document),
    indent: insertSpaces === false ? '\t' : ' '.repeat(typeof tabSize === 'number' ? tabSize : 2),
    selections: selections.map(({ start, end }) => ({
      start: document.offsetAt(start),
      end: document.offsetAt(end),
    })),
    edit: editing(editor),
  };
}

/** What of a place is the document's. */
export function documentOf(
  document: TextDocument,
): Pick<TextPlace, 'languageId' | 'fileName' | 'label' | 'text' | 'isReadonly'> {
  const name = basename(document.uri.path);
  return {
    languageId: document.languageId,
    fileName: document.isUntitled ? '' : name,
    label: name,
    text: document.getText(),
    isReadonly: !isWritable(document),
  };
}

function editing(editor: TextEditor): TextPlace['edit'] {
  const { document } = editor;
  const { version } = document;
  return async (edits) => {
    if (document.version !== version) return 'changed';
    const ranges = edits.map((edit) => rangeOf(document, edit));
    const done = await editor.edit(
      (builder) => {
        for (const [index, range] of ranges.entries()) builder.replace(range, edits[index]?.text ?? '');
      },
      { undoStopBefore: true, undoStopAfter: true },
    );
    if (!done || document.version === version) return document.version === version ? 'refused' : 'changed';
    showEnds(editor, edits);
    return 'done';
  };
}

export function rangeOf(document: TextDocument, { start, end }: TextEdit): Range {
  return new Range(document.positionAt(start), document.positionAt(end));
}

/** A cursor behind each insertion, and the first of them in sight. */
function showEnds(editor: TextEditor, edits: readonly TextEdit[]): void {
  const { document } = editor;
  let shift = 0;
  // The editor has one kind of line end, whatever the text that it was given.
  const eol = document.eol === 2 ? '\r\n' : '\n';
  const places = edits.map(({ start, end, text }) => {
    const written = text.replace(/\r\n|\r|\n/g, eol);
    const from = start + shift;
    shift += written.length - (end - start);
    return { from, to: from + written.trimEnd().length };
  });
  const cursors = places.map(({ to }) => document.positionAt(to));
  editor.selections = cursors.map((cursor) => new Selection(cursor, cursor));
  const [first] = places;
  if (!first) return;
  const range = new Range(document.positionAt(first.from), document.positionAt(first.to));
  editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
}
