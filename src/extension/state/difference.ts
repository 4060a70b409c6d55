/** The one stretch of a text that has to be replaced to make another one of it: offsets in the first, and what comes in there. */
export function differenceOf(before: string, after: string): { start: number; end: number; text: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  // Between the halves of a pair of surrogates, or of a line break, no editor has a place.
  while (start > 0 && (splits(before, start) || splits(after, start))) start -= 1;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  while (same > 0 && (splits(before, before.length - same) || splits(after, after.length - same))) same -= 1;
  return { start, end: before.length - same, text: after.slice(start, after.length - same) };
}

function splits(text: string, at: number): boolean {
  return /^(?:\r\n|[\uD800-\uDBFF][\uDC00-\uDFFF])$/.test(text.slice(at - 1, at + 1));
}
