import { readFloat, readInt } from '../python/numerals.ts';
import type { PythonDict, PythonValue } from '../python/values.ts';

/** Longer expressions are not looked into, characters: none of the rules is about them. */
const longest = 10_000;

/**
 * The value that a Java expression stands for, where the leaderboard's rules know the form; the text itself otherwise (the
 * name of a variable, a constructor of something else).
 *
 * @param type Name of the type in the schema.
 * @param elements Name of the type of a collection's elements, where the schema says it.
 */
export function javaValue(text: string, type: string, elements?: string): PythonValue {
  if (text.length > longest) return text;
  switch (type) {
    case 'byte':
    case 'short':
    case 'integer':
      return /^-?\d+$/.test(text) ? BigInt(text) : text;
    case 'long':
      return /^-?\d+[lL]$/.test(text) ? BigInt(text.slice(0, -1)) : text;
    case 'float':
      return floatLiteral.test(text) ? Number(text.slice(0, -1)) : text;
    case 'double':
      return /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : text;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'Array':
      return arrayOf(text, elements);
    case 'ArrayList':
      return arrayListOf(text, elements);
    case 'HashMap':
      return hashMapOf(text);
    default:
      return text;
  }
}

const floatLiteral = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?[fF]$/;

/** `new int[]{1, 2}`. */
function arrayOf(text: string, elements: string | undefined): PythonValue {
  const inner = /new\s+\w+\[\]\s*\{(.*?)\}/.exec(text)?.[1];
  if (inner === undefined) return text;
  const parts = inner.split(',').map((part) => part.trim());
  return parts.filter((part) => part !== '').map((part) => elementOf(part, elements));
}

/** `new ArrayList<>(Arrays.asList(1, 2))`, `new ArrayList<>() {{ add(1); add(2); }}` and `new ArrayList<>()`. */
function arrayListOf(text: string, elements: string | undefined): PythonValue {
  const listed = /new\s+ArrayList<\w*>\(Arrays\.asList\((.+?)\)\)/.exec(text)?.[1];
  if (listed !== undefined) return listed.split(',').map((part) => unquotedElement(part.trim(), elements));
  const inBraces = /new\s+ArrayList<\w*>\(\)\s*\{\{/.exec(text);
  if (inBraces) {
    const from = inBraces.index + inBraces[0].length;
    const to = text.indexOf('}}', from + 1);
    if (to >= 0) {
      const parts = [...text.slice(from, to).matchAll(/add\((.+?)\)/g)];
      return parts.map(([, part = '']) => unquotedElement(part.trim(), elements));
    }
  }
  return /new\s+ArrayList<\w*>\(\)/.test(text) ? [] : text;
}

/** `new HashMap<>() {{ put("a", 1); }}` and `new HashMap<>()`. */
function hashMapOf(text: string): PythonValue {
  const opened = /new\s+HashMap<[\s\S]*?>\s*\(\)\s*\{\s*\{?/.exec(text);
  const from = opened ? opened.index + opened[0].length : 0;
  const to = opened ? text.indexOf('}', from) : -1;
  if (to < 0) return /new\s+HashMap<.*?>\s*\(\)/.test(text) ? new Map() : text;
  const map: PythonDict = new Map();
  for (const [, key = '', value = ''] of text.slice(from, to).matchAll(/put\("(.*?)",\s*(.*?)\)/g)) {
    map.set(key, anyValue(value.trim()));
  }
  return map;
}

/** Texts and characters of lists stand in quotes, which go. */
function unquotedElement(text: string, type: string | undefined): PythonValue {
  return type === 'char' || type === 'String' ? text.slice(1, -1) : elementOf(text, type);
}

function elementOf(text: string, type: string | undefined): PythonValue {
  return type === undefined ? anyValue(text) : javaValue(text, type);
}

/** A literal of whatever type. */
function anyValue(text: string): PythonValue {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text.startsWith('"') && text.endsWith('"')) return text.slice(1, -1);
  if (/^-?\d+[lL]$/.test(text)) return BigInt(text.slice(0, -1));
  if (floatLiteral.test(text)) return Number(text.slice(0, -1));
  return readInt(text) ?? readFloat(text) ?? text;
}
