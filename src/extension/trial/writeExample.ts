/** What a trial left as an example: what was found at each stage of its verification, and what a person can say to it. */
import * as l10n from '@vscode/l10n';
import { kindOf } from '../../core/exploit/usable.ts';
import { toolName } from '../../core/toolName.ts';
import type { Example } from '../../core/trial.ts';
import {
  disagreement,
  executionSentence,
  formatSentence,
  judgeCriteria,
  kindSentence,
  staleSentence,
  verificationSentence,
  verificationWord,
} from '../state/exampleTexts.ts';
import { failureWord } from '../state/failureWords.ts';
import type { Row } from './headRows.ts';
import type { Page, Piece } from './page.ts';
import { shownLine, shownName } from './plainText.ts';

/** `specHash`: of the tool as it is now; null where it is no longer there. */
export function writeExample(page: Page, example: Example, specHash: string | null): void {
  const { verification, checks, contrasts = [], provenance } = example;
  const more = verification === 'review' ? disagreement(example) : '';
  page.section('example', l10n.t('Example'), `${markOf(example)} ${verificationWord(verification)}`, more);
  const checked = checks?.specHash || provenance.specHash;
  page.note(verificationSentence(verification));
  const kind = kindSentence(kindOf(example));
  if (kind !== '') page.note(kind);
  if (specHash !== null && checked !== '' && checked !== specHash) page.note(staleSentence(), '⚠');
  page.facts(rowsOf(example));
  const judge = checks?.judge ?? null;
  for (const { holds, text } of judge === null ? [] : judgeCriteria(judge)) {
    page.part('example', holds ? '✓' : '✗', text);
  }
  const reasons = judge?.reasons ?? '';
  if (reasons !== '') {
    page.part('example', '', l10n.t('Reasons of the judge'));
    page.said(reasons);
  }
  page.facts([[l10n.t('Your word'), ...wordPieces(example)]]);
  for (const { tool, arguments: given, failure } of contrasts) {
    page.part('failure', '✗', l10n.t('Not this'), shownName(toolName(tool)), failureWord(failure.type));
    page.said(JSON.stringify(given));
    if (failure.message !== '') page.said(failure.message);
  }
}

function markOf({ verification }: Example): string {
  return {
    unverified: '○',
    executed: '✓',
    verified: '✓',
    review: '⚠',
    accepted: '✓',
    rejected: '✗',
  }[verification];
}

function rowsOf(example: Example): Row[] {
  const { checks, calls } = example;
  const ruled = (holds: boolean, text: string): string => `${holds ? '✓' : '✗'} ${text}`;
  const judge = checks?.judge ?? null;
  return [
    ...(checks && checks.format !== null && calls.length > 0
      ? [[l10n.t('Spec'), ruled(checks.format, formatSentence(checks.format))] as const]
      : []),
    ...(checks && calls.length > 0
      ? [
          [
            l10n.t('Calls'),
            ruled(
              checks.execution === 'recorded' || checks.execution === 'repeated',
              executionSentence(checks.execution),
            ),
          ] as const,
        ]
      : []),
    ...(judge === null ? [] : [[l10n.t('Judge'), shownLine(judge.model, 80)] as const]),
  ];
}

function wordPieces({ id, verification }: Example): Piece[] {
  const link = (text: string, command: 'acceptExample' | 'rejectExample'): Piece => ({
    text,
    link: { command, target: { exampleId: id }, tooltip: text },
  });
  const word = verification === 'accepted' || verification === 'rejected';
  return [
    ...(word ? [`${verificationWord(verification)}   `] : []),
    ...(verification === 'accepted' ? [] : [link(l10n.t('Accept'), 'acceptExample'), '   ']),
    ...(verification === 'rejected' ? [] : [link(l10n.t('Reject'), 'rejectExample')]),
  ];
}
