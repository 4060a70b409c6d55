/** Says which tool is shown, and is typed into to find another: a combobox with a list of at most 100. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { PanelPlace, PanelTool } from '../../protocol/panel.ts';
import { LightElement } from '../lightElement.ts';
import { whole } from '../text/numbers.ts';
import { preview } from '../text/visible.ts';
import { icon } from './icon.ts';
import './toolChooser.css';

type Tool = PanelPlace['tool'];

interface Option {
  tool: Tool;
  name: string;
  detail: string;
}

export class ToolChooser extends LightElement {
  static override properties = {
    tool: { attribute: false },
    find: { attribute: false },
    choose: { attribute: false },
    open: { state: true },
    options: { state: true },
    active: { state: true },
    failed: { state: true },
  };
  declare tool: Tool;
  declare find: (text: string) => Promise<PanelTool[]>;
  declare choose: (tool: Tool) => void;
  declare open: boolean;
  declare options: readonly Option[];
  declare active: number;
  declare failed: boolean;
  #asked = 0;

  constructor() {
    super();
    this.tool = null;
    this.find = async () => [];
    this.choose = () => {};
    this.open = false;
    this.options = [];
    this.active = -1;
    this.failed = false;
  }

  protected override render(): TemplateResult {
    const active = this.open ? this.options[this.active] : undefined;
    return html`
      <div class="chooser">
        <input
          role="combobox"
          type="text"
          spellcheck="false"
          autocomplete="off"
          aria-label=${l10n.t('Tool')}
          aria-autocomplete="list"
          aria-expanded=${this.open}
          aria-controls="tool-options"
          aria-activedescendant=${active ? `tool-option-${this.active}` : nothing}
          .value=${this.#shownName}
          @focus=${this.#select}
          @click=${this.#openList}
          @input=${this.#typed}
          @keydown=${this.#key}
          @blur=${this.#close}
        />
        ${icon('chevron-down')}
        <ul id="tool-options" role="listbox" aria-label=${l10n.t('Tools')} ?hidden=${!this.open}>
          ${this.options.map((option, index) => this.#option(option, index))}
          ${this.open && this.failed ? this.#say(l10n.t('The tools cannot be listed now.')) : nothing}
          ${this.open && !this.failed && this.options.length === 0 ? this.#say(l10n.t('No tool has this name.')) : nothing}
        </ul>
      </div>
    `;
  }

  get #shownName(): string {
    return this.tool ? preview(this.tool.name) : l10n.t('All tools');
  }

  get #input(): HTMLInputElement | null {
    return this.querySelector('input');
  }

  #say(words: string): TemplateResult {
    return html`<li role="option" aria-selected="false" aria-disabled="true" class="chooser-none">${words}</li>`;
  }

  #option({ tool, name, detail }: Option, index: number): TemplateResult {
    const take = (event: Event): void => {
      event.preventDefault();
      this.#take(tool);
    };
    return html`
      <li
        id=${`tool-option-${index}`}
        role="option"
        class=${index === this.active ? 'active' : ''}
        aria-selected=${(tool?.id ?? null) === (this.tool?.id ?? null)}
        title=${tool ? preview(tool.id) : nothing}
        @mousedown=${take}
      >
        <span class="chooser-name">${name}</span>
        <span class="chooser-detail">${detail}</span>
      </li>
    `;
  }

  #select(): void {
    this.#input?.select();
  }

  #openList(): void {
    if (this.open) return;
    this.open = true;
    this.active = -1;
    void this.#ask('');
  }

  #typed(): void {
    this.open = true;
    void this.#ask(this.#input?.value ?? '');
  }

  async #ask(text: string): Promise<void> {
    const turn = ++this.#asked;
    const all: Option = { tool: null, name: l10n.t('All tools'), detail: '' };
    try {
      const tools = await this.find(text.trim());
      if (turn !== this.#asked) return;
      const found = tools.map(({ id, name, trials }) => ({
        tool: { id, name },
        name: preview(name),
        detail: trials === 1 ? l10n.t('1 trial') : l10n.t('{0} trials', whole(trials)),
      }));
      this.options = text.trim() ? found : [all, ...found];
      this.active = text.trim() && found.length > 0 ? 0 : -1;
      this.failed = false;
    } catch {
      if (turn !== this.#asked) return;
      this.options = text.trim() ? [] : [all];
      this.failed = true;
    }
  }

  async #key(event: KeyboardEvent): Promise<void> {
    const { key } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      if (!this.open) return this.#openList();
      const count = this.options.length;
      const step = key === 'ArrowDown' ? 1 : -1;
      if (count > 0)
        this.active = this.active < 0 ? (step > 0 ? 0 : count - 1) : (this.active + step + count) % count;
      await this.updateComplete;
      this.querySelector('.active')?.scrollIntoView({ block: 'nearest' });
    } else if (key === 'Enter' && this.open) {
      event.preventDefault();
      const option = this.options[this.active];
      if (option) this.#take(option.tool);
    } else if (key === 'Enter') {
      this.#openList();
    } else if (key === 'Escape' && this.open) {
      event.preventDefault();
      this.#close();
      this.#select();
    }
  }

  #take(tool: Tool): void {
    this.#close();
    if ((tool?.id ?? null) !== (this.tool?.id ?? null)) this.choose(tool);
  }

  #close(): void {
    this.#asked += 1;
    this.open = false;
    if (this.#input) this.#input.value = this.#shownName;
  }
}

customElements.define('imaginarium-tool-chooser', ToolChooser);
