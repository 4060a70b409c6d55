/** Above a list: search, a filter by type or outcome, the order. */
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { failureTypes, type Outcome } from '../../core/trial.ts';
import type { PanelWords } from '../../protocol/panel.ts';
import { LightElement } from '../lightElement.ts';
import { capital } from '../parts/capital.ts';
import { icon } from '../parts/icon.ts';
import type { DashboardModel } from '../state/dashboardModel.ts';
import type { Mark } from '../state/marks.ts';
import type { PageState } from '../state/pageState.ts';
import { orderKey, ordersOf } from './orders.ts';
import './listTools.css';

/** Typing that pauses for so long is searched for, milliseconds. */
const pause = 180;

export class ListTools extends LightElement {
  static override properties = {
    state: { attribute: false },
    model: { attribute: false },
    words: { attribute: false },
  };
  declare state: PageState;
  declare model: DashboardModel;
  declare words: PanelWords;
  #timer: ReturnType<typeof setTimeout> | undefined;

  protected override render(): TemplateResult {
    const { text, list, order } = this.state;
    return html`
      <vscode-textfield
        class="search"
        type="text"
        label=${l10n.t('Search in queries')}
        placeholder=${l10n.t('Search in queries')}
        .value=${text}
        @input=${this.#typed}
        @keydown=${this.#escape}
      >
        <span slot="content-before" class="search-icon">${icon('search')}</span>
        <span slot="content-after" class="search-end"></span>
      </vscode-textfield>
      ${keyed(`${list} kind`, this.#kinds())}
      ${keyed(
        `${list} order`,
        html`
          <vscode-single-select
            class="order"
            label=${l10n.t('Order')}
            .value=${orderKey(order[list])}
            @change=${this.#ordered}
          >
            ${ordersOf(list).map(({ key, words }) => html`<vscode-option value=${key}>${words}</vscode-option>`)}
          </vscode-single-select>
        `,
      )}
    `;
  }

  /** The same filter that a click on a bar sets. */
  #kinds(): TemplateResult {
    const failed = this.state.list === 'failures';
    const label = failed ? l10n.t('Failure type') : l10n.t('Outcome');
    const options = failed
      ? failureTypes.map((type) => [type, capital(this.words.failures[type])] as const)
      : (Object.keys(this.words.outcomes) as Outcome[]).map(
          (outcome) => [outcome, capital(this.words.outcomes[outcome].word)] as const,
        );
    const mark = this.state.marks.find(({ kind }) => kind === (failed ? 'failure' : 'outcome'));
    return html`
      <vscode-single-select class="kind" label=${label} .value=${kindOf(mark)} @change=${this.#kindChosen}>
        <vscode-option value="">${failed ? l10n.t('All types') : l10n.t('All outcomes')}</vscode-option>
        ${options.map(([value, words]) => html`<vscode-option value=${value}>${words}</vscode-option>`)}
      </vscode-single-select>
    `;
  }

  #kindChosen(event: Event): void {
    const chosen = chosenIn(event);
    const kind = this.state.list === 'failures' ? 'failure' : 'outcome';
    const mark = this.state.marks.find((one) => one.kind === kind);
    const type = failureTypes.find((one) => one === chosen);
    const outcome = (Object.keys(this.words.outcomes) as Outcome[]).find((one) => one === chosen);
    if (chosen === kindOf(mark)) return;
    if (kind === 'failure' && type) this.model.toggle({ kind, type });
    else if (kind === 'outcome' && outcome) this.model.toggle({ kind, outcome });
    else if (mark) this.model.toggle(mark);
  }

  #ordered(event: Event): void {
    const chosen = ordersOf(this.state.list).find(({ key }) => key === chosenIn(event));
    if (chosen) this.model.setOrder(chosen.order);
  }

  #typed(event: Event): void {
    const text = chosenIn(event);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.model.setText(text), pause);
  }

  #escape(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || this.state.text === '') return;
    event.preventDefault();
    clearTimeout(this.#timer);
    this.model.setText('');
  }
}

function kindOf(mark: Mark | undefined): string {
  if (mark?.kind === 'failure') return mark.type;
  return mark?.kind === 'outcome' ? mark.outcome : '';
}

function chosenIn({ currentTarget }: Event): string {
  return currentTarget && 'value' in currentTarget ? String(currentTarget.value) : '';
}

customElements.define('imaginarium-list-tools', ListTools);
