/** A row of the trials. */
import * as l10n from '@vscode/l10n';
import { html } from 'lit';
import type { TrialRow } from '../../core/rows.ts';
import type { PanelWords } from '../../protocol/panel.ts';
import { toolName } from '../parts/toolName.ts';
import { duration } from '../text/numbers.ts';
import { preview } from '../text/visible.ts';
import type { RowView } from './rowView.ts';
import { simulatedBadge } from './simulatedBadge.ts';

export function trialRow(trial: TrialRow, words: PanelWords): RowView {
  const { word, icon } = words.outcomes[trial.outcome];
  const failures = [...new Set(trial.failures)].map((type) => words.failures[type]).join(', ');
  const calls = trial.toolCalls === 1 ? l10n.t('1 call') : l10n.t('{0} calls', trial.toolCalls);
  const rest = [
    l10n.t('episode {0}, trial {1}', trial.episode, trial.trial),
    calls,
    ...(failures ? [failures] : []),
    duration(trial.ms),
  ];
  return {
    trialId: trial.id,
    icon: { name: icon, tone: trial.outcome },
    title: trial.query
      ? html`<span class="sr-only">${word}: </span>${preview(trial.query)}`
      : html`<span class="sr-only">${word}: </span><i>${l10n.t('No query: no call was worth one')}</i>`,
    badges: [
      ...simulatedBadge(trial.simulated),
      ...(trial.example ? [{ word: l10n.t('Example'), why: l10n.t('It left an example.') }] : []),
    ],
    detail: html`<span class="mono">${toolName(trial.tool)}</span> · ${rest.join(' · ')}`,
    at: trial.startedAt,
    more: null,
  };
}
