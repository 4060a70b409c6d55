/** The document as it was sent, and where in it examples are wanted. */

/** A stretch of text, in UTF-16 units; a cursor has `start` = `end`. */
export interface Span {
  start: number;
  end: number;
}

export interface Edit extends Span {
  text: string;
}

export interface Document {
  text: string;
  languageId: string;
  fileName: string;
  selections: Span[];
  /** `\r\n` where the document has more of them than of `\n` alone. */
  eol: string;
  /** One level of indentation. */
  indent: string;
}

/** Nothing legal fits a place. `message` says why, for people. Thrown within this folder, never out of it. */
export class NothingFits extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NothingFits';
  }
}

export function eolOf(text: string): string {
  const all = text.split('\n').length - 1;
  return text.split('\r\n').length - 1 > all / 2 ? '\r\n' : '\n';
}

/** Offset of the first character of the line. */
export function lineStart(text: string, offset: number): number {
  // A negative position would be taken for the first.
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset of the line's end: before its `\r\n`. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

/** White space at the beginning of the line. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), lineEnd(text, offset)))?.[0] ?? '';
}

export function isBlank(text: string, from: number, to: number): boolean {
  return text.slice(from, to).trim() === '';
}

/** Whether the line has nothing but white space. */
export function onBlankLine(text: string, offset: number): boolean {
  return isBlank(text, lineStart(text, offset), lineEnd(text, offset));
}

/** Line number for people. */
export function lineNumber(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** The selection without white space, and without a comma, at its ends. */
export function trimmed(text: string, { start, end }: Span): Span {
  let [from, to] = [start, end];
  while (from < to && /[\s,]/.test(text[from] ?? '')) from += 1;
  while (to > from && /[\s,]/.test(text[to - 1] ?? '')) to -= 1;
  return from === to ? { start: end, end } : { start: from, end: to };
}

/** The text after the edits, which stand in order and do not overlap. */
export function applied(text: string, edits: readonly Edit[]): string {
  let done = '';
  let at = 0;
  for (const edit of edits) {
    done += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return done + text.slice(at);
}

/**
 * The edits from first to last: two cursors in one place are one insertion.
 *
 * @throws NothingFits where two of them would change the same text
 */
export function inOrder(edits: readonly Edit[]): Edit[] {
  const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  const kept: Edit[] = [];
  for (const edit of sorted) {
    const last = kept.at(-1);
    if (last && last.start === edit.start && last.end === edit.end) continue;
    if (last && edit.start < last.end) {
      throw new NothingFits(
        'Two of the cursors are so close together that one insertion would change the other.',
      );
    }
    kept.push(edit);
  }
  return kept;
}
