/**
 * Values as Python has them. The published graders are Python programs, and their verdicts hang on what JavaScript does not
 * tell apart: 5 and 5.0, lists and tuples, `True == 1`.
 */
import { isJsonObject, type Json } from '../../json.ts';

/** `bigint` is an int, `number` a float. */
export type PythonValue =
  | null
  | boolean
  | bigint
  | number
  | string
  | PythonValue[]
  | PythonTuple
  | PythonDict;

export interface PythonTuple {
  readonly tuple: readonly PythonValue[];
}

/** A dict, in the order in which its keys were set. Numbers among the keys are kept as `dictKey` writes them. */
export type PythonDict = Map<PythonKey, PythonValue>;
export type PythonKey = null | bigint | number | string;

export type PythonType = 'NoneType' | 'bool' | 'int' | 'float' | 'str' | 'list' | 'tuple' | 'dict';

/** `type(value).__name__`. */
export function typeOf(value: PythonValue): PythonType {
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int';
    case 'number':
      return 'float';
    case 'string':
      return 'str';
  }
  if (value === null) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  return value instanceof Map ? 'dict' : 'tuple';
}

export function isDict(value: PythonValue): value is PythonDict {
  return value instanceof Map;
}

/** `a == b`: numbers by their value, whatever their type; a tuple is no list. */
export function equal(a: PythonValue, b: PythonValue): boolean {
  if (isNumeric(a) || isNumeric(b)) return isNumeric(a) && isNumeric(b) && equalNumbers(a, b);
  if (typeof a === 'string' || typeof b === 'string' || a === null || b === null) return a === b;
  if (Array.isArray(a)) return Array.isArray(b) && allEqual(a, b);
  if (a instanceof Map) {
    if (!(b instanceof Map) || a.size !== b.size) return false;
    for (const [key, value] of a) {
      const other = b.get(key);
      if (other === undefined || !equal(value, other)) return false;
    }
    return true;
  }
  return !Array.isArray(b) && !(b instanceof Map) && allEqual(a.tuple, b.tuple);
}

/** `value in list`. */
export function isAmong(value: PythonValue, list: readonly PythonValue[]): boolean {
  return list.some((one) => equal(value, one));
}

/** A value as the key of a dict: equal keys are the same key. Null where it cannot be one (or, a tuple, is not supported). */
export function dictKey(value: PythonValue): { key: PythonKey } | null {
  if (typeof value === 'boolean') return { key: value ? 1n : 0n };
  if (typeof value === 'number') return { key: Number.isInteger(value) ? BigInt(value) : value };
  if (typeof value === 'object' && value !== null) return null;
  return { key: value };
}

/** JSON that JavaScript has read: whole numbers are ints, since it does not tell how they were written. */
export function fromJson(value: Json): PythonValue {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(fromJson);
  if (!isJsonObject(value)) return value;
  return new Map(Object.entries(value).map(([key, one]) => [key, fromJson(one)]));
}

/** As JSON, as far as JSON can say it: a tuple is a list, a number that JSON does not know is null. */
export function toJson(value: PythonValue): Json {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof Map) {
    // `fromEntries` defines members, so that `__proto__` is a key like any other.
    return Object.fromEntries([...value].map(([key, one]) => [String(key), toJson(one)]));
  }
  return value.tuple.map(toJson);
}

function isNumeric(value: PythonValue): value is boolean | bigint | number {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
}

/** Between int and float this compares the numbers themselves, without rounding, as Python does. */
function equalNumbers(a: boolean | bigint | number, b: boolean | bigint | number): boolean {
  const [one, other] = [a, b].map((value) => (typeof value === 'boolean' ? BigInt(value) : value));
  return (one as bigint) <= (other as bigint) && (one as bigint) >= (other as bigint);
}

function allEqual(a: readonly PythonValue[], b: readonly PythonValue[]): boolean {
  return a.length === b.length && a.every((value, i) => equal(value, b[i] as PythonValue));
}
