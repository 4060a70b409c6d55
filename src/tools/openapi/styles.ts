/**
 * Values of parameters as OpenAPI 3.1.1 has them written: its table of styles, which follows RFC 6570.
 *
 * Not by @readme/oas-to-har: it reads texts that look like JSON as JSON, takes what looks encoded as encoded, and writes the
 * keys of objects as they are, so that what is sent is not what the model said, and an argument can add a parameter.
 */
import { isJsonObject, type Json } from '../../core/json.ts';
import type { OperationParameter } from './operation.ts';

type Encode = (text: string) => string;

/** How a parameter is written; `content` is told apart before. */
type Written = Pick<OperationParameter, 'name' | 'style' | 'explode'> & { allowReserved?: boolean };

/** For a segment of the path; null when there is nothing to write, which no path can have. */
export function pathText({ name, style, explode }: Written, value: Json): string | null {
  const items = itemsOf(value, encoded, explode ? '=' : ',');
  if (items === null || items.length === 0) return null;
  if (style === 'label') return `.${items.join(explode ? '.' : ',')}`;
  if (style !== 'matrix') return items.join(',') || null;
  const key = encoded(name);
  if (explode && isJsonObject(value)) return items.map((item) => `;${item}`).join('');
  const named = (item: string): string => (item === '' ? `;${key}` : `;${key}=${item}`);
  return explode ? items.map(named).join('') : named(items.join(','));
}

/** For the query, a form or a cookie: `name=value`, as many as it takes. */
export function pairsOf(parameter: Written, value: Json, encode: Encode = encoded): [string, string][] {
  const { name, style, explode, allowReserved } = parameter;
  const written = allowReserved ? encodedButReserved : encode;
  const key = encode(name);
  if (style === 'deepObject') return deepPairs(key, value, written, encode);
  const items = itemsOf(value, written, delimiters[style] ?? ',');
  if (items === null || items.length === 0) return [];
  if (!isStructured(value)) return [[key, items[0] as string]];
  if (!explode) return [[key, items.join(delimiters[style] ?? ',')]];
  if (!isJsonObject(value)) return items.map((item) => [key, item]);
  return Object.entries(value).flatMap(([inner, one]): [string, string][] =>
    one === null ? [] : [[encode(inner), written(plainText(one))]],
  );
}

/** For a header; null when there is nothing to write. */
export function headerText({ explode }: Written, value: Json): string | null {
  const items = itemsOf(value, (text) => text, explode ? '=' : ',');
  return items === null || items.length === 0 ? null : items.join(',');
}

/** Between the items of one value, encoded: they would not be told apart from the items otherwise. */
const delimiters: Partial<Record<OperationParameter['style'], string>> = {
  spaceDelimited: '%20',
  pipeDelimited: '%7C',
  tabDelimited: '%09',
};

/** The parts of a value; of an object its keys and values, joined. Null for nothing. */
function itemsOf(value: Json, encode: Encode, joint: string): string[] | null {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((item) => encode(plainText(item)));
  if (!isJsonObject(value)) return [encode(plainText(value))];
  return Object.entries(value).flatMap(([key, item]) =>
    item === null ? [] : [`${encode(key)}${joint}${encode(plainText(item))}`],
  );
}

/** Nested values go on with brackets, as most servers read them: the standard says nothing about them. */
function deepPairs(key: string, value: Json, written: Encode, encode: Encode): [string, string][] {
  if (value === null) return [];
  const entries = Array.isArray(value)
    ? [...value.entries()]
    : isJsonObject(value)
      ? Object.entries(value)
      : null;
  if (entries === null) return [[key, written(plainText(value))]];
  return entries.flatMap(([inner, item]) =>
    deepPairs(`${key}${encode('[')}${encode(String(inner))}${encode(']')}`, item, written, encode),
  );
}

function isStructured(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}

/** A value as a text: what has structure as JSON. */
export function plainText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Everything encoded that has a meaning in addresses. */
export function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** What `allowReserved` lets stand, save what would end the value or begin another one. */
function encodedButReserved(text: string): string {
  return encoded(text).replace(/%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/g, (code) =>
    decodeURIComponent(code),
  );
}
