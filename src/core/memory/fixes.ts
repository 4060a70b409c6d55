import { firstLine } from '../explore/coverage.ts';
import { canonicalJson, type Json, type JsonObject } from '../json.ts';
import { keysOf, pointerOf } from '../jsonPointer.ts';
import type { Call, Failure, Fix, Step, Trial } from '../trial.ts';

/** A step whose call the tool took, without a failure of any kind. */
export function workedCleanly(step: Step): step is Step & { call: Call } {
  return step.call !== null && step.observation.status === 'ok' && step.failure === null;
}

/**
 * Fixes of a trial: each failed call of the tool, paired with the next one that worked. Simulated observations prove
 * nothing and make no fix.
 */
export function fixesOf(trial: Trial): Fix[] {
  const fixes: Fix[] = [];
  let failed: (Step & { call: Call; failure: Failure })[] = [];
  for (const step of trial.steps) {
    if (step.call === null || step.call.tool !== trial.tool || step.observation.simulated) continue;
    if (workedCleanly(step)) {
      for (const before of failed) fixes.push(fixOf(trial, before, step.call));
      failed = [];
    } else if (step.failure !== null && aboutTheCall.has(step.failure.type)) {
      failed.push(step as Step & { call: Call; failure: Failure });
    }
  }
  return fixes.filter((fix) => fix.changed.length > 0);
}

/** Failures that say something about the arguments. A timeout or a cancelled call does not. */
export const aboutTheCall: ReadonlySet<Failure['type']> = new Set([
  'missing_argument',
  'unexpected_argument',
  'wrong_type',
  'invalid_value',
  'rejected',
  'tool_fault',
]);

function fixOf(trial: Trial, failed: Step & { call: Call; failure: Failure }, worked: Call): Fix {
  const changed = changedArguments(failed.call.arguments, worked.arguments);
  return {
    tool: trial.tool,
    trialId: trial.id,
    failed: failed.call,
    failure: failed.failure,
    worked,
    changed,
    sentence: sentence(failed.call.arguments, worked.arguments, changed, failed.failure),
  };
}

/** JSON Pointers of the arguments (top level) that differ between two calls, in the order of their names. */
export function changedArguments(before: JsonObject, after: JsonObject): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.filter((name) => text(before[name]) !== text(after[name])).map((name) => pointerOf(name));
}

function text(value: Json | undefined): string {
  return value === undefined ? '' : canonicalJson(value);
}

function sentence(before: JsonObject, after: JsonObject, changed: string[], failure: Failure): string {
  const parts = changed.map((pointer) => {
    const [name = ''] = keysOf(pointer);
    if (before[name] === undefined) return `give \`${name}\`, for instance ${shown(after[name])}`;
    if (after[name] === undefined) return `leave out \`${name}\``;
    return `\`${name}\`: not ${shown(before[name])} but ${shown(after[name])}`;
  });
  const why = firstLine(failure.message).slice(0, 160);
  return `${capital(parts.join('; '))}${why === '' ? '.' : ` (${why.replace(/[.\s]+$/, '')}).`}`;
}

/** A value as sentences show it: short. */
export function shown(value: Json | undefined): string {
  const whole = JSON.stringify(value) ?? 'nothing';
  return whole.length > 60 ? `${whole.slice(0, 57)}…` : whole;
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
