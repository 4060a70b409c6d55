import type { Json } from '../../core/json.ts';
import { datePictures, readMoment, timePictures, writeMoment } from './dates.ts';
import { conceptsOf } from './pools/index.ts';

/** Other ways to write the same value, the likeliest first: synonyms, dates in other pictures, case, plural, joints. */
export function spellings(value: Json): Json[] {
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'string' || value === '') return [];
  const moment = readMoment(value);
  const moments = moment
    ? (moment.year === 0 ? timePictures : datePictures).map((picture) => writeMoment(moment, picture))
    : [];
  const words = conceptsOf(value).flat();
  const numeric = value.trim() !== '' && Number.isFinite(Number(value)) ? [Number(value)] : [];
  const all: Json[] = [...numeric, ...moments, ...words, ...(moment ? [] : respelled(value))];
  return [...new Set(all)].filter((other) => other !== value);
}

/** Whether two values say the same thing in different spellings. Cautious: what it does not know is different. */
export function sameMeaning(a: Json, b: Json): boolean {
  if (a === b) return true;
  const left = typeof a === 'number' ? String(a) : a;
  const right = typeof b === 'number' ? String(b) : b;
  if (typeof left !== 'string' || typeof right !== 'string') return JSON.stringify(a) === JSON.stringify(b);
  const isNumber = (text: string) => /^[-+.]?\d/.test(text);
  if (isNumber(left) && isNumber(right) && Number(left) === Number(right)) return true;
  if (!isNumber(left) && bare(left) !== '' && bare(left) === bare(right)) return true;
  if (conceptsOf(left).some((concept) => concept.some((spelling) => spelling === right))) return true;
  if (isUnixTimeOf(left, right) || isUnixTimeOf(right, left)) return true;
  const [one, other] = [readMoment(left), readMoment(right)];
  if (!one || !other) return false;
  const day = one.year === other.year && one.month === other.month && one.day === other.day;
  const dateOnly = (text: string) => !text.includes(':');
  return (
    day && (dateOnly(left) || dateOnly(right) || (one.hour === other.hour && one.minute === other.minute))
  );
}

/** Whether the first is the second, a date or time with a year, in seconds or milliseconds since 1970. */
function isUnixTimeOf(stamp: string, text: string): boolean {
  const moment = /^\d{9,13}$/.test(stamp) ? readMoment(text) : null;
  return (
    moment !== null && moment.year > 0 && ['X', 'x'].some((picture) => writeMoment(moment, picture) === stamp)
  );
}

/** Only one or two plain words are respelled: a long text, a path or a query has one spelling. */
function respelled(value: string): string[] {
  if (value.length > 30 || !/^[\p{L}\p{N}]+(?:[-_ ][\p{L}\p{N}]+)?$/u.test(value)) return [];
  return [
    value.toLowerCase(),
    value.toUpperCase(),
    value.charAt(0).toUpperCase() + value.slice(1).toLowerCase(),
    ...(/^\p{L}*\p{Ll}$/u.test(value) ? [otherNumber(value)] : []),
    ...(/[-_ ]/.test(value) ? ['-', '_', '', ' ', '/'].map((joint) => value.replace(/[-_ ]/, joint)) : []),
  ].filter((other) => other !== '');
}

/** The plural of a singular, and the other way round. */
function otherNumber(word: string): string {
  if (word.endsWith('s')) return word.replace(/ies$/, 'y').replace(/s$/, '');
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}

/** A spelling without case, joints and plural. A lone sign such as `-` is kept, so that it equals nothing else. */
function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s_\-./]+/g, '')
    .replace(/(?<=[a-z]{3})s$/, '');
}
