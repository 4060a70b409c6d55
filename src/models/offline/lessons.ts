import { errorClass, firstLine } from '../../core/explore/coverage.ts';
import type { Json } from '../../core/json.ts';
import type { Lesson, Step } from '../../core/trial.ts';
import { argumentAt, sameJson } from './arguments.ts';
import { findingsOf, type Knowledge } from './knowledge.ts';
import type { Finding } from './learn/finding.ts';
import { isSuccess } from './outcome.ts';
import { shortened } from './words.ts';

/**
 * One sentence about the tool that the steps of a trial prove; null when they show nothing that `known` does not say. A
 * rule that a text states says more than one value that worked, that more than a refusal. Rules are worded alike in
 * every trial, so that trials that say the same become witnesses of one lesson.
 */
export function lessonFrom(
  steps: readonly Step[],
  knowledge: Knowledge,
  known: readonly Lesson[],
): string | null {
  const success = steps.findLastIndex(isSuccess);
  const failures = steps.filter(
    (step, index) => step.call !== null && !isSuccess(step) && (success < 0 || index < success),
  );
  const read = failures.map((step) => ({ step, findings: findingsOf(step, knowledge.slots) })).reverse();
  for (const { findings } of read) {
    const rule = findings.map(ruleSentence).find((sentence) => sentence !== null);
    if (rule) return rule;
  }
  const worked = steps[success];
  for (const { step, findings } of read) {
    if (isKnownRefusal(step, known)) continue;
    const sentence = (worked && fixSentence(step, worked, findings)) ?? refusalSentence(step, findings);
    if (sentence) return sentence;
  }
  return null;
}

/** Whether a lesson from evidence tells of this refusal already, with other values in it. */
function isKnownRefusal(step: Step, known: readonly Lesson[]): boolean {
  const refusal = errorClass(saidBy(step), step.call?.arguments ?? {});
  return known.some(({ evidence }) => {
    const values = (evidence?.refused ?? []).map((value, index) => [String(index), value]);
    return evidence !== undefined && errorClass(evidence.message, Object.fromEntries(values)) === refusal;
  });
}

/** What an error text states as a rule. */
function ruleSentence(finding: Finding): string | null {
  const name = nameOf(finding.pointer);
  if (finding.kind === 'allowed') return `${name} is one of: ${finding.values.slice(0, 12).join(', ')}.`;
  if (finding.kind === 'picture') return `${name} must be written as ${pictureName(finding.picture)}.`;
  if (finding.kind === 'format')
    return `${name} must be ${finding.format}${finding.length ? ` of length ${finding.length}` : ''}.`;
  if (finding.kind === 'pattern') return `${name} must match ${finding.pattern}.`;
  if (finding.kind === 'type') return `${name} must be of type ${finding.type}.`;
  if (finding.kind === 'missing') return `${name} is required.`;
  if (finding.kind === 'unexpected') return `${name} is not accepted.`;
  if (finding.kind === 'swap') return `${name} and ${nameOf(finding.other)} must stand in the right order.`;
  if (finding.kind === 'alone') return `${nameOf(finding.other)} and ${name} cannot be given together.`;
  if (finding.kind === 'range' || finding.kind === 'length') return limitSentence(name, finding);
  return null;
}

function limitSentence(name: string, finding: Extract<Finding, { kind: 'range' | 'length' }>): string {
  const what = finding.kind === 'length' ? `The length of ${name}` : name;
  const open = finding.kind === 'range' && finding.exclusive;
  const least =
    finding.min === undefined ? [] : [open ? `more than ${finding.min}` : `at least ${finding.min}`];
  const most =
    finding.max === undefined ? [] : [open ? `less than ${finding.max}` : `at most ${finding.max}`];
  return `${what} must be ${[...least, ...most].join(' and ')}.`;
}

/** The one argument that made the difference: what was refused, and what then worked. */
function fixSentence(failed: Step, worked: Step, findings: readonly Finding[]): string | null {
  const [before, after] = [failed.call?.arguments ?? {}, worked.call?.arguments ?? {}];
  const pointers =
    findings.length > 0
      ? findings.map(({ pointer }) => pointer)
      : [...Object.keys({ ...before, ...after })].map((key) => `/${key}`);
  const changed = [...new Set(pointers)].filter(
    (pointer) => !sameJson(argumentAt(before, pointer), argumentAt(after, pointer)),
  );
  if (changed.length !== 1 || changed[0] === undefined) return null;
  const [old, now] = [argumentAt(before, changed[0]), argumentAt(after, changed[0])];
  const name = nameOf(changed[0]);
  if (old === undefined) return `${name}: refused without it (${reason(failed)}); ${shown(now)} works.`;
  if (now === undefined)
    return `${name}: ${shown(old)} was refused (${reason(failed)}); the call works without it.`;
  return `${name}: ${shown(old)} was refused (${reason(failed)}); ${shown(now)} works.`;
}

function refusalSentence(failed: Step, findings: readonly Finding[]): string | null {
  const refused = findings.find((finding) => finding.kind === 'refused');
  if (refused?.kind !== 'refused') return null;
  return `${nameOf(refused.pointer)}: ${shown(refused.value)} was refused (${reason(failed)}).`;
}

/** The whole first line, so that the sentence is known again for what the evidence says. */
function reason(step: Step): string {
  return shortened(firstLine(saidBy(step)), 300).replace(/[.\s]+$/, '');
}

function saidBy({ observation, failure }: Step): string {
  const own = failure?.message ?? '';
  return observation.status === 'not_run' ? own : observation.content || own;
}

function nameOf(pointer: string): string {
  return `\`${pointer.slice(1).replaceAll('/', '.')}\``;
}

function shown(value: Json | undefined): string {
  return shortened(JSON.stringify(value ?? null), 60);
}

function pictureName(picture: string): string {
  return picture === 'X' ? 'seconds since 1970' : picture === 'x' ? 'milliseconds since 1970' : picture;
}
