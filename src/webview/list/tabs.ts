/** The three lists as tabs. The arrow keys choose, as in the editor's own tabs. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { Dashboard, ListName } from '../../core/rows.ts';
import { allFailures, allTrials } from '../parts/sums.ts';
import { listNames } from '../state/pageState.ts';
import { whole } from '../text/numbers.ts';
import './tabs.css';

export function listWords(list: ListName): string {
  return { examples: l10n.t('Examples'), failures: l10n.t('Failed Calls'), trials: l10n.t('Trials') }[list];
}

export function tabs(
  current: ListName,
  data: Dashboard | null,
  choose: (list: ListName) => void,
): TemplateResult {
  const counts = data && { examples: data.examples, failures: allFailures(data), trials: allTrials(data) };
  const key = (event: KeyboardEvent): void => {
    const at = listNames.indexOf(current);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: listNames.length - 1 }[event.key];
    const next = to === undefined ? undefined : listNames.at(to % listNames.length);
    if (!next) return;
    event.preventDefault();
    choose(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return html`
    <div class="tabs" role="tablist" aria-label=${l10n.t('Lists')} @keydown=${key}>
      ${listNames.map(
        (list) => html`
          <button
            id=${`tab-${list}`}
            role="tab"
            aria-selected=${list === current}
            aria-controls="list-panel"
            tabindex=${list === current ? 0 : -1}
            @click=${() => choose(list)}
          >
            ${listWords(list)} ${counts ? html`<span class="tab-count">${whole(counts[list])}</span>` : nothing}
          </button>
        `,
      )}
    </div>
  `;
}
