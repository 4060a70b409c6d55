/**
 * Characters that show nothing, or change how others are shown: control characters, those that turn the direction or have no
 * width, ends of lines that only some programs know, spaces that pass for others, private and unassigned ones, and halves of
 * surrogate pairs. In what tools and models said nothing of the kind reaches a person as it is.
 */
export const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u2028\u2029\u00a0]/gu;

/** A character as `\u{…}`, so that it can be seen. */
export function writtenOut(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
