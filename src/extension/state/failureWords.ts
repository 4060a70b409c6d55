/** Failure types and outcomes in the words and icons that every view shows. */
import * as l10n from '@vscode/l10n';
import type { FailureType, Outcome } from '../../core/trial.ts';

/** What went wrong, in a few words that stand after a colon or in a list. */
export function failureWord(type: FailureType): string {
  switch (type) {
    case 'malformed':
      return l10n.t('no call could be read');
    case 'unknown_tool':
      return l10n.t('unknown tool');
    case 'wrong_tool':
      return l10n.t('wrong tool');
    case 'missing_argument':
      return l10n.t('missing argument');
    case 'unexpected_argument':
      return l10n.t('unexpected argument');
    case 'wrong_type':
      return l10n.t('wrong type');
    case 'invalid_value':
      return l10n.t('invalid value');
    case 'rejected':
      return l10n.t('refused by the tool');
    case 'tool_fault':
      return l10n.t('the tool failed');
    case 'timeout':
      return l10n.t('took too long');
    case 'unreachable':
      return l10n.t('could not be reached');
    case 'blocked':
      return l10n.t('not allowed to run');
    case 'cancelled':
      return l10n.t('cancelled');
  }
}

/** How a trial ended, in a word. */
export function outcomeWord(outcome: Outcome): string {
  switch (outcome) {
    case 'fulfilled':
      return l10n.t('fulfilled');
    case 'unfulfilled':
      return l10n.t('unfulfilled');
    case 'abandoned':
      return l10n.t('abandoned');
    case 'error':
      return l10n.t('error');
  }
}

/** What an outcome means, in a sentence: nobody knows the words of the method. */
export function outcomeExplanation(outcome: Outcome): string {
  switch (outcome) {
    case 'fulfilled':
      return l10n.t('The model got what the query asks for.');
    case 'unfulfilled':
      return l10n.t('The model did not get what the query asks for.');
    case 'abandoned':
      return l10n.t('The trial reached its limit of turns before the model gave an answer.');
    case 'error':
      return l10n.t('The model failed, or Imaginarium did; it says nothing about the tool.');
  }
}

/** What a trial is. */
export function trialExplanation(): string {
  return l10n.t('In a trial the model imagines a query, calls the tool and judges the result.');
}

/** What a lesson is. */
export function lessonExplanation(): string {
  return l10n.t(
    'What was learned about this tool beyond its spec, in a sentence each, with the trials behind it.',
  );
}

/** Id of the codicon of an outcome; `error` is the model's fault or ours, and no verdict on the tool. */
export function outcomeIcon(outcome: Outcome): string {
  return { fulfilled: 'pass', unfulfilled: 'error', abandoned: 'circle-slash', error: 'warning' }[outcome];
}
