import { SingleBar } from 'cli-progress';
import type { Job } from '../core/job.ts';
import type { Engine } from '../engine/engine.ts';
import { type Cli, type ExitCode, exitCodes } from './cli.ts';
import { higherLimit } from './runReport.ts';
import type { Terminal } from './terminal.ts';
import { counted, oneLine, shortened } from './text.ts';

/** Without a terminal, how often progress is said: at most this many lines a job. */
const saidLines = 10;

/**
 * Begins a job, or goes on with one, shows on standard error how far it is, and stops it when the person wants that, also
 * while it is still being begun. Resolves when it has ended, however it did; `seconds` it took in this process.
 *
 * @param steps what its steps are called, for instance `answers`
 */
export async function followJob(
  cli: Cli,
  engine: Engine,
  begin: () => Promise<Job>,
  steps: string,
): Promise<{ job: Job; seconds: number }> {
  const began = performance.now();
  const progress = new JobProgress(cli.terminal, steps);
  let id: string | null = null;
  let interrupted = false;
  const leave = engine.onEvent((events) => {
    for (const event of events)
      if (event.type === 'job' && event.job.id === id) progress.follow(event.job, event.doing);
  });
  const forget = cli.onInterrupt(() => {
    interrupted = true;
    cli.terminal.say('Stopping…');
    if (id !== null) void engine.jobs.stop();
  });
  try {
    const begun = await begin();
    id = begun.id;
    if (interrupted) void engine.jobs.stop();
    const job = await engine.jobs.finished(id);
    return { job, seconds: Math.round(performance.now() - began) / 1000 };
  } finally {
    progress.end();
    leave();
    forget();
  }
}

/** What the command ends with: a job whose budget is used up has done what it was asked. */
export function exitCodeOf({ status }: Pick<Job, 'status'>): ExitCode {
  if (status === 'failed' || status === 'interrupted') return exitCodes.failed;
  return status === 'stopped' ? exitCodes.stopped : exitCodes.done;
}

/**
 * How a job ended and what it took, and how to go on with one that is not finished.
 *
 * @param command this command as it is typed again, for instance `imaginarium verify`
 */
export function jobEnding(
  job: Job,
  seconds: number,
  colors: Terminal['colors'],
  command: string,
  steps: string,
): string[] {
  const { usage, done, of, error } = job;
  const tokens = usage.inputTokens + usage.outputTokens;
  const money = usage.usd === null ? 'price not known' : `$${usage.usd.toFixed(usage.usd < 1 ? 4 : 2)}`;
  const took =
    job.model === null
      ? ''
      : `; ${counted(usage.modelCalls, 'model call')}, ${counted(tokens, 'token')}, ${money}`;
  const lines = [`${endWord(job, colors)}: ${done} of ${of} ${steps}${took}; ${seconds.toFixed(1)} s.`];
  if (error) lines.push(oneLine(`${error.message} ${error.advice}`));
  if (job.status !== 'finished') lines.push(`Go on with: ${command} --resume ${job.id}${higherLimit(job)}`);
  return lines;
}

function endWord({ status }: Job, colors: Terminal['colors']): string {
  switch (status) {
    case 'finished':
      return colors.green('Finished');
    case 'stopped':
      return colors.yellow('Stopped');
    case 'budget':
      return colors.yellow('The budget is used up');
    default:
      return colors.red('Failed');
  }
}

/** A bar on a terminal, a line now and then elsewhere. */
class JobProgress {
  readonly #terminal: Terminal;
  readonly #steps: string;
  #bar: SingleBar | null = null;
  #said = 0;
  /** A second Ctrl-C ends the process at once: the cursor must not stay hidden. */
  readonly #onExit = () => this.#bar?.stop();

  constructor(terminal: Terminal, steps: string) {
    this.#terminal = terminal;
    this.#steps = steps;
  }

  follow({ done, of, status }: Job, doing = ''): void {
    if (of === 0 || status !== 'running') return;
    if (this.#terminal.live) this.#draw(done, of, shortened(oneLine(doing), 60));
    else this.#say(done, of);
  }

  #draw(done: number, of: number, shown: string): void {
    if (this.#bar === null) {
      this.#bar = new SingleBar({
        format: `{bar} {value} of {total} ${this.#steps} · {doing}`,
        barsize: 20,
        barCompleteChar: '█',
        barIncompleteChar: '░',
        hideCursor: true,
        clearOnComplete: true,
        linewrap: false,
        gracefulExit: false,
      });
      process.once('exit', this.#onExit);
      this.#bar.start(of, done, { doing: shown });
    }
    this.#bar.setTotal(of);
    this.#bar.update(done, { doing: shown });
  }

  end(): void {
    if (this.#bar === null) return;
    process.off('exit', this.#onExit);
    this.#bar.stop();
  }

  #say(done: number, of: number): void {
    const part = Math.floor((done / of) * saidLines);
    if (part <= this.#said || done === of) return;
    this.#said = part;
    this.#terminal.say(`${done} of ${of} ${this.#steps}`);
  }
}
