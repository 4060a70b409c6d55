/**
 * The text of a trial as it is written, line by line, with its sections and links. Indentation is its grammar: sections stand
 * at column 0, parts, facts and notes at column 2, and what a tool, a model or a call said at column 4 and beyond, on every
 * line of it. So nothing that they say can look like a line of ours; `syntaxes/trial.tmLanguage.json` colours by that alone.
 */
import * as l10n from '@vscode/l10n';
import type { CommandName } from '../../protocol/contributions.ts';
import { number } from '../state/counts.ts';
import type { Target } from '../target.ts';
import { cutText, shownJson, shownText } from './plainText.ts';
import { prettyJson } from './prettyJson.ts';

export type SectionKind =
  | 'trial'
  | 'query'
  | 'step'
  | 'thought'
  | 'call'
  | 'observation'
  | 'failure'
  | 'fix'
  | 'answer'
  | 'reflection'
  | 'example'
  | 'error'
  | 'details';

/** A piece of the document that folds and stands in the outline. Lines count from 0; `endLine` is its last one. */
export interface TrialSection {
  kind: SectionKind;
  /** Of a step with its tool. */
  label: string;
  /** Said beside the label; may be empty. */
  detail: string;
  line: number;
  endLine: number;
  children: TrialSection[];
}

/** A place that a click follows. Made from data as the line is written; no text is ever searched for links. */
export interface TrialLink {
  line: number;
  /** Columns in UTF-16 units. */
  start: number;
  end: number;
  command: CommandName;
  target: Target;
  tooltip: string;
}

export interface TrialText {
  text: string;
  sections: TrialSection[];
  links: TrialLink[];
}

/** A piece of a line of facts: plain, or with a link on it. */
export type Piece = string | { text: string; link: Pick<TrialLink, 'command' | 'target' | 'tooltip'> };

/** Of one said text, at most so many characters are shown (UTF-16 units). */
export const saidLimit = 200_000;

export class Page {
  readonly #lines: string[] = [];
  readonly #links: TrialLink[] = [];
  readonly #sections: TrialSection[] = [];
  readonly #raw: Piece;

  /** @param raw leads to the whole of a text that is cut */
  constructor(raw: Piece) {
    this.#raw = raw;
  }

  /** Begins a section: `label`, and beside it what says how it went. */
  section(kind: SectionKind, label: string, ...beside: string[]): void {
    this.#close();
    if (this.#lines.length > 0) this.#lines.push('');
    this.#sections.push(this.#open(kind, label, beside));
    this.#lines.push([label, ...beside].filter(Boolean).join('  '));
  }

  /** Begins a part of the section. `sign` says what it is, in any language. */
  part(kind: SectionKind, sign: '' | '→' | '←' | '✗' | '✓', label: string, ...beside: string[]): void {
    this.#closePart();
    this.#sections.at(-1)?.children.push(this.#open(kind, label, beside));
    this.#lines.push(`  ${[[sign, label].filter(Boolean).join(' '), ...beside].filter(Boolean).join('  ')}`);
  }

  /** What was said; JSON is laid out. */
  said(text: string): void {
    const cut = cutText(text, saidLimit);
    const pretty = cut.left === 0 ? prettyJson(text) : null;
    const shown = pretty === null ? shownText(cut.text) : shownJson(pretty);
    for (const line of shown.split('\n')) this.#lines.push(`    ${line}`);
    if (cut.left > 0) {
      const more = l10n.t('{0} more characters are not shown here.', number(cut.left));
      this.#pieces('  – ', [`${more} `, this.#raw]);
    }
  }

  /** A remark of ours; `⚠` for what must not be missed. */
  note(text: string, sign: '–' | '⚠' = '–'): void {
    this.#lines.push(`  ${sign} ${text}`);
  }

  /** Rows of a label and what there is to say, aligned. */
  facts(rows: readonly (readonly [label: string, ...pieces: Piece[]])[]): void {
    const width = Math.max(...rows.map(([label]) => label.length));
    for (const [label, ...pieces] of rows) this.#pieces(`  ${label.padEnd(width)}  `, pieces);
  }

  finish(): TrialText {
    this.#close();
    return { text: `${this.#lines.join('\n')}\n`, sections: this.#sections, links: this.#links };
  }

  #pieces(before: string, pieces: readonly Piece[]): void {
    let text = before;
    for (const piece of pieces) {
      if (typeof piece === 'string') text += piece;
      else {
        const start = text.length;
        text += piece.text;
        this.#links.push({ line: this.#lines.length, start, end: text.length, ...piece.link });
      }
    }
    this.#lines.push(text);
  }

  #open(kind: SectionKind, label: string, beside: readonly string[]): TrialSection {
    const line = this.#lines.length;
    const said = beside.filter(Boolean);
    const name = kind === 'step' && said.length > 1 ? `${label} · ${said.shift()}` : label;
    return { kind, label: name, detail: said.join(' '), line, endLine: line, children: [] };
  }

  #close(): void {
    this.#closePart();
    const section = this.#sections.at(-1);
    if (section) section.endLine = this.#lines.length - 1;
  }

  #closePart(): void {
    const part = this.#sections.at(-1)?.children.at(-1);
    if (part) part.endLine = this.#lines.length - 1;
  }
}
