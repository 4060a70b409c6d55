import { repr, shown, typeName } from '../python/text.ts';
import {
  equal,
  isAmong,
  isDict,
  type PythonDict,
  type PythonType,
  type PythonValue,
  typeOf,
} from '../python/values.ts';
import type { ExpectedType } from './types.ts';

/** What is wrong with a value; null for nothing. */
export type ValueProblem = { type: 'wrong_type' | 'invalid_value'; message: string } | null;

/**
 * Checks a value against those that count as right, by the leaderboard's rules: texts without regard to case, spaces and the
 * punctuation `,./-_*^`; a whole number where a fractional one is expected; an object key by key; the elements of a list in
 * their order. Where the right value is of another type than the schema's (the name of a variable, say), its type counts.
 */
export function checkValue(
  given: PythonValue,
  accepted: readonly PythonValue[],
  expected: ExpectedType,
): ValueProblem {
  const value = expected.widens && typeof given === 'bigint' ? Number(given) : given;
  if (expected.type === null)
    return accepted.some((one) => alike(value, one)) ? null : wrongValue(given, accepted);
  const type = checkType(value, accepted, expected.type, expected.elements);
  if (type === 'wrong') {
    const of = expected.elements === null ? '' : ` of ${expected.elements}`;
    return {
      type: 'wrong_type',
      message: `${shown(given)} is no ${expected.name}${of}; ${anyOf(accepted)} is right.`,
    };
  }
  return matches(value, accepted, expected, type === 'variable') ? null : wrongValue(given, accepted);
}

/** `variable`: of the type of the right values, which is not the schema's. */
type TypeVerdict = 'right' | 'variable' | 'wrong';

function checkType(
  value: PythonValue,
  accepted: readonly PythonValue[],
  expected: PythonType,
  elements: PythonType | null,
): TypeVerdict {
  const told = accepted.find((one) => one !== '');
  const toldType = told === undefined ? null : typeOf(told);
  if (typeOf(value) === expected) {
    const verdict = toldType !== null && toldType !== expected ? 'variable' : 'right';
    if (elements === null) return verdict;
    const fits = accepted.some(
      (one) =>
        !Array.isArray(one) ||
        (value as PythonValue[]).every((element) => checkType(element, one, elements, null) !== 'wrong'),
    );
    return fits ? verdict : 'wrong';
  }
  return typeOf(value) === toldType ? 'variable' : 'wrong';
}

function matches(
  value: PythonValue,
  accepted: readonly PythonValue[],
  { type, elements }: ExpectedType,
  isVariable: boolean,
): boolean {
  if (isVariable) return isAmong(value, accepted);
  if (type === 'dict') return accepted.some((one) => isDict(one) && dictMatches(value as PythonDict, one));
  if (type === 'list' && elements === 'dict') {
    return accepted.some((one) => dictListMatches(value as PythonValue[], one));
  }
  if (type === 'str') {
    return accepted.some((one) => typeof one === 'string' && plainText(one) === plainText(value as string));
  }
  if (type === 'list') return accepted.some((one) => listMatches(value as PythonValue[], one));
  return isAmong(value, accepted);
}

/** What the comparison of texts leaves of a text. */
export function plainText(text: string): string {
  return text
    .replace(/[ ,./\-_*^]/g, '')
    .toLowerCase()
    .replaceAll("'", '"');
}

/** Texts in the list are compared as texts are, those in lists within it to the letter. */
function listMatches(value: readonly PythonValue[], accepted: PythonValue): boolean {
  // `""`, for an argument that may be left out, is as good as an empty list.
  const right = accepted === '' ? [] : accepted;
  return Array.isArray(right) && equal(value.map(plain), right.map(plain));
}

function dictListMatches(value: readonly PythonValue[], accepted: PythonValue): boolean {
  const right = accepted === '' ? [] : accepted;
  if (!Array.isArray(right) || right.length !== value.length) return false;
  return value.every((one, i) => {
    const dict = right[i] as PythonValue;
    return isDict(one) && isDict(dict) && dictMatches(one, dict);
  });
}

/** The accepted object has a list of right values for each key, `""` among them where the key may be left out. */
function dictMatches(value: PythonDict, accepted: PythonDict): boolean {
  for (const [key, one] of value) {
    const right = accepted.get(key);
    if (!Array.isArray(right) || !isAmong(plain(one), right.map(plain))) return false;
  }
  return [...accepted].every(
    ([key, right]) => value.has(key) || (Array.isArray(right) && right.includes('')),
  );
}

function plain(value: PythonValue): PythonValue {
  return typeof value === 'string' ? plainText(value) : value;
}

/** Whether two values say the same where no type is expected: at every depth texts are compared as texts are. */
export function alike(a: PythonValue, b: PythonValue): boolean {
  if (typeof a === 'string' && typeof b === 'string') return plainText(a) === plainText(b);
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((one, i) => alike(one, b[i] as PythonValue));
  }
  if (isDict(a) && isDict(b)) {
    return (
      a.size === b.size && [...a].every(([key, one]) => b.has(key) && alike(one, b.get(key) as PythonValue))
    );
  }
  return (typeof a === 'boolean') === (typeof b === 'boolean') && equal(a, b);
}

/** Checks a value against the one that is right, where the whole right call is known. */
export function checkExactly(given: PythonValue, right: PythonValue, expected: ExpectedType): ValueProblem {
  if (alike(given, right)) return null;
  const fractional = expected.type === 'int' && typeof given === 'number';
  if (fractional || kindOf(given) !== kindOf(right)) {
    return {
      type: 'wrong_type',
      message: `${shown(given)} is ${typeName(given)}; ${shown(right)} is right.`,
    };
  }
  return wrongValue(given, [right]);
}

function kindOf(value: PythonValue): string {
  const type = typeOf(value);
  if (type === 'int' || type === 'float') return 'number';
  return type === 'tuple' ? 'list' : type;
}

function wrongValue(given: PythonValue, accepted: readonly PythonValue[]): ValueProblem {
  return { type: 'invalid_value', message: `${shown(given)} is not right; ${anyOf(accepted)} is.` };
}

/** How many right values a message names. */
const mostNamed = 4;

function anyOf(accepted: readonly PythonValue[]): string {
  const named = accepted.filter((one) => one !== '').map((one) => (one === null ? repr(one) : shown(one)));
  if (named.length === 0) return 'nothing';
  const more = named.length > mostNamed ? [`${named.length - mostNamed} more`] : [];
  return [...named.slice(0, mostNamed), ...more].join(' or ');
}
