/** The keywords of a schema that hold no schemas, as JSON Schema 2020-12 has them; what makes no sense there is left out. */
import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { memberOf } from './references.ts';

const counts = [
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'minContains',
  'maxContains',
];
const texts = ['title', 'description', 'format', 'contentMediaType', 'contentEncoding'];
const flags = ['uniqueItems', 'deprecated', 'writeOnly'];
const typeNames = new Set(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']);
/** Names that people write for types of JSON. */
const otherNames: Record<string, Json> = {
  int: 'integer',
  long: 'integer',
  float: 'number',
  double: 'number',
  bool: 'boolean',
  text: 'string',
  file: 'string',
};
const mostExamples = 5;

/** `nullable` is among the result, for whoever knows the whole schema. */
export function plainKeywords(value: JsonObject): JsonObject {
  const schema: JsonObject = {};
  const take = (key: string, found: Json | undefined): void => {
    if (found !== undefined) schema[key] = found;
  };
  take('type', typeOf(memberOf(value, 'type')));
  for (const key of texts) take(key, textOf(memberOf(value, key)));
  if (memberOf(value, 'type') === 'file') schema.format = 'binary';
  for (const key of flags) take(key, memberOf(value, key) === true ? true : undefined);
  for (const key of counts) take(key, countOf(memberOf(value, key)));
  take('enum', listed(memberOf(value, 'enum')));
  take('const', memberOf(value, 'const'));
  take('default', memberOf(value, 'default'));
  take('examples', examplesOf(value));
  take('pattern', patternOf(memberOf(value, 'pattern')));
  take('dependentRequired', dependentOf(memberOf(value, 'dependentRequired')));
  const step = numberOf(memberOf(value, 'multipleOf'));
  take('multipleOf', step !== undefined && step > 0 ? step : undefined);
  takeBounds(value, take);
  if (memberOf(value, 'nullable') === true) schema.nullable = true;
  return schema;
}

/** In 3.0 an exclusive bound is a flag beside the bound. */
function takeBounds(value: JsonObject, take: (key: string, found: Json | undefined) => void): void {
  for (const [bound, open] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    const limit = numberOf(memberOf(value, bound));
    const flag = memberOf(value, open);
    if (flag === true) take(open, limit);
    else {
      take(bound, limit);
      take(open, numberOf(flag));
    }
  }
}

function typeOf(type: Json | undefined): Json | undefined {
  if (Array.isArray(type)) {
    const names = [...new Set(type.flatMap((one) => typeOf(one) ?? []))];
    return names.length > 0 ? names : undefined;
  }
  if (typeof type !== 'string') return undefined;
  const lower = type.toLowerCase();
  return typeNames.has(lower) ? lower : memberOf(otherNames, lower);
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function numberOf(value: Json | undefined): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function countOf(value: Json | undefined): number | undefined {
  const number = numberOf(value);
  return number !== undefined && Number.isInteger(number) && number >= 0 ? number : undefined;
}

/** Each value once: the validator refuses lists that repeat one. */
function listed(value: Json | undefined): Json[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return [...new Map(value.map((one) => [canonicalJson(one), one])).values()];
}

/** `example`, and `examples` of both forms: a list, and named ones with their values. */
export function examplesOf(value: JsonObject): Json[] | undefined {
  const { example, examples } = value;
  const found: Json[] = Array.isArray(examples)
    ? examples
    : isJsonObject(examples)
      ? Object.values(examples).flatMap((one) => memberOf(one, 'value') ?? [])
      : [];
  const all = example === undefined ? found : [example, ...found];
  return all.length > 0 ? listed(all.slice(0, mostExamples)) : undefined;
}

/**
 * A pattern that the validator can use: it knows Unicode's rules, by which a needless backslash is an error. What is no
 * expression at all restricts nothing.
 */
function patternOf(pattern: Json | undefined): string | undefined {
  if (typeof pattern !== 'string') return undefined;
  const plain = pattern.replace(/\\(.)/gsu, (pair, char: string) =>
    /[A-Za-z0-9^$\\.*+?()[\]{}|/-]/u.test(char) ? pair : char,
  );
  // Outside of brackets a hyphen needs no backslash, and may have none.
  const candidates = [pattern, plain, plain.replaceAll('\\-', '-')];
  return candidates.find((one) => {
    try {
      return new RegExp(one, 'u') !== null;
    } catch {
      return false;
    }
  });
}

function dependentOf(value: Json | undefined): JsonObject | undefined {
  if (!isJsonObject(value)) return undefined;
  const entries = Object.entries(value).filter(
    ([, names]) => Array.isArray(names) && names.every((name) => typeof name === 'string'),
  );
  return Object.fromEntries(entries.map(([name, names]) => [name, [...new Set(names as string[])]]));
}
