/** Lines and columns of offsets in a text, both counted from 1. */
import type { SpecRange } from './document.ts';

export class TextLines {
  readonly #text: string;
  /** Offsets at which lines begin; found when a place is first asked for. */
  #starts: number[] | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  range(start: number, end: number): SpecRange {
    const from = this.#place(start);
    const to = this.#place(Math.max(start, end));
    return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  }

  #place(offset: number): { line: number; column: number } {
    this.#starts ??= startsOf(this.#text);
    const starts = this.#starts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] as number) + 1 };
  }
}

function startsOf(text: string): number[] {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
  return starts;
}
