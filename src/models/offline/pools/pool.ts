/**
 * Values that anybody would guess for a parameter of some ordinary meaning. A concept is one thing in the spellings in
 * which people write it, right and wrong ones alike: which of them a tool takes is for exploration to find out.
 */
export interface Pool {
  /** The parameter's name, or words of its description, in lower case with spaces: `departure date`. */
  hint: RegExp;
  concepts: readonly (readonly string[])[];
}

/** Concepts from lines: one concept a line, its spellings between bars. */
export function concepts(lines: string): string[][] {
  return lines
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((spelling) => spelling.trim()));
}
