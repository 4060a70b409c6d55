import type { WrittenCall } from '../python/calls.ts';
import type { PythonDict } from '../python/values.ts';

const callStart =
  /\s*([\p{ID_Start}_$][\p{ID_Continue}$]*(?:\s*\.\s*[\p{ID_Start}_$][\p{ID_Continue}$]*)*)\s*\(/uy;
const argumentStart = /\s*([\p{ID_Start}_$][\p{ID_Continue}$]*)\s*=(?!=)\s*/uy;
const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * Reads `[f(a="x", b=new int[]{1, 2})]`: calls as Java and JavaScript write them, with names before the values. A value is its
 * text; what stands in quotes loses them. Null for anything else.
 */
export function readNamedCalls(text: string): WrittenCall[] | null {
  const trimmed = text.trim();
  const isList = trimmed.startsWith('[') && trimmed.endsWith(']');
  const body = isList ? trimmed.slice(1, -1) : trimmed;
  const calls: WrittenCall[] = [];
  for (let at = 0; body.slice(at).trim() !== ''; ) {
    const start = matchAt(callStart, body, at);
    if (!start) return null;
    const given: PythonDict = new Map();
    const end = readArguments(body, at + start[0].length, given);
    if (end === null) return null;
    calls.push({ tool: (start[1] as string).replace(/\s+/g, ''), arguments: given });
    const rest = body.slice(end).trimStart();
    if (rest !== '' && !rest.startsWith(',') && !/^;\s*$/.test(rest)) return null;
    at = rest.startsWith(',') ? body.length - rest.length + 1 : body.length;
  }
  return calls;
}

/** Index after the closing parenthesis; null where the arguments cannot be read, or one stands twice. */
function readArguments(text: string, from: number, given: PythonDict): number | null {
  for (let at = from; ; ) {
    if (/^\s*\)/.test(text.slice(at))) return text.indexOf(')', at) + 1;
    const start = matchAt(argumentStart, text, at);
    if (!start) return null;
    const valueAt = at + start[0].length;
    const end = valueEnd(text, valueAt);
    const name = start[1] as string;
    if (end === null || given.has(name)) return null;
    given.set(name, withoutQuotes(text.slice(valueAt, end).trim()));
    if (text[end] === ')') return end + 1;
    at = end + 1;
  }
}

/** Index of the comma or parenthesis that ends the value; null where nothing does. */
function valueEnd(text: string, from: number): number | null {
  const open: string[] = [];
  for (let at = from; at < text.length; at++) {
    const char = text[at] as string;
    if (char === '"' || char === "'" || char === '`') {
      at = quoteEnd(text, at);
    } else if (Object.hasOwn(closers, char)) open.push(closers[char] as string);
    else if (open.length === 0 && (char === ',' || char === ')')) return at;
    else if (char === ')' || char === ']' || char === '}') {
      if (open.pop() !== char) return null;
    }
  }
  return null;
}

/** Index of the quote that closes the one at `from`, or of the end of the text. */
function quoteEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[from]) return at;
  }
  return text.length;
}

function withoutQuotes(text: string): string {
  const isQuoted = ['"', "'"].some(
    (quote) => text.length > 1 && text.startsWith(quote) && text.endsWith(quote),
  );
  return isQuoted ? text.slice(1, -1) : text;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
