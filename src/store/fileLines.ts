import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';
import { isNestedTooDeeply } from '../core/nesting.ts';
import { lineHash } from './lines.ts';

/** One line of a file of examples or lessons. */
export interface FileLine {
  /** As it stands there. */
  raw: string;
  /** What it says, when it says something; a broken line has none and is kept as it is. */
  entry: { id: string; object: JsonObject; hash: string } | null;
}

/** A line that cannot be used, counted from 1. */
export interface BrokenLine {
  line: number;
  problem: string;
}

export interface FileLines {
  lines: FileLine[];
  broken: BrokenLine[];
  /** What ends a line in this file. */
  lineEnd: '\n' | '\r\n';
}

/** Reads a file; `check` tells the id of an object, or what is wrong with it. Empty lines are dropped. */
export function readLines(
  text: string,
  check: (object: JsonObject) => { id: string } | { problem: string },
): FileLines {
  const lines: FileLine[] = [];
  const broken: BrokenLine[] = [];
  const firstLines = new Map<string, number>();
  for (const [index, ended] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    const raw = ended.endsWith('\r') ? ended.slice(0, -1) : ended;
    if (raw.trim() === '') continue;
    const line = index + 1;
    const read = readLine(raw, check);
    if ('problem' in read) {
      broken.push({ line, problem: read.problem });
      lines.push({ raw, entry: null });
      continue;
    }
    const first = firstLines.get(read.id);
    if (first === undefined) {
      firstLines.set(read.id, line);
      lines.push({ raw, entry: { ...read, hash: lineHash(raw) } });
    } else if (!lines.some((one) => one.raw === raw)) {
      // The very same line twice is what a careless merge leaves: the second one goes without a word.
      broken.push({ line, problem: `line ${first} has the same id` });
      lines.push({ raw, entry: null });
    }
  }
  return { lines, broken, lineEnd: text.includes('\r\n') ? '\r\n' : '\n' };
}

function readLine(
  raw: string,
  check: (object: JsonObject) => { id: string } | { problem: string },
): { id: string; object: JsonObject } | { problem: string } {
  if (isNestedTooDeeply(raw)) return { problem: 'it is nested too deeply' };
  let value: Json;
  try {
    value = JSON.parse(raw) as Json;
  } catch (error) {
    // Conflict marks of a merge end up here too.
    return { problem: `it is no JSON (${error instanceof Error ? error.message : 'unreadable'})` };
  }
  if (!isJsonObject(value)) return { problem: 'it is no JSON object' };
  const checked = check(value);
  return 'problem' in checked ? checked : { id: checked.id, object: value };
}

/**
 * The lines with new ones added, by id. A file in which each line can be read is sorted; in one with broken lines the rest
 * stays where it is, since the marks of a merge mean something by their place.
 */
export function withAdded(lines: readonly FileLine[], added: readonly FileLine[]): FileLine[] {
  if (lines.every((line) => line.entry !== null)) return [...lines, ...added].sort(byId);
  const result = [...lines];
  for (const line of [...added].sort(byId)) {
    const before = result.findIndex((one) => one.entry !== null && byId(one, line) > 0);
    result.splice(before < 0 ? result.length : before, 0, line);
  }
  return result;
}

export function linesText(lines: readonly FileLine[], lineEnd: string): string {
  return lines.map((line) => line.raw + lineEnd).join('');
}

/** By UTF-16 units, the same on every machine. */
function byId(a: FileLine, b: FileLine): number {
  const [left, right] = [a.entry?.id ?? '', b.entry?.id ?? ''];
  return left < right ? -1 : left > right ? 1 : 0;
}
