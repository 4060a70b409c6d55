import { readFloat, readInt } from '../python/numerals.ts';
import { stripOf } from '../python/text.ts';
import type { PythonDict, PythonValue } from '../python/values.ts';

/** Longer expressions are not looked into, characters: none of the rules is about them. */
const longest = 10_000;
const quotes = `'"`;

/**
 * The value that a JavaScript expression stands for, where the leaderboard's rules know the form; the text itself otherwise.
 *
 * @param type Name of the type in the schema.
 * @param elements Name of the type of an array's elements, where the schema says it.
 */
export function javascriptValue(text: string, type: string, elements?: string): PythonValue {
  if (text.length > longest) return text;
  switch (type) {
    case 'String':
      return isQuoted(text) ? text.slice(1, -1) : text;
    case 'integer':
      return /^-?\d+$/.test(text) ? BigInt(text) : text;
    case 'float':
      return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
    case 'Bigint':
      return /^-?\d+n$/.test(text) ? BigInt(text.slice(0, -1)) : text;
    case 'Boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'dict':
      return dictOf(text.trim());
    case 'array':
      return arrayOf(text.trim(), elements);
    default:
      return text;
  }
}

/** `[1, 2]`, `new Array(1, 2)`, and those of arrays. Commas divide, wherever they stand. */
function arrayOf(code: string, elements: string | undefined): PythonValue {
  const nestedEnd = endOfArrays(code);
  if (nestedEnd !== null) {
    return [...code.slice(0, nestedEnd).matchAll(/\[(.*?)\]/g)].map(([, inner = ''], i) => {
      const trimmed = inner.trim();
      const first = i === 0 && trimmed.startsWith('[') ? trimmed.slice(1) : trimmed;
      return first.split(',').map((part) => anyValue(part));
    });
  }
  const found = /^(?:\[(.*?)\]|\bnew\s+Array\((.*?)\))/.exec(code);
  if (!found) return code;
  const inner = (found[1] ?? found[2] ?? '').trim();
  const parts = inner === '' ? [] : inner.split(',').map((part) => part.trim());
  if (elements === undefined) return parts.map(anyValue);
  const known = new Set(['String', 'integer', 'float', 'Bigint', 'Boolean', 'dict', 'array', 'any']);
  return known.has(elements) ? parts.map((part) => javascriptValue(part, elements)) : code;
}

/**
 * Index after an array of arrays at the beginning; null where there is none. An array within ends at the first bracket after
 * which all the rest can be read, so that it may have brackets in it. Found from behind, once for each place: as a pattern it
 * would be tried in exponentially many ways.
 */
function endOfArrays(code: string): number | null {
  const opened = /^(?:\[|new\s+Array\()\s*\[/.exec(code);
  if (!opened) return null;
  const closer = code.startsWith('[') ? ']' : ')';
  const first = opened[0].length;
  /** At a place after an inner array: where it all ends, if the rest can be read from there. */
  const ends = new Map<number, number>();
  const innerEnd = (from: number): number | undefined => {
    for (let at = from; at < code.length && code[at] !== '\n'; at++) {
      const end = code[at] === ']' ? ends.get(at + 1) : undefined;
      if (end !== undefined) return end;
    }
    return undefined;
  };
  for (let place = code.length - 1; place > first; place--) {
    if (code[place - 1] !== ']') continue;
    const at = afterSpaces(code, place);
    const next = code[at] === ',' ? afterSpaces(code, at + 1) : -1;
    const end = code[at] === closer ? at + 1 : code[next] === '[' ? innerEnd(next + 1) : undefined;
    if (end !== undefined) ends.set(place, end);
  }
  return innerEnd(first) ?? null;
}

function afterSpaces(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at] as string)) at++;
  return at;
}

/** `{key: value, other: value}`. A value goes to the last comma before the next colon. */
function dictOf(code: string): PythonValue {
  if (code === '{}') return new Map();
  const content = /^\{(.*?)\}/.exec(code)?.[1];
  if (content === undefined) return code;
  const dict: PythonDict = new Map();
  for (const [, key = '', value = ''] of content.matchAll(/([^:]+):\s*(.*?)(?:,\s*(?=[^,]+:)|$)/g)) {
    dict.set(stripOf(key.trim(), quotes), memberOf(value.trim()));
  }
  return dict;
}

function memberOf(text: string): PythonValue {
  if (text.startsWith('[') && text.endsWith(']')) return arrayOf(text, undefined);
  if (text.startsWith('{') && text.endsWith('}')) return dictOf(text);
  return anyValue(stripOf(text, quotes));
}

function anyValue(given: string): PythonValue {
  const text = given.trim();
  if (text === 'true' || text === 'false') return text === 'true';
  if (isQuoted(text)) return text.slice(1, -1);
  return readInt(text) ?? readFloat(text) ?? text;
}

function isQuoted(text: string): boolean {
  return ['"', "'"].some((quote) => text.startsWith(quote) && text.endsWith(quote));
}
