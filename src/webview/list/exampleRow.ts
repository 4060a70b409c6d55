/** A row of the learned examples. */
import * as l10n from '@vscode/l10n';
import { html } from 'lit';
import { isDemonstration, isSimulated } from '../../core/exploit/demonstration.ts';
import type { ExampleRow } from '../../core/rows.ts';
import { when } from '../text/numbers.ts';
import { block, preview } from '../text/visible.ts';
import { argumentsText, callLine } from './callText.ts';
import { facts, field, longField } from './fields.ts';
import type { RowView } from './rowView.ts';
import { simulatedBadge } from './simulatedBadge.ts';

export function exampleRow({ example, stale, at }: ExampleRow): RowView {
  const { calls, provenance } = example;
  const badges: RowView['badges'] = simulatedBadge(isSimulated(example));
  if (isDemonstration(example)) badges.push(demonstration());
  if (stale) {
    badges.push({
      word: l10n.t('Stale'),
      why: l10n.t('The spec of the tool has changed since this was learned.'),
    });
  }
  if (provenance.edited)
    badges.push({ word: l10n.t('Edited'), why: l10n.t('Somebody has edited it by hand.') });
  const first = calls[0];
  const rest = calls.length > 1 ? l10n.t(' and {0} more', calls.length - 1) : '';
  return {
    trialId: provenance.trialId,
    exampleId: example.id,
    icon: null,
    title: preview(example.query),
    badges,
    detail: first
      ? html`<span class="mono">${callLine(first)}${rest} → ${preview(first.observation)}</span>`
      : '',
    at,
    more: () => html`
      ${field(l10n.t('Query'), block(example.query.slice(0, 4000)).text)}
      ${calls.map(
        (call) => html`
          ${longField(l10n.t('Call of {0}', callLine({ ...call, arguments: {} }).replace(/\(\)$/, '')), argumentsText(call.arguments))}
          ${longField(l10n.t('Observation'), call.observation)}
        `,
      )}
      ${example.answer === null ? '' : longField(l10n.t('Answer'), example.answer)}
      ${facts([
        [l10n.t('Model'), preview(provenance.model)],
        ...(at === null ? [] : [[l10n.t('Learned'), when(at)] as const]),
        [l10n.t('Run'), preview(provenance.runId)],
        [l10n.t('Checked'), l10n.t('Not verified by a judge')],
        ...badges.map(({ word, why }) => [word, why] as const),
      ])}
    `,
  };
}

function demonstration(): RowView['badges'][number] {
  return {
    word: l10n.t('Demonstration'),
    why: l10n.t(
      'Made by the offline sampler. Its query is invented and says nothing about a language model.',
    ),
  };
}
