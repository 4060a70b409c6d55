/** The drawing of the learning curve: a canvas in the colours of the theme, which a canvas has to be told. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { CurvePoint } from '../../core/rows.ts';
import { share, whole } from '../text/numbers.ts';

/** Place of the plotting area in its box, pixels. */
export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Above, so that a full score is seen; on the right, so that the last number is. */
const padding: [number, number, number, number] = [8, 16, 0, 0];

export class Plot {
  readonly #box: HTMLElement;
  #plot: uPlot | null = null;

  /** Draws into `box`, and takes its size from it. */
  constructor(box: HTMLElement) {
    this.#box = box;
  }

  /** Draws anew: colours, size and data are as they are now. */
  draw(points: readonly CurvePoint[]): Area {
    this.#plot?.destroy();
    const total = points.at(-1)?.trials ?? 0;
    // A stretch is drawn at its middle.
    const xs = points.map(({ trials, inStretch }) => trials - inStretch / 2);
    const ys = points.map(({ fulfilled, inStretch }) => fulfilled / Math.max(1, inStretch));
    this.#plot = new uPlot(this.#options(total), [xs, ys], this.#box);
    const { left, top, width, height } = this.#plot.bbox;
    const scale = uPlot.pxRatio;
    return { left: left / scale, top: top / scale, width: width / scale, height: height / scale };
  }

  destroy(): void {
    this.#plot?.destroy();
    this.#plot = null;
  }

  #options(total: number): uPlot.Options {
    const style = getComputedStyle(this.#box);
    const colour = (name: string, otherwise: string): string =>
      style.getPropertyValue(name).trim() || otherwise;
    const text = colour('--vscode-descriptionForeground', style.color);
    const line = colour('--curve', style.color);
    const grid = { stroke: colour('--line-solid', text), width: 1 };
    const font = `11px ${style.fontFamily}`;
    return {
      width: this.#box.clientWidth,
      height: this.#box.clientHeight,
      padding,
      cursor: { show: false },
      legend: { show: false },
      select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      scales: { x: { time: false, range: [0, Math.max(1, total)] }, y: { range: [0, 1] } },
      axes: [
        {
          stroke: text,
          font,
          size: 22,
          gap: 4,
          space: 60,
          incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5],
          grid: { show: false },
          ticks: { ...grid, size: 4 },
          values: (_plot, splits) => splits.map(whole),
        },
        {
          stroke: text,
          font,
          size: 40,
          gap: 6,
          splits: () => [0, 0.5, 1],
          grid,
          ticks: { show: false },
          values: (_plot, splits) => splits.map((value) => share(value, 1) || '0'),
        },
      ],
      series: [
        {},
        { stroke: line, width: 2, points: { show: true, size: 7, width: 1.5, stroke: line, fill: line } },
      ],
    };
  }
}
