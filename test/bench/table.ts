/** The results as aligned text. */
import type { Figure, Result } from './row.ts';

const header = ['row', 'measured', 'to reach', '', 'how'];

/** One line a figure; the row's name and how it was measured stand on its first. */
export function table(results: readonly Result[]): string {
  const lines = [header, ...results.flatMap(linesOf)];
  const widths = header.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function linesOf({ name, figures, note, error, ok }: Result): string[][] {
  if (figures.length === 0) return [[name, 'not measured', '', ok ? '' : 'MISSED', error ?? note]];
  return figures.map((figure, i) => [
    i === 0 ? name : '',
    `${rounded(figure.value)} ${figure.unit}${figure.what === '' ? '' : ` ${figure.what}`}`,
    limitOf(figure),
    figure.ok ? 'ok' : 'MISSED',
    i === 0 ? note : '',
  ]);
}

function limitOf({ limit, unit, atLeast }: Figure): string {
  return `${atLeast ? '≥' : '≤'} ${unit === '× ideal' ? limit.toFixed(2) : `${limit} ${unit}`}`;
}

/** Three digits that count: more would be noise. */
function rounded(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
