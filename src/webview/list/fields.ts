/** Parts of an opened row: words with a text below them, or beside. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { LightElement } from '../lightElement.ts';
import { whole } from '../text/numbers.ts';
import { block } from '../text/visible.ts';
import './fields.css';

/** Characters that are shown at first. */
const start = 1500;

/** A text of a tool's or a model's, as it is; long ones are opened by a button. */
export class LongText extends LightElement {
  static override properties = { text: { attribute: false }, all: { state: true } };
  declare text: string;
  declare all: boolean;

  constructor() {
    super();
    this.text = '';
    this.all = false;
  }

  protected override render(): TemplateResult {
    const long = this.text.length > start;
    const { text, left } = block(this.all ? this.text : this.text.slice(0, start));
    return html`
      <pre>${text}${long && !this.all ? '…' : ''}</pre>
      ${
        long && !this.all
          ? html`<button class="link" @click=${() => this.#open()}>
              ${l10n.t('Show All ({0} characters)', whole(this.text.length))}
            </button>`
          : nothing
      }
      ${left > 0 ? html`<p class="left-out">${l10n.t('{0} more characters are in the trial.', whole(left))}</p>` : nothing}
    `;
  }

  #open(): void {
    this.all = true;
  }
}

customElements.define('imaginarium-long-text', LongText);

export function longField(words: string, text: string): TemplateResult {
  return html`
    <div class="field">
      <div class="field-name">${words}</div>
      <imaginarium-long-text .text=${text}></imaginarium-long-text>
    </div>
  `;
}

/** A sentence of prose. */
export function field(words: string, text: string | TemplateResult): TemplateResult {
  return html`<div class="field"><div class="field-name">${words}</div><p>${text}</p></div>`;
}

/** Short facts, one a line. */
export function facts(all: readonly (readonly [string, string])[]): TemplateResult {
  return html`<dl class="facts">${all.map(([words, text]) => html`<dt>${words}</dt><dd>${text}</dd>`)}</dl>`;
}
