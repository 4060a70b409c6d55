import type { TextPlace } from './ports.ts';

/** More than this tells a search nothing more, characters. */
const most = 1500;

/** What stands at the cursors: the selected text, or the paragraph; the ones next to it where the cursor is between two. */
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
  if (around.trim() !== '') return around;
  return [...above.slice(-2), ...below.slice(0, 2)].join('\n');
}
