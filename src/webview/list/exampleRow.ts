/** A row of the learned examples. */
import * as l10n from '@vscode/l10n';
import { html } from 'lit';
import type { ExampleRow } from '../../core/rows.ts';
import type { PanelWords } from '../../protocol/panel.ts';
import { when } from '../text/numbers.ts';
import { block, preview } from '../text/visible.ts';
import { argumentsText, callLine } from './callText.ts';
import { exampleBadges } from './exampleBadges.ts';
import { facts, field, longField } from './fields.ts';
import type { RowView } from './rowView.ts';

export function exampleRow(row: ExampleRow, words: PanelWords): RowView {
  const { example, at } = row;
  const { calls, contrasts = [], checks, provenance, verification } = example;
  const badges = exampleBadges(row, words);
  const reasons = checks?.judge?.reasons ?? '';
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
      ${contrasts.map((contrast) =>
        longField(
          l10n.t('Not this: {0}', words.failures[contrast.failure.type]),
          argumentsText(contrast.arguments),
        ),
      )}
      ${reasons === '' ? '' : longField(l10n.t('Reasons of the judge'), reasons)}
      ${facts([
        [l10n.t('Model'), preview(provenance.model)],
        ...(at === null ? [] : [[l10n.t('Learned'), when(at)] as const]),
        [l10n.t('Run'), preview(provenance.runId)],
        ...(verification === 'unverified'
          ? [[l10n.t('Checked'), words.verification.unverified.why] as const]
          : []),
        ...badges.map(({ word, why }) => [word, why] as const),
      ])}
    `,
  };
}
