/** Values as literals of a programming language. */
import type { Json, JsonObject } from '../../core/json.ts';
import type { Written } from './container.ts';
import type { Document } from './document.ts';
import type { Element } from './material.ts';

/** How a language writes values. */
export interface Literals {
  text(value: string): string;
  key(value: string): string;
  true: string;
  false: string;
  null: string;
}

/** Escapes of what a string in these quotes cannot hold, or nobody would see. */
function quoted(value: string, quote: string): string {
  const special: Record<string, string> = {
    '\n': '\\n',
    '\t': '\\t',
    '\r': '\\r',
    '\\': '\\\\',
    [quote]: `\\${quote}`,
  };
  const text = value.replace(
    /[\\'"\t]|[\p{Cc}\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\p{Cs}]/gu,
    (char) => {
      if (char === "'" || char === '"') return char === quote ? `\\${char}` : char;
      return special[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
    },
  );
  return quote + text + quote;
}

export function pythonLiterals(quote: string): Literals {
  return {
    text: (value) =>
      quoted(value, quote).replace(
        /[\u{e0000}-\u{e007f}]/gu,
        (char) => `\\U000${char.codePointAt(0)?.toString(16)}`,
      ),
    key: (value) => quoted(value, quote),
    true: 'True',
    false: 'False',
    null: 'None',
  };
}

export function scriptLiterals(quote: string): Literals {
  const text = (value: string): string =>
    quoted(value, quote).replace(
      /[\u{e0000}-\u{e007f}]/gu,
      (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`,
    );
  return {
    text,
    key: (value) => {
      // Written plainly it would set the prototype.
      if (value === '__proto__') return `[${text(value)}]`;
      return /^[A-Za-z_$][\w$]*$/.test(value) ? value : text(value);
    },
    true: 'true',
    false: 'false',
    null: 'null',
  };
}

/** Lines of a literal; the first stands where it begins. Short collections of plain values stay in one line. */
export function literalLines(value: Json, literals: Literals, unit: string): string[] {
  const flat = flatLiteral(value, literals);
  if (typeof value !== 'object' || value === null || (flat.length <= 80 && !isNested(value))) return [flat];
  const isArray = Array.isArray(value);
  const members = isArray
    ? value.map((one): [string, Json] => ['', one])
    : Object.entries(value).map(([key, one]): [string, Json] => [`${literals.key(key)}: `, one]);
  const lines = members.flatMap(([key, one]) => {
    const [first = '', ...rest] = literalLines(one, literals, unit);
    const all = [key + first, ...rest].map((line) => unit + line);
    return [...all.slice(0, -1), `${all.at(-1)},`];
  });
  return [isArray ? '[' : '{', ...lines, isArray ? ']' : '}'];
}

export function flatLiteral(value: Json, literals: Literals): string {
  if (value === null) return literals.null;
  if (typeof value === 'boolean') return value ? literals.true : literals.false;
  if (typeof value === 'number') return JSON.stringify(value);
  if (typeof value === 'string') return literals.text(value);
  if (Array.isArray(value)) return `[${value.map((one) => flatLiteral(one, literals)).join(', ')}]`;
  const members = Object.entries(value).map(
    ([key, one]) => `${literals.key(key)}: ${flatLiteral(one, literals)}`,
  );
  const space = literals.true === 'True' || members.length === 0 ? '' : ' ';
  return `{${space}${members.join(', ')}${space}}`;
}

function isNested(value: Json[] | JsonObject): boolean {
  if (Array.isArray(value)) return value.some((one) => typeof one === 'object' && one !== null);
  return Object.values(value).some((one) => typeof one === 'object' && one !== null);
}

/** New elements as literals. */
export function writtenLiterals(
  elements: readonly Element[],
  literals: Literals,
  comment: string,
  document: Document,
): Written {
  const { eol, indent: unit } = document;
  return {
    flat: () => elements.map(({ value }) => flatLiteral(value, literals)),
    lines: (indent) =>
      elements.map(({ value, note }) => {
        const lines = literalLines(value, literals, unit);
        return (note === null ? lines : [`${comment} ${note}`, ...lines]).join(eol + indent);
      }),
  };
}
