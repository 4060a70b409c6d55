/** The lists behind the marks: tabs, search, what narrows them, and the rows or the reason why there are none. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { ListName } from '../../core/rows.ts';
import { chip, markWords } from '../parts/chips.ts';
import { notice } from '../parts/notice.ts';
import { allFailures, allTrials } from '../parts/sums.ts';
import type { DashboardModel, Listed } from '../state/dashboardModel.ts';
import { whole } from '../text/numbers.ts';
import { preview } from '../text/visible.ts';
import './listTools.ts';
import './rowList.ts';
import './lists.css';
import type { PanelWords } from '../../protocol/panel.ts';
import { listWords, tabs } from './tabs.ts';

export function lists(
  model: DashboardModel,
  words: PanelWords,
  version: number,
  startAt: number,
): TemplateResult {
  const { state, listed, dashboard, filtered } = model;
  return html`
    <section class="lists" aria-label=${l10n.t('Lists')}>
      ${tabs(state.list, dashboard?.data ?? null, (list) => model.setList(list))}
      <div id="list-panel" class="list-panel" role="tabpanel" aria-labelledby=${`tab-${state.list}`}>
        <imaginarium-list-tools .state=${state} .model=${model} .words=${words}></imaginarium-list-tools>
        <div class="list-filter">
          <p role="status">${listed ? countWords(model, listed) : ''}</p>
          <div class="chips">
            ${state.marks.map((mark) => chip(markWords(mark, words), () => model.toggle(mark)))}
            ${state.text.trim() ? chip(l10n.t('Words: {0}', preview(state.text)), () => model.setText('')) : nothing}
            ${filtered ? html`<button class="link" @click=${() => model.clearFilter()}>${l10n.t('Clear Filter')}</button>` : nothing}
          </div>
        </div>
        ${listed ? rows(model, listed, words, version, startAt) : nothing}
      </div>
    </section>
  `;
}

function rows(
  model: DashboardModel,
  listed: Listed,
  words: PanelWords,
  version: number,
  startAt: number,
): TemplateResult {
  if (listed.ids.length === 0) return nothingListed(model, listed.list);
  return html`
    <imaginarium-row-list
      .startAt=${startAt}
      .listed=${listed}
      .source=${model}
      .words=${words}
      .version=${version}
      .label=${listWords(listed.list)}
    ></imaginarium-row-list>
    ${
      listed.total > listed.ids.length
        ? html`<p class="list-cut">
            ${l10n.t('The first {0} are listed. Narrow the list to see others.', whole(listed.ids.length))}
          </p>`
        : nothing
    }
  `;
}

function countWords(model: DashboardModel, { list, total }: Listed): string {
  const data = model.dashboard?.data;
  const all = data && { examples: data.examples, failures: allFailures(data), trials: allTrials(data) }[list];
  if (model.filtered && all !== undefined) return ofAll(list, whole(total), whole(all));
  if (total === 1) {
    return { examples: l10n.t('1 example'), failures: l10n.t('1 failed call'), trials: l10n.t('1 trial') }[
      list
    ];
  }
  const count = whole(total);
  return {
    examples: l10n.t('{0} examples', count),
    failures: l10n.t('{0} failed calls', count),
    trials: l10n.t('{0} trials', count),
  }[list];
}

function ofAll(list: ListName, some: string, all: string): string {
  return {
    examples: l10n.t('{0} of {1} examples', some, all),
    failures: l10n.t('{0} of {1} failed calls', some, all),
    trials: l10n.t('{0} of {1} trials', some, all),
  }[list];
}

function nothingListed(model: DashboardModel, list: ListName): TemplateResult {
  if (model.filtered) {
    const title = {
      examples: l10n.t('No example matches the filter'),
      failures: l10n.t('No failed call matches the filter'),
      trials: l10n.t('No trial matches the filter'),
    }[list];
    const clear = { words: l10n.t('Clear Filter'), run: () => model.clearFilter(), secondary: true };
    return notice({ icon: 'filter', title, actions: [clear] });
  }
  if (list === 'examples') {
    return notice({
      icon: 'mortar-board',
      title: l10n.t('No examples yet'),
      text: l10n.t('A trial leaves an example when its query was fulfilled by calls that worked.'),
    });
  }
  if (list === 'failures') return notice({ icon: 'pass', title: l10n.t('No call has failed') });
  return notice({ icon: 'beaker', title: l10n.t('No trials yet') });
}
