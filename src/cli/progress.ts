import { MultiBar, type SingleBar } from 'cli-progress';
import type { EngineEvent, TrialRow } from '../protocol/engine.ts';
import type { Terminal } from './terminal.ts';
import { counted, oneLine, padded, shortened } from './text.ts';
import { markOf } from './trialText.ts';

/** What a person sees while a run goes on: a line a trial and, on a terminal, a bar below. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #nameOf: (id: string) => string;
  readonly #nameWidth: number;
  readonly #bars: MultiBar | null;
  readonly #bar: SingleBar | null;
  /** What each tool is at. */
  readonly #doing = new Map<string, string>();
  /** Lines that wait to be drawn above the bar. */
  #waiting: string[] = [];
  /** A second Ctrl-C ends the process at once: the cursor must not stay hidden. */
  readonly #onExit = () => this.#bars?.stop();
  #done: number;
  #examples = 0;

  /** `done`: trials that an earlier process has finished. `stream`: the terminal, where somebody looks at it. */
  constructor(
    terminal: Terminal,
    run: { tools: readonly string[]; planned: number; done: number },
    nameOf: (id: string) => string,
    stream: NodeJS.WriteStream = process.stderr,
  ) {
    this.#terminal = terminal;
    this.#nameOf = nameOf;
    this.#done = run.done;
    this.#nameWidth = Math.max(...run.tools.map((id) => nameOf(id).length), 4);
    this.#bars = terminal.live
      ? new MultiBar({
          format: '{bar} {value} of at most {total} trials · {learned} · {doing}',
          barsize: 20,
          barCompleteChar: '█',
          barIncompleteChar: '░',
          hideCursor: true,
          clearOnComplete: true,
          linewrap: false,
          gracefulExit: false,
          stream,
        })
      : null;
    this.#bars?.on('redraw-pre', () => {
      this.#waiting = [];
    });
    if (this.#bars) process.once('exit', this.#onExit);
    this.#bar = this.#bars?.create(run.planned, run.done, this.#state()) ?? null;
  }

  follow(event: EngineEvent): void {
    if (event.type === 'trial') this.#trial(event.row);
    if (event.type === 'progress') this.#doing.set(event.tool, event.doing);
    if (event.type === 'notice') {
      const { sayColors } = this.#terminal;
      const word = event.severity === 'info' ? '' : `${sayColors.yellow(event.severity)}: `;
      this.say(`${word}${oneLine(event.message)} ${oneLine(event.advice)}`.trimEnd());
    }
    this.#bar?.update(this.#done, this.#state());
  }

  /** A line above the bar. */
  say(line: string): void {
    if (!this.#bars) this.#terminal.say(line);
    else {
      this.#waiting.push(line);
      this.#bars.log(`${line}\n`);
    }
  }

  /** Takes the bar away; what has not been drawn yet is said. */
  end(): void {
    if (!this.#bars) return;
    process.off('exit', this.#onExit);
    this.#bars.stop();
    for (const line of this.#waiting.splice(0)) this.#terminal.say(line);
  }

  #trial(row: TrialRow): void {
    this.#done += 1;
    if (row.example) this.#examples += 1;
    this.#doing.delete(row.tool);
    const { sayColors, width } = this.#terminal;
    const failures = row.failures.length > 0 ? ` ${sayColors.red(row.failures.join(' '))}` : '';
    const head = `${markOf(row.outcome, sayColors)} ${padded(this.#nameOf(row.tool), this.#nameWidth)}`;
    const place = padded(`${row.episode}.${row.trial}`, 5);
    const used = this.#nameWidth + 24 + row.failures.join(' ').length;
    const query = shortened(oneLine(row.query), Math.max(24, width - used));
    this.say(`${head}  ${place} ${padded(row.outcome, 11)}${failures} ${sayColors.dim(query)}`.trimEnd());
  }

  #state() {
    const [busy] = [...this.#doing].map(([tool, doing]) => `${this.#nameOf(tool)}: ${doing}`);
    return { learned: counted(this.#examples, 'example'), doing: busy ?? '' };
  }
}
