/**
 * A window that can only read is told nothing by whoever explores: it asks now and then how far they are, and whether they
 * have ended.
 */
import type { EngineLink } from '../link/engineLink.ts';
import { syncAll } from './sync.ts';
import type { Workbench } from './workbench.ts';

/** As often as the engine looks whether it still can only read, milliseconds. */
const pace = 5000;

export class WatchOthers {
  readonly #link: EngineLink;
  readonly #workbench: Workbench;
  readonly #log: (error: unknown) => void;
  readonly #listening: { dispose(): void };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking = false;

  constructor(link: EngineLink, workbench: Workbench, log: (error: unknown) => void) {
    this.#link = link;
    this.#workbench = workbench;
    this.#log = log;
    this.#listening = workbench.onChange.listen(() => this.#look());
    this.#look();
  }

  dispose(): void {
    this.#listening.dispose();
    clearTimeout(this.#timer);
  }

  #look(): void {
    const wanted = this.#workbench.engine?.readOnly === true && this.#link.state === 'ready';
    if (!wanted) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    } else if (!this.#asking) this.#timer ??= setTimeout(() => void this.#ask(), pace);
  }

  async #ask(): Promise<void> {
    this.#timer = undefined;
    this.#asking = true;
    try {
      await syncAll(this.#link, this.#workbench);
    } catch (error) {
      // The engine went away meanwhile: its next start asks for everything.
      this.#log(error);
    }
    this.#asking = false;
    this.#look();
  }
}
