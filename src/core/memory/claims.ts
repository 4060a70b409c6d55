/**
 * What a lesson claims about an argument, as far as it can be held against calls: the values that are refused and taken, the
 * form that is wanted, whether it has to be there. Of a lesson from evidence the values say so, of one from a reflection its
 * words, and only where they are plain.
 */
import { type WantedForm, wantedForms } from '../contradictions/wantedForms.ts';
import { listedIn } from '../contradictions/words.ts';
import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../json.ts';
import { pointerOf, valueAt } from '../jsonPointer.ts';
import type { Lesson } from '../trial.ts';

export interface Claim {
  /** JSON Pointer; null: about the arguments as a whole. */
  argument: string | null;
  /** A call without the argument is refused, or one with it. */
  presence: 'needed' | 'unwanted' | null;
  /** What a text has to look like. */
  form: WantedForm | null;
  /** The only values there are; of a long list the beginning, perhaps. */
  listed: string[] | null;
  /** The expression that a text has to match; compared, never tried: it may take for ever. */
  pattern: string | null;
  least: number | null;
  most: number | null;
  refused: Json[];
  taken: Json[];
}

/** UTF-16 units. */
const longestSentence = 600;

/** Null: nothing in it can be held against a call. */
export function claimOf(lesson: Lesson, parameters: JsonObject): Claim | null {
  if (lesson.disagrees) return null;
  return lesson.evidence ? evidenceClaim(lesson, lesson.evidence) : claimOfWords(lesson.text, parameters);
}

/** A claim that a sentence makes about one parameter of the tool; null for none, or for several parameters. */
export function claimOfWords(words: string, parameters: JsonObject): Claim | null {
  // What a person wrote into a file may be of any length; a sentence is not.
  const sentence = words.slice(0, longestSentence);
  const argument = argumentNamed(sentence, parameters);
  if (argument === null) return null;
  const values = valuesNamed(sentence, argument);
  const claim: Claim = {
    argument,
    presence: presenceIn(sentence),
    form: formNamed(sentence),
    ...rulesIn(sentence),
    ...values,
  };
  const isEmpty =
    claim.presence === null &&
    claim.form === null &&
    claim.listed === null &&
    claim.pattern === null &&
    claim.least === null &&
    claim.most === null &&
    claim.refused.length + claim.taken.length === 0;
  return isEmpty ? null : claim;
}

/** Longer lists are cut, by whoever words a lesson. */
const wholeList = 10;

/** Whether a call that the tool took shows that the claim does not hold. */
export function brokenByTaking(claim: Claim, args: JsonObject): boolean {
  const { argument, presence, form, listed, least, most, refused } = claim;
  if (argument === null) return has(refused, args);
  const value = valueAt(args, argument);
  if (value === undefined) return presence === 'needed' && parentIsThere(args, argument);
  if (presence === 'unwanted' || has(refused, value)) return true;
  if (typeof value === 'number') return (least !== null && value < least) || (most !== null && value > most);
  if (typeof value !== 'string') return false;
  const isWhole = listed !== null && listed.length <= wholeList;
  return (form !== null && !form.test(value)) || (isWhole && !listed.includes(value));
}

/** Whether a call that the tool refused because of this argument shows that the claim does not hold. */
export function brokenByRefusing(claim: Claim, args: JsonObject): boolean {
  const value = claim.argument === null ? args : valueAt(args, claim.argument);
  return value !== undefined && has(claim.taken, value);
}

/** Whether two claims are the same one, in whatever words. */
export function sameClaim(a: Claim, b: Claim): boolean {
  if (a.argument === null || a.argument !== b.argument) return false;
  if (contradictory(a, b)) return false;
  if (a.form !== null && b.form !== null) return true;
  if (a.presence !== null && a.presence === b.presence) return true;
  if (a.listed !== null && b.listed !== null) return true;
  if (a.pattern !== null && a.pattern === b.pattern) return true;
  if (a.least !== null || a.most !== null) return a.least === b.least && a.most === b.most;
  return a.refused.some((value) => has(b.refused, value)) || a.taken.some((value) => has(b.taken, value));
}

/** Whether they cannot both be true. */
export function contradictory(a: Claim, b: Claim): boolean {
  if (a.argument !== b.argument) return false;
  return (
    (a.form !== null && b.form !== null && a.form.value !== b.form.value) ||
    (a.presence !== null && b.presence !== null && a.presence !== b.presence) ||
    (a.listed !== null && b.listed !== null && !sameList(a.listed, b.listed)) ||
    (a.pattern !== null && b.pattern !== null && a.pattern !== b.pattern) ||
    differ(a.least, b.least) ||
    differ(a.most, b.most) ||
    a.refused.some((value) => has(b.taken, value)) ||
    a.taken.some((value) => has(b.refused, value))
  );
}

/** Whether the one is the beginning of the other, or all of it in another order. */
function sameList(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const isCut = short.length > wholeList || short.length === long.length;
  return isCut && short.every((value) => long.includes(value));
}

function differ(a: number | null, b: number | null): boolean {
  return a !== null && b !== null && a !== b;
}

function evidenceClaim(lesson: Lesson, evidence: NonNullable<Lesson['evidence']>): Claim {
  const { refused, taken, message } = evidence;
  const named = formNamed(message);
  const form = named ?? formOf(refused, taken);
  const fits = form !== null && taken.every((value) => passes(form, value));
  return {
    argument: lesson.argument ?? null,
    presence: lesson.argument !== undefined && refused.length === 0 ? 'needed' : null,
    form: fits && !refused.some((value) => passes(form, value)) ? form : null,
    ...(refused.length === 0 ? noRules : rulesIn(message)),
    refused,
    taken,
  };
}

/** The form that all values have which were taken, and none of those that were refused; two values at least show one. */
function formOf(refused: readonly Json[], taken: readonly Json[]): WantedForm | null {
  if (refused.length === 0 || taken.length < 2) return null;
  const found = wantedForms.find((form) => taken.every((value) => passes(form, value)));
  return found && !refused.some((value) => passes(found, value)) ? found : null;
}

function passes(form: WantedForm, value: Json): boolean {
  return typeof value === 'string' && form.test(value);
}

/** How people write forms that tools want. The longer picture first: it contains the shorter one. */
const pictures: readonly [RegExp, string][] = [
  [/\bYYYY-MM-DDThh:mm(?!:ss)\b/i, 'a moment as YYYY-MM-DDThh:mm'],
  [/\bYYYY-MM-DD[T ]hh:mm:ss/i, 'a moment as YYYY-MM-DDThh:mm:ssZ'],
  [/\bYYYY-MM-DD\b/i, 'a date as YYYY-MM-DD'],
  [/\bYYYYMMDD\b/i, 'a date as YYYYMMDD'],
  [/\bYYYY-MM\b(?!-)/i, 'a month as YYYY-MM'],
  [/(?:^|[^\w:])hh:mm(?![\w:])/i, 'a time as hh:mm'],
  [/\bUUID\b/, 'a UUID'],
];

/** The form that words name; null where they name several, or one as wrong: nobody can tell which is wanted. */
function formNamed(words: string): WantedForm | null {
  const [picture, say] = pictures.find(([one]) => one.test(words)) ?? [];
  if (picture === undefined || distinctForms(words) > 1) return null;
  const at = picture.exec(words)?.index ?? 0;
  if (/\b(?:not|never|no|cannot)\b/i.test(words.slice(Math.max(0, at - 24), at))) return null;
  return wantedForms.find((form) => form.say === say) ?? null;
}

/** Pictures of dates and times in a text, each once. */
function distinctForms(words: string): number {
  const all =
    words.match(/\b(?:YYYY|YY|MM|DD|hh|mm)(?:[-/.:T ]?(?:YYYY|YY|MM|DD|hh|mm|ss|Z)\b|(?:MM|DD))+/gi) ?? [];
  return new Set(all.map((one) => one.toLowerCase())).size;
}

const tokens =
  /`([^`]{1,200})`|"([^"]{1,200})"|(?<![\p{L}\p{N}])'([^']{1,200})'(?![\p{L}\p{N}])|“([^”]{1,200})”/gu;

function tokensIn(words: string): { text: string; index: number; isText: boolean }[] {
  return [...words.matchAll(tokens)].map((match) => ({
    text: match[1] ?? match[2] ?? match[3] ?? match[4] ?? '',
    index: match.index,
    isText: match[1] === undefined,
  }));
}

/** The only parameter that stands in the sentence as one. */
export function argumentNamed(sentence: string, parameters: JsonObject): string | null {
  const properties = isJsonObject(parameters.properties) ? parameters.properties : {};
  const named = new Set(
    tokensIn(sentence).flatMap(({ text }) => {
      const path = text.split('.');
      return Object.hasOwn(properties, path[0] ?? '') ? [pointerOf(...path)] : [];
    }),
  );
  const [only] = named;
  return named.size === 1 ? (only ?? null) : null;
}

const negative =
  /\b(?:not|never|reject(?:s|ed)?|refus(?:es|ed|al)|fail(?:s|ed)?|invalid|unknown|unsupported|cannot|without|instead of|rather than|nor)\b|n't\b|n’t\b/i;
const positive =
  /\b(?:use|accept(?:s|ed)?|works?|worked|takes?|taken|wants?|expects?|must be|has to be|needs?)\b/i;

/** Values that the sentence quotes, by what their clause says of them. */
function valuesNamed(sentence: string, argument: string): { refused: Json[]; taken: Json[] } {
  const refused: Json[] = [];
  const taken: Json[] = [];
  const name = argument.slice(1);
  for (const { text, index } of tokensIn(sentence)) {
    if (text === name || text.replaceAll('.', '/') === name || isPicture(text)) continue;
    const clause = clauseAt(sentence, index);
    if (negative.test(clause)) refused.push(literalOf(text));
    else if (positive.test(clause)) taken.push(literalOf(text));
  }
  return { refused, taken };
}

function isPicture(text: string): boolean {
  return /^[YMDhmsTZ\s:/.,-]+$/i.test(text) && /(?:yyyy|mm|dd|hh)/i.test(text);
}

function literalOf(text: string): Json {
  return /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?$/.test(text) ? Number(text) : text;
}

/** The part of the sentence around a place that is of one mind: up to a semicolon, a `but` or a comma before `not`. */
function clauseAt(sentence: string, index: number): string {
  const ends = [
    ...sentence.matchAll(
      /;|:\s|\.\s|,\s+(?=not\b|but\b|never\b|use\b)|\s(?=(?:but|not|instead of|rather than)\b)/gi,
    ),
  ];
  const start = ends.findLast((end) => end.index < index)?.index ?? -1;
  const end = ends.find((one) => one.index > index)?.index ?? sentence.length;
  return sentence.slice(start + 1, end).replace(/\([^)]*\)/g, ' ');
}

function presenceIn(sentence: string): Claim['presence'] {
  const plain = sentence.replace(/\s+/g, ' ');
  if (/\b(?:not|n't|never|only|if|when|unless|optional|either|or|and)\b/i.test(plain)) {
    return /^\S+ is not (?:accepted|allowed|supported)\.?$/i.test(plain) ? 'unwanted' : null;
  }
  const needed =
    /\bis (?:required|needed|mandatory)\b|\bmust (?:be given|be provided|be present|be set|not be empty)\b/i;
  return needed.test(plain) ? 'needed' : null;
}

type Rules = Pick<Claim, 'listed' | 'pattern' | 'least' | 'most'>;

const noRules: Rules = { listed: null, pattern: null, least: null, most: null };

/** What words state as a rule. */
function rulesIn(words: string): Rules {
  const lists = /\b(?:is|are|must be|has to be|can only be) (?:one of|either)\b/i.test(words);
  return {
    listed: lists ? listedIn(words) : null,
    pattern:
      /\bmatch(?: the)?(?: pattern)?:? ["'`/]?(\^[^\n]{1,200}?\$)(?=["'`/.]*(?:\s|$|\)))/.exec(words)?.[1] ??
      null,
    ...boundsIn(words),
  };
}

function boundsIn(sentence: string): { least: number | null; most: number | null } {
  if (/\blength\b|\bcharacters?\b|\bitems?\b|\bmore than\b|\bless than\b/i.test(sentence))
    return { least: null, most: null };
  const number = '(-?\\d{1,15}(?:\\.\\d{1,9})?)';
  const between = new RegExp(`\\bbetween ${number} and ${number}(?![\\d.]*\\d)`, 'i').exec(sentence);
  const least = new RegExp(`\\bat least ${number}`, 'i').exec(sentence)?.[1] ?? between?.[1];
  const most = new RegExp(`\\bat most ${number}`, 'i').exec(sentence)?.[1] ?? between?.[2];
  return {
    least: least === undefined ? null : Number(least),
    most: most === undefined ? null : Number(most),
  };
}

function has(values: readonly Json[], value: Json): boolean {
  const text = canonicalJson(value);
  return values.some((one) => canonicalJson(one) === text);
}

/** A nested argument cannot be missing where what it belongs to is missing. */
function parentIsThere(args: JsonObject, argument: string): boolean {
  const parent = argument.slice(0, argument.lastIndexOf('/'));
  return parent === '' || valueAt(args, parent) !== undefined;
}
