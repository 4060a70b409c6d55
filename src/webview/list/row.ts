/** One row, drawn: two lines, what can be done with it, and what it shows when it is opened up. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../parts/icon.ts';
import { shortWhen, when } from '../text/numbers.ts';
import type { RowView } from './rowView.ts';
import './row.css';

export interface RowDoing {
  index: number;
  /** Pixels from the top of the list. */
  start: number;
  /** The Tab key comes to it. */
  active: boolean;
  open: boolean;
  toggle(): void;
  openTrial(): void;
  insert(): void;
}

/**
 * `view` is a sentence for a row that has not come yet, or is gone. It is the same row all the same: an element that has the
 * focus stays when what it shows has come.
 */
export function row(view: RowView | string, doing: RowDoing): TemplateResult {
  const { index, start, active, open } = doing;
  const here = typeof view === 'string' ? null : view;
  const opens = Boolean(here?.more);
  return html`
    <div
      class="row ${open ? 'opened' : ''} ${here ? '' : 'waiting'}"
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
            ${here?.icon ? icon(here.icon.name, `tone-${here.icon.tone} row-icon`) : nothing}
            <span class="row-title">${here ? here.title : view}</span>
            ${here?.badges.map(({ word, why }) => html`<span class="badge" title=${why}>${word}</span>`)}
          </div>
          <div class="row-second">${here?.detail}</div>
        </div>
        ${here && here.at !== null ? time(here.at) : nothing}
      </div>
      ${here ? actions(here, doing) : nothing}
      ${open && here?.more ? html`<div class="row-more" role="gridcell">${here.more()}</div>` : nothing}
    </div>
  `;
}

function actions(view: RowView, { active, openTrial, insert }: RowDoing): TemplateResult {
  return html`
    <div class="row-actions" role="gridcell">
      ${action('output', l10n.t('Open Trial'), active, openTrial)}
      ${view.exampleId === undefined ? nothing : action('insert', l10n.t('Insert'), active, insert)}
    </div>
  `;
}

function time(at: number): TemplateResult {
  return html`<time class="row-when" datetime=${new Date(at).toISOString()} title=${when(at)}>${shortWhen(at)}</time>`;
}

function action(name: string, words: string, active: boolean, run: () => void): TemplateResult {
  return html`
    <button class="row-action" title=${words} aria-label=${words} tabindex=${active ? 0 : -1} @click=${run}>
      ${icon(name)}
    </button>
  `;
}
