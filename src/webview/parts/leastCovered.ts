/** Of all tools: those whose schema the calls have touched least. A click shows the tool. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ToolCoverage } from '../../core/rows.ts';
import { LightElement } from '../lightElement.ts';
import { whole } from '../text/numbers.ts';
import { toolName } from './toolName.ts';
import './leastCovered.css';

const first = 8;
const more = 50;

export class LeastCovered extends LightElement {
  static override properties = {
    tools: { attribute: false },
    choose: { attribute: false },
    shown: { state: true },
  };
  declare tools: readonly ToolCoverage[];
  declare choose: (tool: { id: string; name: string }) => void;
  declare shown: number;

  constructor() {
    super();
    this.tools = [];
    this.choose = () => {};
    this.shown = first;
  }

  protected override render(): TemplateResult {
    const rest = this.tools.length - this.shown;
    return html`
      <ul class="bars">${repeat(
        this.tools.slice(0, this.shown),
        ({ tool }) => tool,
        (one) => this.#row(one),
      )}</ul>
      ${
        rest > 0
          ? html`<button class="link" @click=${() => this.#more()}>${l10n.t('Show More ({0})', whole(rest))}</button>`
          : nothing
      }
    `;
  }

  #more(): void {
    this.shown += more;
  }

  #row({ tool, covered, cells }: ToolCoverage): TemplateResult {
    const name = toolName(tool);
    const part = cells === 0 ? 1 : covered / cells;
    const rest = l10n.t('parameters and values given. Show this tool.');
    return html`
      <li>
        <button class="bar tone-covered" title=${rest} @click=${() => this.choose({ id: tool, name })}>
          <span class="bar-word mono">${name}</span>
          <span class="bar-track full"><span class="bar-fill" .style=${`inline-size:${part * 100}%`}></span></span>
          <span class="bar-count of-cells">${l10n.t('{0} of {1}', whole(covered), whole(cells))}</span>
          <span class="sr-only">${rest}</span>
        </button>
      </li>
    `;
  }
}

customElements.define('imaginarium-least-covered', LeastCovered);
