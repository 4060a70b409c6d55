import type { Json } from './json.ts';

/** Deeper than any real data is. What is deeper can be parsed, and overflows the stack of whoever walks or writes it. */
const deepest = 500;

/** Whether a JSON text has more brackets open at once than any real data. Brackets within texts do not count. */
export function isNestedTooDeeply(json: string): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    const char = json[at];
    if (char === '"') {
      for (at++; at < json.length && json[at] !== '"'; at++) if (json[at] === '\\') at++;
    } else if (char === '[' || char === '{') {
      if (++depth > deepest) return true;
    } else if (char === ']' || char === '}') depth--;
  }
  return false;
}

/** Parses JSON. Throws `SyntaxError` for what is none, and for what is nested too deeply to be used. */
export function parseShallow(json: string): Json {
  if (isNestedTooDeeply(json)) throw new SyntaxError('It is nested too deeply');
  return JSON.parse(json) as Json;
}
