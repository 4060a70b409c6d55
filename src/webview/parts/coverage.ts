/** Of one tool: which parameters and values calls have given, how often, and how often such a call failed. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { CoverageMark } from '../../core/rows.ts';
import { coverageMark, isOn, type Mark } from '../state/marks.ts';
import { whole } from '../text/numbers.ts';
import { preview } from '../text/visible.ts';
import { argumentName } from './argumentName.ts';
import { isBeyond } from './beyond.ts';
import './coverage.css';

export function coverage(
  cells: readonly CoverageMark[],
  marks: readonly Mark[],
  toggle: (mark: Mark) => void,
): TemplateResult {
  const most = Math.max(1, ...cells.map(({ calls }) => calls));
  const cell = (mark: CoverageMark): TemplateResult => {
    const { calls, failed, value } = mark;
    const beyond = isBeyond(mark, cells);
    const level = calls === 0 ? 0 : 0.2 + 0.8 * (Math.log1p(calls) / Math.log1p(most));
    const name = argumentName(mark.pointer);
    return html`
      <button
        class="cell ${value === null ? 'parameter' : ''} ${calls === 0 ? 'untouched' : ''} ${beyond ? 'beyond' : ''}"
        aria-pressed=${isOn(marks, coverageMark(mark))}
        title=${cellWords(mark, beyond)}
        .style=${`--level:${level};--failed:${calls === 0 ? 0 : failed / calls}`}
        @click=${() => toggle(coverageMark(mark))}
      >
        ${value === null ? nothing : html`<span class="sr-only">${name} = </span>`}
        <span class="cell-name">${value === null ? name : preview(value)}</span>
        <span class="cell-calls">${whole(calls)}</span>
        <span class="sr-only">${restWords(mark, beyond)}</span>
        ${failed > 0 ? html`<span class="cell-failed"></span>` : nothing}
      </button>
    `;
  };
  const row = ([parameter, values]: Parameter): TemplateResult => html`
    <li>
      ${cell(parameter)}
      ${values.length > 0 ? html`<ul class="values">${values.map((value) => html`<li>${cell(value)}</li>`)}</ul>` : nothing}
    </li>
  `;
  return html`
    <ul class="coverage">${parameters(cells).map(row)}</ul>
    <p class="legend">
      <span><span class="swatch swatch-calls"></span>${l10n.t('calls')}</span>
      <span><span class="swatch swatch-failed"></span>${l10n.t('of them failed')}</span>
      <span><span class="swatch swatch-untouched"></span>${l10n.t('never given')}</span>
      ${cells.some((mark) => isBeyond(mark, cells)) ? html`<span><i class="mono">abc</i>${l10n.t('not in the spec')}</span>` : nothing}
    </p>
  `;
}

type Parameter = [CoverageMark, CoverageMark[]];

/** Each parameter with its values. */
export function parameters(cells: readonly CoverageMark[]): Parameter[] {
  const found = new Map<string, Parameter>();
  for (const cell of cells) {
    const known = found.get(cell.pointer);
    if (cell.value !== null && known) known[1].push(cell);
    else if (cell.value === null) found.set(cell.pointer, [cell, known?.[1] ?? []]);
    // A value whose parameter is not told of: drawn under one without calls.
    else found.set(cell.pointer, [{ ...cell, value: null, calls: 0, failed: 0 }, [cell]]);
  }
  return [...found.values()];
}

/** The tooltip of a cell. */
export function cellWords(mark: CoverageMark, beyond: boolean): string {
  const { pointer, value, calls, failed } = mark;
  const name = argumentName(pointer);
  const what = value === null ? name : l10n.t('{0} = {1}', name, preview(value));
  const words = calls === 0 ? l10n.t('{0}: never given', what) : oftenWords(what, calls, failed);
  return beyond ? l10n.t('{0} (not in the spec)', words) : words;
}

function oftenWords(what: string, calls: number, failed: number): string {
  if (calls === 1) return l10n.t('{0}: 1 call, {1} failed', what, whole(failed));
  return l10n.t('{0}: {1} calls, {2} failed', what, whole(calls), whole(failed));
}

/** What a screen reader says after the name and the number of calls. */
function restWords({ calls, failed }: CoverageMark, beyond: boolean): string {
  const often =
    calls === 1 ? l10n.t('call, {0} failed', whole(failed)) : l10n.t('calls, {0} failed', whole(failed));
  return beyond ? l10n.t('{0}, not in the spec', often) : often;
}
