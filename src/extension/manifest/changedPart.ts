/** The part in which two texts differ, as what replaces it: what stands around is not touched. */
export function changedPart(before: string, after: string): { from: number; to: number; text: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  // Between the two halves of a pair of surrogates, or of a line break, no editor has a place.
  while (start > 0 && splits(before, start)) start -= 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  while (end > 0 && (splits(before, before.length - end) || splits(after, after.length - end))) end -= 1;
  return { from: start, to: before.length - end, text: after.slice(start, after.length - end) };
}

function splits(text: string, at: number): boolean {
  return /^(?:\r\n|[\uD800-\uDBFF][\uDC00-\uDFFF])$/.test(text.slice(at - 1, at + 1));
}
