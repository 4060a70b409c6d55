import { unseen, writtenOut } from '../../core/unseen.ts';

/** So many characters of a text are shown in a row. */
const shown = 200;

/**
 * What a tool or a model said, as one line that cannot hide anything: line breaks are marked, characters that are not seen
 * are written as escapes, marks are not piled up, and what is too long is cut.
 */
export function oneLine(text: string, limit = shown): string {
  // Every text may be a megabyte long: no more of it is looked at than can be shown.
  const begin = text.slice(0, limit * 4);
  const line = begin
    .trim()
    .replace(/\s*(?:\r\n|[\n\r\u2028\u2029])\s*/g, ' ↵ ')
    .replace(/\t/g, ' ')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1…')
    .replace(unseen, writtenOut);
  const characters = [...line];
  if (characters.length <= limit && begin.length === text.length) return line;
  return `${characters.slice(0, limit - 1).join('')}…`;
}

/** The same for a text whose lines stay lines, as in a tooltip: at most `lines` of them. */
export function severalLines(text: string, lines = 12): string {
  const all = text
    .slice(0, 8000)
    .trim()
    .split(/\r\n|[\n\r\u2028\u2029]/);
  const first = all.slice(0, lines).map((line) => indentOf(line) + oneLine(line));
  return [...first, ...(all.length > lines ? ['…'] : [])].join('\n');
}

function indentOf(line: string): string {
  return /^ {0,40}/.exec(line)?.[0] ?? '';
}
