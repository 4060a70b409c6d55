/** What stands where there is nothing to show, with what can be done about it. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './icon.ts';
import './notice.css';

export interface Action {
  words: string;
  run: () => void;
  secondary?: boolean;
}

export interface Notice {
  icon: string;
  title: string;
  text?: string;
  actions?: readonly Action[];
}

/** Large, in the middle of its place. */
export function notice({ icon: name, title, text, actions = [] }: Notice): TemplateResult {
  return html`
    <div class="notice">
      ${icon(name, 'notice-icon')}
      <p class="notice-title">${title}</p>
      ${text ? html`<p class="notice-text">${text}</p>` : nothing}
      ${actions.length > 0 ? html`<div class="notice-actions">${buttons(actions)}</div>` : nothing}
    </div>
  `;
}

/** One line above what is there all the same. */
export function banner({ icon: name, title, text, actions = [] }: Notice): TemplateResult {
  return html`
    <div class="banner" role="status">
      ${icon(name)}
      <p>${title} ${text ?? ''}</p>
      ${buttons(actions)}
    </div>
  `;
}

function buttons(actions: readonly Action[]): TemplateResult[] {
  return actions.map(
    ({ words, run, secondary }) =>
      html`<vscode-button ?secondary=${secondary ?? false} @click=${run}>${words}</vscode-button>`,
  );
}
