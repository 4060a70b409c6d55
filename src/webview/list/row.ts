/** One row, drawn: two lines, what can be done with it, and what it shows when it is opened up. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../parts/icon.ts';
import { shortWhen, when } from '../text/numbers.ts';
import type { RowView } from './rowView.ts';
import './row.css';

/** Where it stands. */
export interface RowPlace {
  index: number;
  /** Pixels from the top of the list. */
  start: number;
  /** The Tab key comes to it. */
  active: boolean;
}

export interface RowDoing extends RowPlace {
  open: boolean;
  toggle(): void;
  openTrial(): void;
  insert(): void;
}

export function row(view: RowView, doing: RowDoing): TemplateResult {
  const { index, start, active, open } = doing;
  const opens = view.more !== null;
  return html`
    <div
      class="row ${open ? 'opened' : ''}"
      role="row"
      data-index=${index}
      aria-rowindex=${index + 1}
      aria-level="1"
      aria-expanded=${opens ? open : nothing}
      tabindex=${active ? 0 : -1}
      .style=${`transform:translateY(${start}px)`}
    >
      <div class="row-head" role="gridcell" @click=${opens ? doing.toggle : doing.openTrial}>
        <span class="twistie">${opens ? icon(open ? 'chevron-down' : 'chevron-right') : nothing}</span>
        <div class="row-lines">
          <div class="row-first">
            ${view.icon ? icon(view.icon.name, `tone-${view.icon.tone} row-icon`) : nothing}
            <span class="row-title">${view.title}</span>
            ${view.badges.map(({ word, why }) => html`<span class="badge" title=${why}>${word}</span>`)}
          </div>
          <div class="row-second">${view.detail}</div>
        </div>
        ${view.at === null ? nothing : time(view.at)}
      </div>
      <div class="row-actions" role="gridcell">
        ${action('output', l10n.t('Open Trial'), active, doing.openTrial)}
        ${view.exampleId === undefined ? nothing : action('insert', l10n.t('Insert'), active, doing.insert)}
      </div>
      ${open && view.more ? html`<div class="row-more" role="gridcell">${view.more()}</div>` : nothing}
    </div>
  `;
}

function time(at: number): TemplateResult {
  return html`<time class="row-when" datetime=${new Date(at).toISOString()} title=${when(at)}>${shortWhen(at)}</time>`;
}

/** A row that has not come yet, or is gone. */
export function waitingRow({ index, start, active }: RowPlace, words: string): TemplateResult {
  return html`
    <div
      class="row waiting"
      role="row"
      data-index=${index}
      aria-rowindex=${index + 1}
      tabindex=${active ? 0 : -1}
      .style=${`transform:translateY(${start}px)`}
    >
      <div class="row-head" role="gridcell">
        <span class="twistie"></span>
        <div class="row-lines"><div class="row-first">${words}</div><div class="row-second"></div></div>
      </div>
    </div>
  `;
}

function action(name: string, words: string, active: boolean, run: () => void): TemplateResult {
  return html`
    <button class="row-action" title=${words} aria-label=${words} tabindex=${active ? 0 : -1} @click=${run}>
      ${icon(name)}
    </button>
  `;
}
