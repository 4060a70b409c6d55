import { padded, widthOf, wrapped } from './text.ts';

export interface Column {
  title: string;
  /** Numbers stand at the right. Default left. */
  align?: 'left' | 'right';
}

const gap = '  ';
/** A last column narrower than this goes below its row instead. */
const narrowest = 24;

/**
 * Rows under their titles, the columns aligned. The last column takes what is left of the terminal's width and is wrapped
 * between words; where too little is left it stands below its row.
 */
export function table(columns: readonly Column[], rows: readonly string[][], width: number): string[] {
  const fixed = columns.slice(0, -1);
  const last = columns.length - 1;
  const widths = fixed.map((column, i) =>
    Math.max(widthOf(column.title), ...rows.map((row) => widthOf(row[i] ?? ''))),
  );
  const before = widths.reduce((sum, one) => sum + one + gap.length, 0);
  const below = width - before < narrowest;
  const room = below ? Math.max(narrowest, width - 4) : width - before;
  const indent = ' '.repeat(below ? 4 : before);

  const line = (cells: readonly string[]) =>
    fixed.map((column, i) => padded(cells[i] ?? '', widths[i] ?? 0, side(column))).join(gap);
  const titles = columns.map((column) => column.title);
  const lines = [below ? line(titles) : `${line(titles)}${gap}${titles[last]}`];
  for (const row of rows) {
    const rest = wrapped(row[last] ?? '', room);
    if (below) lines.push(line(row), ...rest.filter((one) => one !== '').map((one) => indent + one));
    else lines.push(...rest.map((one, i) => (i === 0 ? `${line(row)}${gap}${one}` : indent + one)));
  }
  return lines.map((one) => one.trimEnd());
}

function side(column: Column): 'left' | 'right' {
  return column.align === 'right' ? 'right' : 'left';
}
