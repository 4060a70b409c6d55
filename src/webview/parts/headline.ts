/** The numbers that come first. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { Dashboard } from '../../core/rows.ts';
import type { PanelWords } from '../../protocol/panel.ts';
import { compact, money, whole } from '../text/numbers.ts';
import { allFailures, allTrials } from './sums.ts';
import './headline.css';

export function headline(data: Dashboard, words: PanelWords): TemplateResult {
  const { usage } = data;
  const { inputTokens, outputTokens, cachedTokens } = usage;
  const inDetail = l10n.t(
    '{0} in, {1} of them from the cache of the server; {2} out',
    whole(inputTokens),
    whole(cachedTokens),
    whole(outputTokens),
  );
  const inShort = l10n.t('{0} in, {1} out', compact(inputTokens), compact(outputTokens));
  return html`
    <dl class="numbers">
      ${number(l10n.t('Trials'), allTrials(data), words.trial)}
      ${number(l10n.t('Examples'), data.examples)}
      ${number(l10n.t('Failed calls'), allFailures(data))}
      ${number(l10n.t('Lessons'), data.lessons, words.lesson)}
    </dl>
    <dl class="spent">
      ${spent(l10n.t('Tool calls'), whole(data.toolCalls))}
      ${spent(l10n.t('Model calls'), whole(usage.modelCalls))}
      ${spent(l10n.t('Tokens'), whole(inputTokens + outputTokens), inputTokens + outputTokens > 0 ? inShort : '', inDetail)}
      ${spent(l10n.t('Cost'), money(usage.usd))}
    </dl>
  `;
}

function number(word: string, value: number, why = ''): TemplateResult {
  return html`<div title=${why || whole(value)}><dt>${word}</dt><dd>${compact(value)}</dd></div>`;
}

function spent(word: string, value: string, detail = '', title = ''): TemplateResult {
  return html`
    <div title=${title || nothing}>
      <dt>${word}</dt>
      <dd>${detail ? html`<span class="spent-detail">${detail}</span> ` : nothing}${value}</dd>
    </div>
  `;
}
