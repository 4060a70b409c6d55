import type { TextPlace } from './ports.ts';

/** More than this tells a search nothing more, characters. */
const most = 1500;

/**
 * What stands at the cursors: the selected text, or the paragraph; with the ones around it where the cursor is between two,
 * or at a heading or below it, which says little (`## Examples`).
 */
export function surroundingText({ text, selections }: Pick<TextPlace, 'text' | 'selections'>): string {
  const parts = selections.map(({ start, end }) =>
    start < end ? text.slice(start, end) : paragraph(text, start),
  );
  return parts.join('\n').trim().slice(0, most);
}

function paragraph(text: string, offset: number): string {
  // No more of a long document is looked at than can be of use.
  const before = text.slice(Math.max(0, offset - 2 * most), offset);
  const after = text.slice(offset, offset + 2 * most);
  const blank = /\n[ \t\r]*\n/;
  const above = before.split(blank);
  const below = after.split(blank);
  const around = `${above.at(-1) ?? ''}${below[0] ?? ''}`;
  if (!saysLittle(around)) return around;
  // Up to a paragraph that says something, with the headings between.
  const from = above.slice(0, -1).findLastIndex((one) => !saysLittle(one));
  return [...above.slice(Math.max(0, from), -1), around, ...below.slice(1, 2)].join('\n');
}

/** Nothing, or headings alone, as Markdown writes them. */
function saysLittle(text: string): boolean {
  return text
    .trim()
    .split('\n')
    .every((line) => line.trim() === '' || /^\s*#/.test(line));
}
