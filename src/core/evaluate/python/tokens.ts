import { readFloat, readInt } from './numerals.ts';

/** Text that is no Python expression, or one that stands for no value we know. */
export class PythonSyntaxError extends Error {
  /** Where in the text, in UTF-16 units. */
  readonly index: number;

  constructor(what: string, index: number) {
    super(what);
    this.name = 'PythonSyntaxError';
    this.index = index;
  }
}

/** `end`: index after the token. */
export type Token = { start: number; end: number } & (
  | { kind: 'name'; text: string }
  | { kind: 'text'; value: string }
  | { kind: 'number'; value: bigint | number }
  | { kind: 'sign'; text: string }
  | { kind: 'end' }
);

const blank = /(?:[ \t\f\r\n]+|\\\r?\n|#[^\n]*)*/y;
const nameForm = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const prefix = /([rR]|[uU]|)(?='|")/y;
const otherPrefix = /(?:[bBfF][rR]?|[rR][bBfF])(?='|")/y;
const radix = /0[xX]([0-9a-fA-F_]+)|0[oO]([0-7_]+)|0[bB]([01_]+)/y;
const numeral = /(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?/y;
const sign = /\.\.\.|\*\*|\/\/|[-+*/%~()[\]{},:.=]/y;

/** The tokens of an expression, at whose end is one of the kind `end`. Throws `PythonSyntaxError`. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = endOf(blank, text, 0); at < text.length; at = endOf(blank, text, at)) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: 'end', start: text.length, end: text.length });
  return tokens;
}

function tokenAt(text: string, start: number): Token {
  if (endOf(otherPrefix, text, start) > start) {
    throw new PythonSyntaxError('Bytes and formatted texts are no values', start);
  }
  const quote = matchAt(prefix, text, start);
  if (quote) return textToken(text, start, start + quote[0].length, quote[0].toLowerCase() === 'r');
  const nameEnd = endOf(nameForm, text, start);
  if (nameEnd > start) return { kind: 'name', text: text.slice(start, nameEnd), start, end: nameEnd };
  const number = numberToken(text, start);
  if (number) return number;
  const end = endOf(sign, text, start);
  if (end > start) return { kind: 'sign', text: text.slice(start, end), start, end };
  throw new PythonSyntaxError(
    `"${String.fromCodePoint(text.codePointAt(start) as number)}" stands here`,
    start,
  );
}

function numberToken(text: string, start: number): Token | null {
  const based = matchAt(radix, text, start);
  const end = based ? start + based[0].length : endOf(numeral, text, start);
  if (end === start) return null;
  const written = text.slice(start, end);
  // A name right behind a number, `5abc` or `3j`, belongs to neither.
  if (endOf(nameForm, text, end) > end)
    throw new PythonSyntaxError(`"${written}" is followed by a name`, end);
  const value = based ? basedNumber(written) : decimal(written);
  if (value === null) throw new PythonSyntaxError(`"${written}" is no number`, start);
  return { kind: 'number', value, start, end };
}

function basedNumber(written: string): bigint | null {
  const digits = written.slice(2);
  return /^_?[^_]+(?:_[^_]+)*$/.test(digits) ? BigInt(written.replaceAll('_', '')) : null;
}

function decimal(written: string): bigint | number | null {
  if (/[.eE]/.test(written)) return readFloat(written);
  return /^0[\d_]*[1-9]/.test(written) ? null : readInt(written);
}

/** A text in quotes, from its opening quote at `open`. */
function textToken(text: string, start: number, open: number, raw: boolean): Token {
  const one = text[open] as string;
  const quote = text.startsWith(one.repeat(3), open) ? one.repeat(3) : one;
  let value = '';
  for (let at = open + quote.length; at < text.length; ) {
    if (text.startsWith(quote, at)) return { kind: 'text', value, start, end: at + quote.length };
    const char = text[at] as string;
    if (char === '\n' && quote.length === 1) break;
    if (char !== '\\') {
      value += char;
      at++;
    } else if (raw) {
      value += text.slice(at, at + 2);
      at += 2;
    } else {
      const escaped = escapeAt(text, at);
      value += escaped.value;
      at = escaped.end;
    }
  }
  throw new PythonSyntaxError('A text is never closed', start);
}

const simpleEscapes: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const octal = /\\([0-7]{1,3})/y;
const hexadecimal = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y;

/** An escape that there is not stands for itself, with its backslash. */
function escapeAt(text: string, at: number): { value: string; end: number } {
  const char = text[at + 1] ?? '';
  if (Object.hasOwn(simpleEscapes, char)) return { value: simpleEscapes[char] as string, end: at + 2 };
  const byNumber = matchAt(octal, text, at) ?? matchAt(hexadecimal, text, at);
  if (byNumber) {
    const [written, first, second, third] = byNumber;
    const code = Number.parseInt(first ?? second ?? third ?? '', /^\\[0-7]/.test(written) ? 8 : 16);
    if (code > 0x10ffff) throw new PythonSyntaxError('There is no such character', at);
    return { value: String.fromCodePoint(code), end: at + written.length };
  }
  if ('xuUN'.includes(char) && char !== '') throw new PythonSyntaxError('An escape is incomplete', at);
  return { value: `\\${char}`, end: at + 2 };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function endOf(pattern: RegExp, text: string, at: number): number {
  const found = matchAt(pattern, text, at);
  return at + (found?.[0].length ?? 0);
}
