/** The numbers that come first. */
import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { Dashboard } from '../../core/rows.ts';
import { compact, money, whole } from '../text/numbers.ts';
import { allFailures, allTrials } from './sums.ts';
import './headline.css';

export function headline(data: Dashboard): TemplateResult {
  const { usage } = data;
  const tokens = usage.inputTokens + usage.outputTokens;
  const tokensInDetail = l10n.t(
    '{0} in, {1} of them from the cache of the server; {2} out',
    whole(usage.inputTokens),
    whole(usage.cachedTokens),
    whole(usage.outputTokens),
  );
  return html`
    <dl class="numbers numbers-large">
      ${number(l10n.t('Trials'), allTrials(data))}
      ${number(l10n.t('Examples'), data.examples)}
      ${number(l10n.t('Failed calls'), allFailures(data))}
      ${number(l10n.t('Lessons'), data.lessons)}
    </dl>
    <dl class="numbers numbers-small">
      ${number(l10n.t('Tool calls'), data.toolCalls)}
      ${number(l10n.t('Model calls'), usage.modelCalls)}
      ${number(l10n.t('Tokens'), tokens, tokensInDetail)}
      <div>
        <dt>${l10n.t('Cost')}</dt>
        <dd class=${usage.usd === null ? 'unknown' : ''}>${money(usage.usd)}</dd>
      </div>
    </dl>
  `;
}

function number(word: string, value: number, detail = whole(value)): TemplateResult {
  return html`<div title=${detail}><dt>${word}</dt><dd>${compact(value)}</dd></div>`;
}
