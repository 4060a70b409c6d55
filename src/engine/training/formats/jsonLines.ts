import { extname } from 'node:path';
import { harmlessJson } from '../../exampleFormats/harmless.ts';
import type { FileOut, Row } from './format.ts';

/** What is written at a time, characters: a write a row would take longer than making the row. */
const pieceSize = 64 * 1024;

/** Texts, some at a time. */
export function* inPieces(texts: Iterable<string>): Generator<string> {
  let piece = '';
  for (const text of texts) {
    piece += text;
    if (piece.length < pieceSize) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** Rows as JSON lines: what cannot be seen is written as an escape, and means the same. */
function* jsonLines(rows: Iterable<object>): Generator<string> {
  for (const row of rows) yield `${harmlessJson(row)}\n`;
}

export function jsonLinesFile(rows: readonly Row[], path: string, lint: string): FileOut {
  return { path, text: { [Symbol.iterator]: () => inPieces(jsonLines(rows)) }, rows: rows.length, lint };
}

/** `data/train.jsonl` and `.answers.jsonl` → `data/train.answers.jsonl`. */
export function pathBeside(path: string, ending: string): string {
  const extension = extname(path);
  return `${extension === '' ? path : path.slice(0, -extension.length)}${ending}`;
}
