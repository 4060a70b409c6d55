/** What stands behind an example, in the words that every view shows. */
import * as l10n from '@vscode/l10n';
import type { LiftMark } from '../../core/rows.ts';
import type { Example, ExampleKind, Judgement, Verification } from '../../core/trial.ts';
import * as counts from './counts.ts';
import { oneLine, severalLines } from './oneLine.ts';

/** In a word or two. */
export function verificationWord(verification: Verification): string {
  return {
    unverified: l10n.t('not checked'),
    executed: l10n.t('calls worked'),
    verified: l10n.t('judged right'),
    review: l10n.t('to review'),
    accepted: l10n.t('accepted'),
    rejected: l10n.t('rejected'),
  }[verification];
}

/** In a sentence that says what was looked at, and what was not. */
export function verificationSentence(verification: Verification): string {
  return {
    unverified: l10n.t('Nothing about it was checked.'),
    executed: l10n.t('Its calls fit the spec and worked. No judge has looked at it.'),
    verified: l10n.t('Its calls worked, and a judge (a language model) found it right.'),
    review: l10n.t('What its calls did and what the judge says disagree: it is not used until you decide.'),
    accepted: l10n.t('A person has accepted it. That word stays.'),
    rejected: l10n.t('A person has rejected it: it is kept, and not used.'),
  }[verification];
}

/** Of an abstention, what is right about it; empty for an example with calls. */
export function kindWord(kind: ExampleKind): string {
  return { call: '', near_miss: l10n.t('must not call'), missing_value: l10n.t('asks back') }[kind];
}

export function kindSentence(kind: ExampleKind): string {
  return {
    call: '',
    near_miss: l10n.t('It sounds like a query for this tool and is none: the model must not call it.'),
    missing_value: l10n.t(
      'It lacks a value that the tool needs: the model should ask for it, not invent it.',
    ),
  }[kind];
}

/** The badge, with what it means. */
export function liftWord(mark: LiftMark['mark']): string {
  return { '+': l10n.t('+ helps'), '0': l10n.t('0 no difference'), '−': l10n.t('− harms') }[mark];
}

/** What was measured, without the words of statistics. */
export function liftSentence({ mark, lift, low, high, queries }: LiftMark): string {
  const measured =
    queries === 1
      ? l10n.t('Measured on 1 query that was kept aside.')
      : l10n.t('Measured on {0} queries that were kept aside.', counts.number(queries));
  if (mark === '0') {
    return `${l10n.t('About as many queries go right with this example in the prompt as without it.')} ${measured}`;
  }
  const [least = 0, most = 0] = [Math.abs(low), Math.abs(high)].sort((a, b) => a - b).map(inHundred);
  const of = [inHundred(Math.abs(lift)), least, most].map(counts.number);
  const text =
    mark === '+'
      ? l10n.t('Of 100 queries, about {0} more go right with this example in the prompt ({1} to {2}).', ...of)
      : l10n.t(
          'Of 100 queries, about {0} fewer go right with this example in the prompt ({1} to {2}).',
          ...of,
        );
  return `${text} ${measured}`;
}

export const staleWord = (): string => l10n.t('spec changed since');

export const staleSentence = (): string =>
  l10n.t('The spec of its tool has changed since it was checked: Re-verify makes its calls again.');

/** What disagrees, in a few words. */
export function disagreement({ checks }: Pick<Example, 'checks'>): string {
  if (checks?.execution === 'failed') return l10n.t('its calls fail now');
  if (checks?.format === false) return l10n.t('its calls do not fit the spec');
  const judge = checks?.judge;
  if (!judge) return l10n.t('not judged yet');
  if (!judge.proper) return l10n.t('calls worked, judge: tool misused');
  if (!judge.faithful) return l10n.t('calls worked, judge: answer made up');
  if (!judge.informative) return l10n.t('calls worked, judge: not what was asked');
  return l10n.t('the model gave up, judge: right');
}

/** The criteria of the judge, each with how it ruled. */
export function judgeCriteria(judge: Judgement): { holds: boolean; text: string }[] {
  return [
    { holds: judge.informative, text: l10n.t('The answer tells what was asked.') },
    { holds: judge.faithful, text: l10n.t('The answer says only what the tools returned.') },
    { holds: judge.proper, text: l10n.t('The tools are used as they are meant to be.') },
  ];
}

/** What was found at each stage, a line each, for a tooltip. */
export function checkLines({ checks, calls }: Pick<Example, 'checks' | 'calls'>): string[] {
  if (checks === undefined) return [];
  const { format, execution, judge } = checks;
  return [
    ...(format === null || calls.length === 0 ? [] : [mark(format, formatSentence(format))]),
    ...(calls.length === 0
      ? []
      : [mark(execution === 'recorded' || execution === 'repeated', executionSentence(execution))]),
    ...(judge === null
      ? []
      : [
          l10n.t('The judge ({0}):', oneLine(judge.model, 80)),
          ...judgeCriteria(judge).map(({ holds, text }) => mark(holds, text)),
          ...(judge.reasons === '' ? [] : [severalLines(judge.reasons, 6)]),
        ]),
  ];
}

export function formatSentence(fits: boolean): string {
  return fits ? l10n.t('Its calls fit the spec.') : l10n.t('Its calls do not fit the spec.');
}

export function executionSentence(execution: NonNullable<Example['checks']>['execution']): string {
  return {
    recorded: l10n.t('Its calls worked in the trial.'),
    repeated: l10n.t('Its calls were made again and worked.'),
    failed: l10n.t('Its calls were made again and failed.'),
    unknown: l10n.t('Nobody knows whether its calls work.'),
  }[execution ?? 'unknown'];
}

function mark(holds: boolean, text: string): string {
  return `${holds ? '✓' : '✗'} ${text}`;
}

function inHundred(share: number): number {
  return Math.round(share * 100);
}
