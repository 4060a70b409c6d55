/** Whether two lessons say the same: by what they claim, by the tool's words in them, or by their own. */
import type { JsonObject } from '../json.ts';
import { similarity } from '../similarity.ts';
import type { Lesson } from '../trial.ts';
import { argumentNamed, claimOf, contradictory, sameClaim } from './claims.ts';

/** Sentences at least this alike say the same, unless what they claim differs. */
const sameSentence = 0.85;
/** The same of two sentences about the same argument. */
const sameSubject = 0.75;
/** The same where the words that carry what is said are the same as well. */
const sameContent = 0.6;
/** A shorter message may stand in a sentence by chance, characters. */
const quotedAtLeast = 12;

/** Whether a sentence has the tool's words in it. */
export function quotes(sentence: string, message: string): boolean {
  return message.length >= quotedAtLeast && sentence.includes(message.replace(/[.\s]+$/, ''));
}

/**
 * Two lessons from calls are told apart by what the tool said, so they never do: at least one has to be from a reflection.
 * `parameters`: those of the tool.
 */
export function saysTheSame(a: Lesson, b: Lesson, parameters: JsonObject): boolean {
  if (a.origin === 'evidence' && b.origin === 'evidence') return false;
  if (a.evidence !== undefined || b.evidence !== undefined) {
    const [evidence, words] = a.evidence ? [a.evidence, b.text] : [b.evidence, a.text];
    if (quotes(words, evidence?.message ?? '')) return true;
    if (a.disagrees || b.disagrees) return similarity(a.text, b.text) >= sameSentence;
  }
  const [claimA, claimB] = [claimOf(a, parameters), claimOf(b, parameters)];
  if (claimA && claimB && contradictory(claimA, claimB)) return false;
  if (claimA && claimB && sameClaim(claimA, claimB)) return true;
  if (denies(a.text) !== denies(b.text)) return false;
  const alike = similarity(a.text, b.text);
  if (alike < sameContent || !addsOnly(valuesIn(a.text), valuesIn(b.text))) return false;
  // Two sentences that are alike but for one word may say the opposite: "ascending" and "descending".
  const [contentA, contentB] = [contentOf(a.text), contentOf(b.text)];
  if (!addsOnly(contentA, contentB)) return false;
  if (alike >= sameSentence) return true;
  if (alike < sameSubject && contentA.size !== contentB.size) return false;
  const argument = a.argument ?? argumentNamed(a.text, parameters);
  return argument !== null && argument === (b.argument ?? argumentNamed(b.text, parameters));
}

/** Whether a sentence turns on a `not`. */
function denies(sentence: string): boolean {
  return (sentence.match(/\b(?:not|never|no|cannot|without)\b|n't\b|n’t\b/gi)?.length ?? 0) % 2 === 1;
}

/** What two sentences must not differ in, whatever else they have in common: quoted texts, numbers, names in capitals. */
function valuesIn(sentence: string): Set<string> {
  const found = sentence.match(
    /`[^`]+`|"[^"]+"|(?<![\p{L}\p{N}])-?\d+(?:[.,:/-]\d+)*|\b[A-Z]{2,}(?:[-_/:][A-Z]{2,})*\b/gu,
  );
  return new Set((found ?? []).map((one) => one.replace(/^[`"]|[`"]$/g, '').toLowerCase()));
}

/** Whether one of the two has everything that the other has. */
function addsOnly(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.isSubsetOf(b) || b.isSubsetOf(a);
}

/** Words that may change without a change of what is said. */
const small = new Set(
  (
    'a an the this that these those it its is are was were be been being to of for in on at by with as and or so then ' +
    'must should shall has have had can could may might will would need needs needed want wants wanted expect expects ' +
    'require requires required take takes accept accepts use uses used give gives given do does only just always ' +
    'tool parameter argument value values call calls'
  ).split(' '),
);

/** The words that carry what is said, without their endings. */
function contentOf(sentence: string): Set<string> {
  const words = sentence.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const stems = words
    .filter((word) => !small.has(word))
    .map((word) => word.replace(/(?<=.{3})(?:ing|ed|es|s)$/, ''));
  return new Set(stems);
}
