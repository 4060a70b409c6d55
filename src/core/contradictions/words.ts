/** Words of contradictions, and what the words of tools say. */
import { errorClass } from '../explore/coverage.ts';
import type { Json } from '../json.ts';
import { shown } from '../memory/fixes.ts';
import { unseen } from '../unseen.ts';
import type { CallFact } from './callFacts.ts';

/** Of a tool's words so much is quoted, UTF-16 units. */
const quotedWords = 160;

/** ` (“date is missing”)`: what the tool said most often; empty where it said nothing. */
export function quoted(refused: readonly CallFact[]): string {
  const words = commonWords(refused);
  return words === '' ? '' : ` (“${words}”)`;
}

/** The words that were said most often, as they were said first. */
export function commonWords(refused: readonly CallFact[]): string {
  const groups = Map.groupBy(refused, (fact) => errorClass(fact.words, fact.arguments));
  const [largest = []] = [...groups.values()].sort((a, b) => b.length - a.length);
  const words = largest[0]?.words.replace(unseen, '').replace(/[.\s]+$/, '') ?? '';
  return words.length > quotedWords ? `${words.slice(0, quotedWords)}…` : words;
}

/** A few values: `"a", "b" and 3 others`. */
export function fewValues(values: readonly Json[], most = 3): string {
  const texts = [...new Set(values.map(shown))];
  const named = texts.slice(0, most);
  const rest = texts.length - named.length;
  if (rest > 0) return `${named.join(', ')} and ${rest === 1 ? 'another' : `${rest} others`}`;
  return named.length < 2 ? named.join('') : `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
}

/** The JSON Schema type of a value. */
export function typeOf(value: Json | undefined): string {
  if (value === undefined || value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

/** The values that words list: `must be one of a, b or "c"`. Null where they list none. */
export function listedIn(words: string): string[] | null {
  const list =
    /\b(?:one of|either|allowed(?: values?)?(?: are| is)?|valid(?: values?)?(?: are| is)?|choose(?: from)?|use|supported:?|known:?)\s*:?\s*[([{]?(.{3,400})/iu.exec(
      words,
    )?.[1];
  if (list === undefined) return null;
  const items = list
    .replace(/[)\]}.;!].*$/su, '')
    .replace(/,?\s+(?:but|not)\s.*$/su, '')
    .split(/\s*(?:,\s*(?:or|and)\s|,|\bor\b|\band\b|\|)\s*/u)
    .map((item) => item.trim().replace(/^["'`“‘]|["'`”’]$/gu, ''));
  const usable = items.filter((item) => item !== '');
  const fits = usable.length >= 2 && usable.length <= 40 && usable.every((item) => /^\S{1,40}$/u.test(item));
  return fits ? usable : null;
}

/** Whether words state a rule, and not only that something was wrong. */
export function statesRule(words: string): boolean {
  return /\b(?:must|needs?|only|at most|at least|between|cannot|can't|may not|expected|wants?|has to|have to|should|requires?|no more than|no less than)\b/iu.test(
    words,
  );
}
