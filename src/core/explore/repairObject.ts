import { jsonrepair } from 'jsonrepair';
import { isJsonObject, type JsonObject } from '../json.ts';
import { scanObject } from './scanObject.ts';

/** Characters. Repair takes up to quadratic time on hopeless text, so a text beyond this has to be nearly JSON. */
const maxRepaired = 32_768;

const openingQuotes = ['"', "'", '“', '‘', '`', '´', '”', '’'];

/** The object that a JSON text is, or null. Numbers too large for a number become null within it. */
export function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text, (_key, part: unknown) =>
      typeof part === 'number' && !Number.isFinite(part) ? null : part,
    );
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** The object that a broken text, from its opening brace on, says to a person; null when it says none. Throws nothing. */
export function repairObject(text: string): JsonObject | null {
  if (text === '' || text.length > maxRepaired) return null;
  try {
    const source = tidyStrings(withoutTripleQuotes(text));
    const repaired = withApostrophes(jsonrepair(source), source);
    const read = scanObject(repaired, 0).tooDeep ? null : parseObject(repaired);
    return read && keysWereMeant(read, source) ? read : null;
  } catch {
    // Beyond repair, or nested too deeply for its recursion: either way no object that a person would read.
    return null;
  }
}

/**
 * The same text with line breaks and tabs in double-quoted strings escaped, backslashes of paths and patterns doubled
 * (`"C:\Users"`, `"\d+"`), and, outside strings, null for the numbers that Python writes and JSON does not have.
 */
export function tidyStrings(text: string): string {
  // The closing quote is optional, so that no string that stays open is walked again from every quote within it.
  return text.replace(/"(?:[^"\\]|\\.)*"?|-?\b(?:NaN|Infinity)\b/gs, (found) => {
    if (!found.startsWith('"')) return 'null';
    const isLiteral = /\\(?:[ac-eg-mo-qsv-zA-Z]|u(?![0-9a-fA-F]{4}))/.test(found.replaceAll('\\\\', ''));
    const string = isLiteral
      ? found.replace(/\\(.)/gs, (pair, char: string) => (char === '"' || char === '\\' ? pair : `\\${pair}`))
      : found;
    return string.replace(/\p{Cc}/gu, (char) => JSON.stringify(char).slice(1, -1));
  });
}

/** An object whose quotes are all escaped, as within a JSON string, taken out of it; null when it is none. */
export function unescapeObject(text: string, start: number): string | null {
  if (!/^\{\s*\\"/.test(text.slice(start, start + 64))) return null;
  const plain: Record<string, string> = { n: '\n', r: '\r', t: '\t' };
  return text.slice(start).replace(/\\(["\\/nrt])/g, (_pair, char: string) => plain[char] ?? char);
}

/** Python's long strings. */
function withoutTripleQuotes(text: string): string {
  return text.replace(/(?<!\\)"""(.*?)"""/gs, (_string, inner: string) => JSON.stringify(inner));
}

/** Repair writes the apostrophe of `'it's'` as a double quote; where the source has none, it was an apostrophe. */
function withApostrophes(repaired: string, source: string): string {
  return source.includes('"') ? repaired : repaired.replace(/(?<!\\)((?:\\\\)*)\\"/g, "$1'");
}

/** Repair takes `{find the city: Rome}` for an object. A key that nobody quoted is one word. */
function keysWereMeant(read: JsonObject, source: string): boolean {
  const plain = source
    .replace(/\\u([0-9a-fA-F]{4})/g, (_escape, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll('\\', '');
  const values: unknown[] = [read];
  for (let value = values.pop(); value !== undefined; value = values.pop()) {
    if (Array.isArray(value)) values.push(...value);
    else if (isJsonObject(value)) {
      for (const key of Object.keys(value)) {
        const isWord = /^[\p{L}\p{N}_$.-]+$/u.test(key);
        if (!isWord && !openingQuotes.some((quote) => plain.includes(quote + key))) return false;
        values.push(value[key]);
      }
    }
  }
  return true;
}
