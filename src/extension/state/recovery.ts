/** What happens to the workbench and its runs when the engine comes, dies and comes back. */
import { engine } from '../../protocol/engine.ts';
import type { EngineLink, LinkState } from '../link/engineLink.ts';
import { ResumeOnce } from './resumeOnce.ts';
import { subject } from './runTexts.ts';
import { syncAll } from './sync.ts';
import type { Workbench } from './workbench.ts';

export interface RecoveryOptions {
  link: EngineLink;
  workbench: Workbench;
  /** A run was cut off and does not go on by itself. `what` names its tools. */
  ask: (runId: string, what: string) => void;
  /** One line for the log. */
  note: (line: string) => void;
  log: (error: unknown) => void;
}

export class Recovery {
  readonly #options: RecoveryOptions;
  readonly #once = new ResumeOnce();
  /** Runs that were cut off and are on their way back. */
  readonly #returning = new Set<string>();

  constructor(options: RecoveryOptions) {
    this.#options = options;
  }

  /** To be told of every state of the link. */
  hear(state: LinkState): void {
    const { workbench } = this.#options;
    if (state === 'restarting' || state === 'away') {
      this.#once.died([...workbench.running.map((run) => run.id), ...this.#returning]);
      this.#returning.clear();
      if (state === 'restarting') for (const id of this.#once.waiting) this.#returning.add(id);
    }
    if (state === 'away') this.#askAll(this.#once.giveUp());
    workbench.set({ link: state });
    if (state === 'ready') void this.#ready();
  }

  /** Whether a run goes on, in the engine or as soon as there is one again. */
  isUnderWay(runId: string): boolean {
    const { workbench } = this.#options;
    if (this.#returning.has(runId)) return true;
    return workbench.link !== 'away' && workbench.running.some((run) => run.id === runId);
  }

  async #ready(): Promise<void> {
    const { link, workbench, log } = this.#options;
    const { resume, ask } = this.#once.back();
    try {
      for (const runId of resume) await this.#resume(runId);
      await syncAll(link, workbench);
    } catch (error) {
      log(error);
    }
    for (const id of [...resume, ...ask]) this.#returning.delete(id);
    workbench.onChange.fire();
    this.#askAll(ask);
  }

  async #resume(runId: string): Promise<void> {
    const { link, workbench, note } = this.#options;
    note(`The engine ended while the run ${runId} was on: it goes on by itself, once.`);
    const answer = await link.request(engine.resume, { runId });
    if ('runId' in answer) workbench.own(runId);
    else note(answer.nothing);
  }

  #askAll(runIds: readonly string[]): void {
    for (const id of runIds) {
      this.#options.ask(id, subject(this.#options.workbench.run(id)?.tools ?? []));
    }
  }
}
