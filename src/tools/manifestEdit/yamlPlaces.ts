/** Places in a YAML text where something may be put in. */

/** What stands between two offsets is replaced. */
export interface Change {
  from: number;
  to: number;
  text: string;
}

interface Ranged {
  items: readonly unknown[];
  range?: readonly number[] | null | undefined;
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line's text ends: before its line break. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  if (at < 0) return text.length;
  return text[at - 1] === '\r' ? at - 1 : at;
}

export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** Behind the last line of a block whose entries begin in a column, and behind the comments that belong to it. */
export function atEndOfBlock(text: string, node: Ranged, column: number): number {
  const end = node.range?.[1] ?? text.length;
  let at = lineEnd(text, text.slice(0, end).trimEnd().length);
  for (;;) {
    const next = text.indexOf('\n', at) + 1;
    if (next === 0) return at;
    const [, indent] = /^([ ]*)#/.exec(text.slice(next, lineEnd(text, next))) ?? [];
    // One that begins where the block's entries do is about them, unless that is the beginning of the line.
    if (indent === undefined || indent.length < Math.max(column, 1)) return at;
    at = lineEnd(text, next);
  }
}

/** At the end of `[…]` or `{…}`. */
export function inFlow(text: string, node: Ranged, written: string): Change | null {
  const [start, end] = node.range ?? [];
  if (start === undefined || end === undefined) return null;
  const last = lastEnd(node.items.at(-1));
  if (last !== null) return { from: last, to: last, text: `, ${written}` };
  if (node.items.length > 0) return null;
  const padding = text[start] === '{' ? ' ' : '';
  return { from: start + 1, to: end - 1, text: `${padding}${written}${padding}` };
}

function lastEnd(item: unknown): number | null {
  const one = item as { range?: readonly number[]; value?: unknown; key?: unknown } | undefined;
  if (!one) return null;
  if (one.range) return one.range[1] ?? null;
  return lastEnd(one.value ?? one.key);
}
