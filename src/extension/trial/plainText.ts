/** What a tool, a model or a call said, made safe to show: everything in it can be seen, and nothing in it does anything. */
import { writtenOut } from '../../core/unseen.ts';

/** `unseen`, but for tabs, for line ends, and for a joiner within a pictograph, which is part of what is seen. */
const hidden =
  /(?<!\p{Extended_Pictographic}[\u{fe0f}\u{1f3fb}-\u{1f3ff}]?)\u200d|\u200d(?!\p{Extended_Pictographic})|(?![\t\n\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u2028\u2029\u00a0]/gu;

/** Text of any number of lines, with `\n` between them; what cannot be seen is written as `\u{…}`. */
export function shownText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(hidden, writtenOut);
}

/** JSON text that means the same, with what cannot be seen as JSON's own escapes. */
export function shownJson(json: string): string {
  return json.replace(hidden, (char) =>
    Array.from({ length: char.length }, (_, at) => unitEscape(char.charCodeAt(at))).join(''),
  );
}

/** One line of at most `limit` characters. */
export function shownLine(text: string, limit = 120): string {
  const cut = cutText(text, limit * 2).text.replaceAll('\t', ' ');
  const line = cut.replaceAll('\n', '\u23ce').replace(hidden, writtenOut);
  const chars = [...line];
  return chars.length <= limit ? line : `${chars.slice(0, limit - 1).join('')}…`;
}

/** A name among words of ours: as it is where it is plainly a name, else in quotes. */
export function shownName(name: string): string {
  return /^[\w.:-]{1,64}$/.test(name) ? name : shownJson(JSON.stringify(shownLine(name, 80)));
}

/** The beginning of a text, whole characters only, and how many UTF-16 units are left out. */
export function cutText(text: string, limit: number): { text: string; left: number } {
  if (text.length <= limit) return { text, left: 0 };
  const end = /[\ud800-\udbff]/.test(text.charAt(limit - 1)) ? limit - 1 : limit;
  return { text: text.slice(0, end), left: text.length - end };
}

function unitEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
