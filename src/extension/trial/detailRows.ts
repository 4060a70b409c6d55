/** The rows at the end of a trial: who, when, how long, for how much. All that differs from trial to trial by its nature. */
import * as l10n from '@vscode/l10n';
import type { PurposeKind, Trial } from '../../core/trial.ts';
import { offlineLabel, offlineModel } from '../../protocol/modelNames.ts';
import { duration } from '../state/ago.ts';
import * as counts from '../state/counts.ts';
import type { Row } from './headRows.ts';
import { shownLine } from './plainText.ts';

export function detailRows(trial: Trial): Row[] {
  const { model, usage, startedAt, ms, runId, id, seed, specHash } = trial;
  return [
    [l10n.t('Model'), model === offlineModel ? offlineLabel : shownLine(model)],
    [l10n.t('Tokens'), tokens(usage)],
    ...(usage.usd === null || model === offlineModel
      ? []
      : [[l10n.t('Cost'), `$${usage.usd.toFixed(4)}`] as const]),
    [l10n.t('Time'), `${moment(startedAt)}, ${duration(ms)}`],
    [l10n.t('Spent on'), spent(trial)],
    [l10n.t('Run'), shownLine(runId)],
    [l10n.t('Trial'), shownLine(id)],
    [l10n.t('Seed'), l10n.t('{0}, spec {1}', String(seed), shownLine(specHash))],
  ];
}

function tokens({ inputTokens, cachedTokens, outputTokens, modelCalls }: Trial['usage']): string {
  const input =
    cachedTokens > 0
      ? l10n.t('{0} in ({1} cached)', counts.number(inputTokens), counts.number(cachedTokens))
      : l10n.t('{0} in', counts.number(inputTokens));
  return `${input}, ${l10n.t('{0} out', counts.number(outputTokens))}, ${counts.modelCalls(modelCalls)}`;
}

/** Model and tools, in the order of the trial. */
function spent({ exchanges, steps }: Trial): string {
  const calls = steps.map(({ observation }, at) =>
    l10n.t('step {0}: {1}', String(at + 1), duration(observation.ms)),
  );
  const total = new Map<PurposeKind, number>();
  for (const { purpose, ms } of exchanges) total.set(purpose, (total.get(purpose) ?? 0) + ms);
  const asked = [...total].map(([purpose, ms]) => `${purposeWord(purpose)} ${duration(ms)}`);
  return [...asked, ...calls].join(', ') || l10n.t('nothing');
}

function purposeWord(purpose: PurposeKind): string {
  switch (purpose) {
    case 'imagine':
      return l10n.t('imagining');
    case 'callFirst':
      return l10n.t('calling first');
    case 'queryForCall':
      return l10n.t('writing the query');
    case 'act':
      return l10n.t('acting');
    case 'reflect':
      return l10n.t('reflecting');
    case 'simulate':
      return l10n.t('playing the tool');
  }
}

/** Date and time of this place, the same in every language: it sorts, and is not mistaken. */
function moment(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}
