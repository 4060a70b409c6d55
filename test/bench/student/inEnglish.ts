import { languages } from './things.ts';

/**
 * Whether a request wants another language than English, and what came back reads like English: anybody sees that, and
 * nobody says so. Some tools take a language that they do not know and answer in their own.
 */
export function isInEnglish(request: string, result: string): boolean {
  const wanted = languages.find(request)?.spellings.tag;
  if (wanted === undefined || wanted === 'ja' || wanted === 'de-CH') return false;
  // A point before the fraction, a comma before three digits.
  if (/\d\.\d{1,2}\b|\d,\d{3}\b/.test(result)) return !/\d,\d{1,2}\b/.test(result);
  return /\b(?:Switzerland|Brazil|Portuguese|Japanese Yen)\b/.test(result);
}
