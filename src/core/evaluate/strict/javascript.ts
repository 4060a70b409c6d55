import { readFloat, readInt } from '../python/numerals.ts';
import type { PythonDict, PythonValue } from '../python/values.ts';

/**
 * The value that a JavaScript expression stands for, where the leaderboard's rules know the form; the text itself otherwise.
 *
 * @param type Name of the type in the schema.
 * @param elements Name of the type of an array's elements, where the schema says it.
 */
export function javascriptValue(text: string, type: string, elements?: string): PythonValue {
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

const arrayOfArrays =
  /^(?:\[\s*\[.*?\]\s*(?:,\s*\[.*?\]\s*)*\]|\bnew\s+Array\(\s*\[.*?\]\s*(?:,\s*\[.*?\]\s*)*\))/;

/** `[1, 2]`, `new Array(1, 2)`, and those of arrays. Commas divide, wherever they stand. */
function arrayOf(code: string, elements: string | undefined): PythonValue {
  const nested = arrayOfArrays.exec(code)?.[0];
  if (nested !== undefined) {
    return [...nested.matchAll(/\[(.*?)\]/g)].map(([, inner = ''], i) => {
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

/** `{key: value, other: value}`. A value goes to the last comma before the next colon. */
function dictOf(code: string): PythonValue {
  if (code === '{}') return new Map();
  const content = /^\{(.*?)\}/.exec(code)?.[1];
  if (content === undefined) return code;
  const dict: PythonDict = new Map();
  for (const [, key = '', value = ''] of content.matchAll(/([^:]+):\s*(.*?)(?:,\s*(?=[^,]+:)|$)/g)) {
    dict.set(withoutQuotes(key.trim()), memberOf(value.trim()));
  }
  return dict;
}

function memberOf(text: string): PythonValue {
  if (text.startsWith('[') && text.endsWith(']')) return arrayOf(text, undefined);
  if (text.startsWith('{') && text.endsWith('}')) return dictOf(text);
  return anyValue(withoutQuotes(text));
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

function withoutQuotes(text: string): string {
  return text.replace(/^['"]+|['"]+$/g, '');
}
