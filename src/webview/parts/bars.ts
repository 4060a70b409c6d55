/** Counts as bars, each a button that filters: the words, the bar, the number, the share. */
import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { share, whole } from '../text/numbers.ts';
import './bars.css';

export interface Bar {
  key: string;
  word: string;
  count: number;
  /** Class that colours it. */
  tone: string;
  on: boolean;
  /** What a screen reader says after word, number and share: of what they are. */
  rest: string;
  /** Explains the word, where it does not explain itself. */
  why?: string;
}

export function bars(items: readonly Bar[], all: number, toggle: (key: string) => void): TemplateResult {
  const longest = Math.max(1, ...items.map(({ count }) => count));
  const one = ({ key, word, count, tone, on, rest, why }: Bar): TemplateResult => html`
    <li>
      <button class="bar tone-${tone}" aria-pressed=${on} @click=${() => toggle(key)}>
        <span class="bar-word" title=${why ?? word}>${word}</span>
        <span class="bar-track"><span class="bar-fill" .style=${fill(count, longest)}></span></span>
        <span class="bar-count">${whole(count)}</span>
        <span class="bar-share">${share(count, all)}</span>
        <span class="sr-only">${rest}</span>
      </button>
    </li>
  `;
  return html`<ul class="bars">${repeat(items, ({ key }) => key, one)}</ul>`;
}

/** Set through the object model: the page's policy takes no style attributes. */
function fill(count: number, longest: number): string {
  return count === 0 ? 'display:none' : `inline-size:${(count / longest) * 100}%`;
}
