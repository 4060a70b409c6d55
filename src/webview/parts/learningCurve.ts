/**
 * The share of fulfilled trials as they went on. Over the drawing lies one button a stretch, which is what the mouse, the
 * keyboard and a screen reader meet.
 */
import * as l10n from '@vscode/l10n';
import { html, type PropertyValues, type TemplateResult } from 'lit';
import type { CurvePoint } from '../../core/rows.ts';
import { LightElement } from '../lightElement.ts';
import { isOn, type Mark, stretchMark } from '../state/marks.ts';
import { merged } from '../state/stretches.ts';
import { share, whole } from '../text/numbers.ts';
import { stretchWords } from './chips.ts';
import { type Area, Plot } from './plot.ts';
import './learningCurve.css';

/** Pixels that a stretch needs to be pointed at. */
const room = 24;

export class LearningCurve extends LightElement {
  static override properties = {
    points: { attribute: false },
    marks: { attribute: false },
    toggle: { attribute: false },
    shown: { state: true },
    pointed: { state: true },
  };
  declare points: readonly CurvePoint[];
  declare marks: readonly Mark[];
  declare toggle: (mark: Mark) => void;
  declare shown: readonly CurvePoint[];
  /** Index of the stretch under the mouse or the focus. */
  declare pointed: number | null;
  /** Index of the stretch that the Tab key comes to. */
  #current = 0;
  #plot: Plot | null = null;
  readonly #resized = new ResizeObserver(() => this.#draw());
  readonly #themed = new MutationObserver(() => this.#draw());

  constructor() {
    super();
    this.points = [];
    this.marks = [];
    this.toggle = () => {};
    this.shown = [];
    this.pointed = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // The editor says of a new theme by the class of the body, and by variables at the root.
    this.#themed.observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-id'] });
    this.#themed.observe(document.documentElement, { attributeFilter: ['style'] });
    if (this.hasUpdated) this.#resized.observe(this.#box);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#themed.disconnect();
    this.#resized.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
  }

  protected override firstUpdated(): void {
    this.#resized.observe(this.#box);
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('points')) this.#draw();
  }

  get #box(): HTMLElement {
    return this.querySelector<HTMLElement>('.curve-plot') ?? this;
  }

  #draw(): void {
    const width = this.#box.clientWidth;
    if (width === 0) return;
    this.#plot ??= new Plot(this.#box);
    const shown = merged(this.points, Math.floor((width - 56) / room));
    const area = this.#plot.draw(shown);
    this.shown = shown;
    this.#current = Math.min(this.#current, Math.max(0, shown.length - 1));
    this.#place(area);
  }

  #place({ left, top, width, height }: Area): void {
    const over = this.querySelector<HTMLElement>('.curve-stretches');
    if (over) over.style.cssText = `left:${left}px;top:${top}px;width:${width}px;height:${height}px`;
  }

  protected override render(): TemplateResult {
    return html`
      <div class="curve">
        <div class="curve-plot" aria-hidden="true"></div>
        <div
          class="curve-stretches"
          role="group"
          aria-label=${l10n.t('Learning curve, by stretches of trials')}
          @keydown=${this.#move}
          @mouseleave=${() => this.#point(null)}
        >
          ${this.shown.map((point, index) => this.#stretch(point, index))}
        </div>
      </div>
      <p class="curve-words" aria-hidden="true">${this.#words()}</p>
    `;
  }

  #stretch(point: CurvePoint, index: number): TemplateResult {
    const mark = stretchMark(this.shown, index);
    const total = this.shown.at(-1)?.trials ?? 1;
    const left = ((point.trials - point.inStretch) / total) * 100;
    const width = (point.inStretch / total) * 100;
    return html`
      <button
        class="stretch"
        tabindex=${index === this.#current ? 0 : -1}
        aria-pressed=${mark !== null && isOn(this.marks, mark)}
        aria-label=${spokenStretch(this.shown, index)}
        .style=${`left:${left}%;width:${width}%`}
        @click=${() => mark && this.toggle(mark)}
        @mouseenter=${() => this.#point(index)}
        @focus=${() => this.#point(index)}
        @blur=${() => this.#point(null)}
      ></button>
    `;
  }

  #point(index: number | null): void {
    this.pointed = index;
  }

  #words(): string {
    if (this.pointed !== null) return spokenStretch(this.shown, this.pointed);
    const all = this.points.reduce((sum, { inStretch }) => sum + inStretch, 0);
    const fulfilled = this.points.reduce((sum, point) => sum + point.fulfilled, 0);
    return l10n.t('{0} of {1} trials fulfilled', share(fulfilled, all) || '0', whole(all));
  }

  #move(event: KeyboardEvent): void {
    const last = this.shown.length - 1;
    const to = { ArrowLeft: this.#current - 1, ArrowRight: this.#current + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#current = Math.max(0, Math.min(last, to));
    this.requestUpdate();
    this.querySelectorAll<HTMLElement>('.stretch')[this.#current]?.focus();
  }
}

function spokenStretch(points: readonly CurvePoint[], index: number): string {
  const point = points[index];
  const mark = stretchMark(points, index);
  if (!point || !mark) return '';
  const { fulfilled, inStretch } = point;
  const part = share(fulfilled, inStretch) || '0';
  return l10n.t(
    '{0}: {1} fulfilled ({2} of {3})',
    stretchWords(mark),
    part,
    whole(fulfilled),
    whole(inStretch),
  );
}

customElements.define('imaginarium-learning-curve', LearningCurve);
