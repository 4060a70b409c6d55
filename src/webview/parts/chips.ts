/** What narrows the dashboard or its lists, each with a way to take it off. */
import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { PanelWords } from '../../protocol/panel.ts';
import type { Mark } from '../state/marks.ts';
import { whole } from '../text/numbers.ts';
import { preview } from '../text/visible.ts';
import { argumentName } from './argumentName.ts';
import { icon } from './icon.ts';
import './chips.css';

export function chip(words: string, off: () => void): TemplateResult {
  return html`
    <span class="chip">
      <span class="chip-words" title=${words}>${words}</span>
      <button class="chip-off" aria-label=${l10n.t('Remove filter: {0}', words)} @click=${off}>${icon('close')}</button>
    </span>
  `;
}

/** A mark in words. */
export function markWords(mark: Mark, words: PanelWords): string {
  switch (mark.kind) {
    case 'outcome':
      return l10n.t('Outcome: {0}', words.outcomes[mark.outcome].word);
    case 'failure':
      return l10n.t('Failure: {0}', words.failures[mark.type]);
    case 'stretch':
      return stretchWords(mark);
    case 'argument': {
      const name = argumentName(mark.pointer);
      return mark.value === null ? l10n.t('Gives {0}', name) : l10n.t('{0} = {1}', name, preview(mark.value));
    }
  }
}

export function stretchWords({ first, last }: { first: number; last: number }): string {
  if (first === last) return l10n.t('Trial {0}', whole(first));
  return l10n.t('Trials {0} to {1}', whole(first), whole(last));
}
