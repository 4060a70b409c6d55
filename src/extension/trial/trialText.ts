/**
 * A trial as a document for people: what was asked, thought, called and seen, how it was judged, and what it took. Two trials
 * of a tool are laid out alike, and what differs by its nature (ids, times, tokens) stands in few lines at the end, so that
 * the editor's own comparison shows what matters.
 */

import * as l10n from '@vscode/l10n';
import { toolName } from '../../core/toolName.ts';
import type { Reflection, Trial } from '../../core/trial.ts';
import { offlineModel } from '../../protocol/modelNames.ts';
import { outcomeExplanation, outcomeWord } from '../state/failureWords.ts';
import { detailRows } from './detailRows.ts';
import { headRows, rawMessages, type TrialSurroundings } from './headRows.ts';
import { outcomeMark } from './marks.ts';
import { Page, type TrialText } from './page.ts';
import { shownName } from './plainText.ts';
import { writeExample } from './writeExample.ts';
import { writeSteps } from './writeSteps.ts';

export type { TrialSurroundings } from './headRows.ts';
export type { TrialLink, TrialSection, TrialText } from './page.ts';

/** The document of a trial. Pure: the same trial and surroundings give the same text. */
export function trialText(trial: Trial, around: TrialSurroundings): TrialText {
  const page = new Page(rawMessages(trial));
  const ended = `${outcomeMark(trial.outcome)} ${outcomeWord(trial.outcome)}`;
  const simulated = trial.simulated ? `⚠ ${l10n.t('simulated')}` : '';
  page.section('trial', shownName(toolName(trial.tool)), `${trial.episode}.${trial.trial}`, ended, simulated);
  page.facts(headRows(trial, around));
  if (trial.simulated) {
    page.note(
      l10n.t('Simulated: a model played the tools. Nothing here is evidence about the real ones.'),
      '⚠',
    );
  }
  if (trial.imported) {
    page.note(
      l10n.t(
        'Imported from a log that does not say whether a call failed: that is guessed from what came back.',
      ),
    );
  }
  if (trial.model === offlineModel) {
    page.note(
      l10n.t(
        'Demonstration: the offline sampler invented this query. It is no evidence about a language model.',
      ),
      '⚠',
    );
  }
  if (around.tool && trial.specHash !== '' && around.tool.specHash !== trial.specHash) {
    page.note(l10n.t('The spec of this tool has changed since this trial.'));
  }
  writeQuery(page, trial);
  writeSteps(page, trial);
  writeAnswer(page, trial);
  if (trial.error) writeError(page, trial.error);
  if (trial.reflection) writeReflection(page, trial.reflection);
  if (around.example) writeExample(page, around.example, around.tool?.specHash ?? null);
  page.section('details', l10n.t('Details'));
  page.facts(detailRows(trial));
  return page.finish();
}

function writeQuery(page: Page, trial: Trial): void {
  page.section('query', l10n.t('Query'));
  if (trial.callFirst) page.note(l10n.t('The call came first; the query was written for it.'));
  if (trial.query !== '') page.said(trial.query);
  else if (trial.callFirst) page.note(l10n.t('No query: no call was found that is worth one.'));
  else page.note(l10n.t('No query was imagined.'));
}

function writeAnswer(page: Page, trial: Trial): void {
  if (trial.answer === null && (trial.callFirst || trial.error)) return;
  page.section('answer', l10n.t('Answer'));
  if (trial.answer === null) page.note(l10n.t('None was given: the trial reached its limit of turns.'));
  else page.said(trial.answer);
}

function writeError(page: Page, { message, advice }: NonNullable<Trial['error']>): void {
  page.section('error', l10n.t('Error'), `⚠ ${outcomeExplanation('error')}`);
  page.said(message);
  if (advice !== '') page.said(advice);
}

function writeReflection(page: Page, reflection: Reflection): void {
  const verdict = reflection.fulfilled
    ? `✓ ${l10n.t('the query was fulfilled')}`
    : `✗ ${l10n.t('the query was not fulfilled')}`;
  page.section('reflection', l10n.t('Reflection'), verdict);
  if (reflection.claimed !== reflection.fulfilled) {
    const overruled = reflection.claimed
      ? l10n.t('The model says it was fulfilled. No call succeeded, so that does not count.')
      : l10n.t('The model says it was not fulfilled. What the tool answered outranks that.');
    page.note(overruled, '⚠');
  }
  const { cause, lesson, next, text } = reflection;
  const parts = [
    [l10n.t('Cause'), cause],
    [l10n.t('Lesson'), lesson],
    [l10n.t('Try next'), next],
  ] as const;
  for (const [label, said] of parts) {
    if (!said) continue;
    page.part('reflection', '', label);
    page.said(said);
  }
  if (!cause && !lesson && !next) page.said(text);
}
