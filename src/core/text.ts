/** Texts as the paper's code cuts them: Python's idea of white space, code points for characters. */

const pythonSpace = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const outerSpace = new RegExp(`^${pythonSpace}+|${pythonSpace}+$`, 'g');

/** Without white space at both ends, as Python's `str.strip` takes it off. */
export function strip(text: string): string {
  return text.replace(outerSpace, '');
}

/** What stands before the first of the given strings. */
export function cutAt(text: string, stops: readonly string[]): string {
  let end = text.length;
  for (const stop of stops) {
    const found = text.indexOf(stop);
    if (found >= 0 && found < end) end = found;
  }
  return text.slice(0, end);
}

/** At most `limit` characters (code points) of a text, and whether anything was left out. */
export function cutTo(text: string, limit: number): { text: string; cut: boolean } {
  if (text.length <= limit) return { text, cut: false };
  let count = 0;
  let end = 0;
  for (const char of text) {
    if (count === limit) return { text: text.slice(0, end), cut: true };
    count += 1;
    end += char.length;
  }
  return { text, cut: false };
}
