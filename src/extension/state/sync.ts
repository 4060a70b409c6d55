/** Keeps the workbench equal to what the engine says. */
import { type EngineEvent, engine } from '../../protocol/engine.ts';
import type { EngineLink } from '../link/engineLink.ts';
import type { Workbench } from './workbench.ts';

/** After a change the next one is asked about no sooner than this, milliseconds: a run changes counts all the time. */
const pace = 300;

/** Asks for the state and the first level of the catalogue, after a start of the engine. Rejects as `EngineLink.request`. */
export async function syncAll(link: EngineLink, workbench: Workbench): Promise<void> {
  const [state, sources] = await Promise.all([
    link.request(engine.state, {}),
    link.request(engine.sources, {}),
  ]);
  workbench.setEngine(state, sources);
}

/** Asks for the first level when the catalogue has changed: at once, and then at a pace for what comes meanwhile. */
export class CatalogueSync {
  readonly #link: EngineLink;
  readonly #workbench: Workbench;
  readonly #log: (error: unknown) => void;
  readonly #pace: number;
  #changed = false;
  #asking = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(link: EngineLink, workbench: Workbench, log: (error: unknown) => void, every = pace) {
    this.#link = link;
    this.#workbench = workbench;
    this.#log = log;
    this.#pace = every;
  }

  hear(events: readonly EngineEvent[]): void {
    if (!events.some((event) => event.type === 'catalogue')) return;
    this.#changed = true;
    if (!this.#asking && this.#timer === undefined) void this.#ask();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    this.#changed = false;
    try {
      this.#workbench.setSources(await this.#link.request(engine.sources, {}));
    } catch (error) {
      // The engine went away meanwhile: the next start asks for everything.
      this.#log(error);
    }
    this.#asking = false;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#changed) void this.#ask();
    }, this.#pace);
  }
}
