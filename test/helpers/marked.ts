/** Documents of tests with cursors in them: `‸` is a cursor, `«…»` a selection. */

/** The text without its marks, and where they were. */
export function marked(source: string): { text: string; selections: { start: number; end: number }[] } {
  const selections: { start: number; end: number }[] = [];
  let text = '';
  let start = 0;
  for (const char of source) {
    if (char === '‸') selections.push({ start: text.length, end: text.length });
    else if (char === '«') start = text.length;
    else if (char === '»') selections.push({ start, end: text.length });
    else text += char;
  }
  return { text, selections };
}
