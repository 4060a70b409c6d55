import type { Range } from 'vscode-languageserver/node';
import type { SpecRange } from '../../tools/formats/document.ts';

/** A place of a spec as the protocol counts: from 0. */
export function rangeOf({ line, column, endLine, endColumn }: SpecRange): Range {
  const start = { line: Math.max(0, line - 1), character: Math.max(0, column - 1) };
  const end = { line: Math.max(0, endLine - 1), character: Math.max(0, endColumn - 1) };
  const isBefore = end.line < start.line || (end.line === start.line && end.character < start.character);
  return { start, end: isBefore ? start : end };
}

/** The same where the end may not be known: then one character. */
export function rangeFrom(place: Pick<SpecRange, 'line' | 'column'> & Partial<SpecRange>): Range {
  const { line, column, endLine = line, endColumn = column + 1 } = place;
  return rangeOf({ line, column, endLine, endColumn });
}
