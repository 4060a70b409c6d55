import { type Edit, isBlank, lineEnd, lineStart, type Span } from './document.ts';

/**
 * A block of text inside of a block scalar (`|`), in its indentation.
 *
 * @param scalar From its `|` to its end.
 * @param usual The indentation of a scalar that has no text yet, columns.
 */
export function intoBlockScalar(
  text: string,
  scalar: Span,
  chosen: Span,
  block: string,
  eol: string,
  usual: number,
): Edit {
  const header = lineEnd(text, scalar.start);
  const first = /^\r?\n(?:[ \t]*\r?\n)*( *)\S/.exec(text.slice(header, scalar.end));
  const indent = ' '.repeat(first?.[1]?.length ?? usual);
  const body = block
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : indent + line))
    .join(eol);
  const isInHeader = chosen.end <= header;
  const from = isInHeader ? header : lineStart(text, chosen.start);
  const to = isInHeader ? header : lineEnd(text, chosen.end);
  const isWhole =
    chosen.start < chosen.end && isBlank(text, from, chosen.start) && isBlank(text, chosen.end, to);
  const takesLine = !isInHeader && (isWhole || isBlank(text, from, to));
  const start = takesLine ? Math.max(from, header) : to;
  const before = text.slice(header, start);
  const after = text.slice(to, scalar.end);
  const isFirst = before.trim() === '';
  const gap = takesLine ? (isFirst || /\n[ \t]*\r?\n$/.test(before) ? '' : eol) : isFirst ? eol : eol + eol;
  const tail = after.trim() === '' || /^\r?\n[ \t]*\r?\n/.test(after) ? '' : eol;
  return { start, end: to, text: gap + body + tail };
}
