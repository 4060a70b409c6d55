/** What people read about work on what was explored, while it is on. */
import * as l10n from '@vscode/l10n';
import type { Job, JobKind } from '../../core/job.ts';
import * as counts from './counts.ts';

export function workWord(kind: JobKind): string {
  return {
    verify: l10n.t('verifying examples'),
    expand: l10n.t('adding examples'),
    evaluate: l10n.t('evaluating'),
    lift: l10n.t('measuring examples'),
  }[kind];
}

/** `3 of 12`; how many there are may not be known yet. */
export function stepsOf({ done, of }: Pick<Job, 'done' | 'of'>): string {
  return l10n.t('{0} of {1}', counts.number(done), of === 0 ? '…' : counts.number(of));
}
