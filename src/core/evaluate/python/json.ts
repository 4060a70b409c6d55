import type { PythonDict, PythonValue } from './values.ts';

/** Deeper than any real data, and about where Python itself gives up. */
const maxDepth = 900;
/** Python refuses to read ints that are longer. */
const maxDigits = 4300;

/** Text that is no JSON to Python. `index`: where in the text, in UTF-16 units. */
export class PythonJsonError extends Error {
  readonly index: number;

  constructor(what: string, index: number) {
    super(what);
    this.name = 'PythonJsonError';
    this.index = index;
  }
}

const spaces = /[ \t\n\r]*/y;
const controls = '\\u0000-\\u001f';
/** What stands in a text as it is: neither quote nor escape nor control character. */
const plainPart = new RegExp(`[^"\\\\${controls}]*`, 'y');
const numeral = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
const hexDigits = /[0-9a-fA-F]{4}/y;
const words: readonly [string, PythonValue][] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
];
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Where each object and array begins: index in the text, in UTF-16 units. */
export type Places = Map<PythonDict | PythonValue[], number>;

/**
 * Reads a text as Python's `json.loads` does: `NaN` and `Infinity` are numbers, of a key that stands twice the last value
 * counts (in the first one's place), ints keep all their digits. Throws `PythonJsonError`.
 *
 * @param places Is told where everything stands.
 */
export function parsePythonJson(text: string, places?: Places): PythonValue {
  const reader = new Reader(text, places ?? null);
  reader.skipSpaces();
  const value = reader.value(0);
  reader.skipSpaces();
  if (reader.at < text.length) throw new PythonJsonError('Something follows the value', reader.at);
  return value;
}

class Reader {
  at = 0;
  readonly #text: string;
  readonly #places: Places | null;

  constructor(text: string, places: Places | null) {
    this.#text = text;
    this.#places = places;
  }

  skipSpaces(): void {
    this.#match(spaces);
  }

  value(depth: number): PythonValue {
    if (depth > maxDepth) throw new PythonJsonError('Nested too deeply', this.at);
    const char = this.#text[this.at];
    if (char === '"') return this.#string();
    if (char === '{') return this.#object(depth);
    if (char === '[') return this.#array(depth);
    const number = this.#match(numeral);
    if (number) return numberOf(number, this.at);
    for (const [word, value] of words) {
      if (this.#text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    throw new PythonJsonError('A value is missing', this.at);
  }

  #object(depth: number): PythonDict {
    const object: PythonDict = new Map();
    this.#places?.set(object, this.at);
    this.at++;
    this.skipSpaces();
    if (this.#take('}')) return object;
    for (;;) {
      if (this.#text[this.at] !== '"') {
        throw new PythonJsonError('A key in double quotes is missing', this.at);
      }
      const key = this.#string();
      this.skipSpaces();
      if (!this.#take(':')) throw new PythonJsonError('A colon is missing', this.at);
      this.skipSpaces();
      object.set(key, this.value(depth + 1));
      this.skipSpaces();
      if (this.#take('}')) return object;
      if (!this.#take(',')) throw new PythonJsonError('A comma is missing', this.at);
      this.skipSpaces();
    }
  }

  #array(depth: number): PythonValue[] {
    const array: PythonValue[] = [];
    this.#places?.set(array, this.at);
    this.at++;
    this.skipSpaces();
    if (this.#take(']')) return array;
    for (;;) {
      array.push(this.value(depth + 1));
      this.skipSpaces();
      if (this.#take(']')) return array;
      if (!this.#take(',')) throw new PythonJsonError('A comma is missing', this.at);
      this.skipSpaces();
    }
  }

  #string(): string {
    const start = this.at++;
    let text = '';
    for (;;) {
      text += this.#match(plainPart)?.[0] ?? '';
      const char = this.#text[this.at];
      if (char === undefined) throw new PythonJsonError('A text is never closed', start);
      if (char === '"') {
        this.at++;
        return text;
      }
      if (char !== '\\') throw new PythonJsonError('A control character stands in a text', this.at);
      text += this.#escape();
    }
  }

  #escape(): string {
    const start = this.at;
    const char = this.#text[start + 1];
    this.at = start + 2;
    if (char === 'u') {
      const digits = this.#match(hexDigits);
      if (!digits) throw new PythonJsonError('A \\u escape needs four hexadecimal digits', start);
      return String.fromCharCode(Number.parseInt(digits[0], 16));
    }
    const meant = char === undefined || !Object.hasOwn(escapes, char) ? undefined : escapes[char];
    if (meant === undefined) throw new PythonJsonError('There is no such escape', start);
    return meant;
  }

  #take(char: string): boolean {
    if (this.#text[this.at] !== char) return false;
    this.at++;
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }
}

function numberOf([text, fraction, exponent]: RegExpExecArray, end: number): bigint | number {
  if (fraction !== undefined || exponent !== undefined) return Number(text);
  if (text.length > maxDigits) throw new PythonJsonError('A number has too many digits', end);
  return BigInt(text);
}
