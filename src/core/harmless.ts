/** What tools and models said, so that it can stand in a document: nothing in it is hidden, turns the direction or rings. */
import { writtenOut } from './unseen.ts';

/**
 * Control characters, those that change the direction of text, end a line for some programs and not for others, have no
 * width, or smuggle text (tags). Joiners stay: letters and pictures are made with them.
 */
const unseen =
  /(?![\t\n])\p{Cc}|[\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Cs}]/gu;

/** Text for people and prompts: the only line ends are `\n`, and what cannot be seen is written as `\u{…}`. */
export function harmlessText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(unseen, writtenOut);
}

/** JSON text that says the same, with what cannot be seen as escapes. `indent` as for `JSON.stringify`. */
export function harmlessJson(value: unknown, indent?: string | number): string {
  // Outside of its strings, JSON has none of these characters.
  return withEscapes(JSON.stringify(value, null, indent));
}

/** A document in which such characters stand within double quotes alone, with their escapes in their place. */
export function withEscapes(text: string): string {
  return text.replace(unseen, unicodeEscapes);
}

/** `\uXXXX` for each UTF-16 unit: what JSON, JavaScript and YAML understand. */
function unicodeEscapes(char: string): string {
  const units = Array.from({ length: char.length }, (_, index) => char.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
