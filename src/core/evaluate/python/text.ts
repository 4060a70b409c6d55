import { type PythonValue, typeOf } from './values.ts';

/** `str(value)`. */
export function str(value: PythonValue): string {
  return typeof value === 'string' ? value : repr(value);
}

/** `repr(value)`. */
export function repr(value: PythonValue): string {
  switch (typeof value) {
    case 'string':
      return reprOfText(value);
    case 'number':
      return reprOfFloat(value);
    case 'bigint':
      return value.toString();
    case 'boolean':
      return value ? 'True' : 'False';
  }
  if (value === null) return 'None';
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`;
  if (value instanceof Map) {
    return `{${[...value].map(([key, one]) => `${repr(key)}: ${repr(one)}`).join(', ')}}`;
  }
  const items = value.tuple.map(repr);
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
}

/** `text.strip(characters)`. */
export function stripOf(text: string, characters: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && characters.includes(text[from] as string)) from++;
  while (to > from && characters.includes(text[to - 1] as string)) to--;
  return text.slice(from, to);
}

/** A value as messages show it: its text, cut where it is long. */
export function shown(value: PythonValue): string {
  const text = repr(value);
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

/** A type as people call it. */
export function typeName(value: PythonValue): string {
  return names[typeOf(value)];
}

const names = {
  NoneType: 'nothing',
  bool: 'a truth value',
  int: 'a whole number',
  float: 'a fractional number',
  str: 'a text',
  list: 'a list',
  tuple: 'a tuple',
  dict: 'an object',
} as const;

/** The shortest digits that read back the same, which JavaScript finds as well; with Python's choice of notation. */
function reprOfFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const [mantissa = '', power = ''] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) {
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const sign = value < 0 ? '-' : '';
  const digits = mantissa.replace('-', '').replace('.', '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}

/** What Python's `str.isprintable` denies; a space is printable. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]/u;

function reprOfText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let result = quote;
  for (const char of text) {
    if (char === quote || char === '\\') result += `\\${char}`;
    else if (char === '\n') result += '\\n';
    else if (char === '\r') result += '\\r';
    else if (char === '\t') result += '\\t';
    else if (char !== ' ' && unprintable.test(char)) result += escaped(char.codePointAt(0) as number);
    else result += char;
  }
  return result + quote;
}

function escaped(code: number): string {
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
