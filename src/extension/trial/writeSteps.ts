/** The steps of a trial: thought, call, what the schema says of it, what came back, what is wrong, and what worked later. */

import * as l10n from '@vscode/l10n';
import type { Json } from '../../core/json.ts';
import { valueAt } from '../../core/jsonPointer.ts';
import { fixesOf } from '../../core/memory/fixes.ts';
import { toolName } from '../../core/toolName.ts';
import type { Failure, FailureType, Fix, Observation, Step, Trial } from '../../core/trial.ts';
import { failureWord } from '../state/failureWords.ts';
import { simulatedSentence } from '../state/simulatedText.ts';
import type { Page } from './page.ts';
import { shownJson, shownLine, shownName } from './plainText.ts';

/** What is known before the tool is reached: it stands between the call and the observation. */
const foundBefore: ReadonlySet<FailureType> = new Set([
  'malformed',
  'unknown_tool',
  'wrong_tool',
  'missing_argument',
  'unexpected_argument',
  'wrong_type',
  'invalid_value',
  'blocked',
]);

export function writeSteps(page: Page, trial: Trial): void {
  const fixes = fixesOf(trial);
  for (const [at, step] of trial.steps.entries()) {
    const name = step.call ? shownName(toolName(step.call.tool)) : '';
    page.section('step', l10n.t('Step {0}', String(at + 1)), name, stepMark(step));
    writeStep(page, step, trial.simulated ?? false);
    const fix = fixes.find(({ failed }) => failed === step.call);
    if (fix) writeFix(page, trial, fix);
  }
}

/** `said`: that the trial is simulated stands at its beginning. */
function writeStep(page: Page, step: Step, said: boolean): void {
  const { thought, call, observation } = step;
  const failures = failuresOf(step);
  if (thought !== '') {
    page.part('thought', '', l10n.t('Thought'));
    page.said(thought);
  }
  if (call) {
    page.part('call', '→', l10n.t('Call'));
    page.said(JSON.stringify(call.arguments));
  }
  for (const one of failures.filter(({ type }) => foundBefore.has(type)))
    writeFailure(page, one, observation);
  const played = observation.simulated ? `⚠ ${l10n.t('simulated')}` : '';
  page.part('observation', '←', l10n.t('Observation'), observationMark(step), played);
  if (observation.content === '') page.note(l10n.t('Nothing was said.'));
  else page.said(observation.content);
  writeWarnings(page, observation, said);
  for (const one of failures.filter(({ type }) => !foundBefore.has(type))) {
    if (!isObserved(one, observation)) writeFailure(page, one, observation);
  }
}

function failuresOf({ failure, failures }: Step): Failure[] {
  return failures.length > 0 || failure === null ? failures : [failure];
}

function stepMark({ failure, observation }: Step): string {
  if (failure) return `✗ ${failureWord(failure.type)}`;
  return observation.status === 'ok' ? `✓ ${l10n.t('worked')}` : observationWord(observation);
}

/** Not where a failure of the same kind follows, and says more. */
function observationMark(step: Step): string {
  const { failure, observation } = step;
  if (observation.status === 'ok') return failure ? `✓ ${l10n.t('the tool took it')}` : '';
  const said = failuresOf(step).some(
    (one) => one.type === observation.status && !isObserved(one, observation),
  );
  return said ? '' : observationWord(observation);
}

/** The observation itself says all that there is to say of it. */
function isObserved({ type, argument, message }: Failure, { status, content }: Observation): boolean {
  return type === status && !argument && (message.trim() === '' || message.trim() === content.trim());
}

function observationWord({ status }: Observation): string {
  if (status === 'ok') return `✓ ${l10n.t('worked')}`;
  if (status === 'not_run') return `○ ${l10n.t('never reached the tool')}`;
  if (status === 'may_have_run') return `⚠ ${l10n.t('may have run')}`;
  return `✗ ${failureWord(status)}`;
}

function writeWarnings(page: Page, { status, simulated, truncated }: Observation, said: boolean): void {
  if (truncated) {
    page.note(l10n.t('The tool said more than was kept, or more than the model was shown.'));
  }
  if (simulated && !said) page.note(simulatedSentence(), '⚠');
  if (status === 'may_have_run') {
    page.note(l10n.t('The process ended in the middle of this call. It is not repeated unasked.'), '⚠');
  }
}

/** The message is left out where the observation is the same. */
function writeFailure(page: Page, { type, argument, message }: Failure, observation: Observation): void {
  page.part('failure', '✗', failureWord(type), argument ? shownLine(argument) : '');
  if (message.trim() !== '' && message.trim() !== observation.content.trim()) page.said(message);
}

/** What was changed, argument by argument, so that a later call worked. */
function writeFix(page: Page, trial: Trial, { failed, worked, changed }: Fix): void {
  const step = trial.steps.findIndex(({ call }) => call === worked) + 1;
  page.part('fix', '✓', l10n.t('Fixed in step {0}', String(step)));
  const lines = changed.map((pointer) => {
    const before = valueAt(failed.arguments, pointer);
    const after = valueAt(worked.arguments, pointer);
    if (after === undefined) return l10n.t('{0}: left out', shownLine(pointer));
    if (before === undefined) return l10n.t('{0}: added {1}', shownLine(pointer), value(after));
    return `${shownLine(pointer)}: ${value(before)} → ${value(after)}`;
  });
  page.said(lines.join('\n'));
}

function value(json: Json): string {
  return shownLine(shownJson(JSON.stringify(json)), 200);
}
