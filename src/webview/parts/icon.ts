import { html, type TemplateResult } from 'lit';

/** A codicon that says nothing to a screen reader: the words stand beside it. */
export function icon(name: string, extra = ''): TemplateResult {
  return html`<span class="codicon codicon-${name} ${extra}" aria-hidden="true"></span>`;
}
