/** Keeps the workbench equal to what the engine says. */
import { type EngineEvent, engine } from '../../protocol/engine.ts';
import type { EngineLink } from '../link/engineLink.ts';
import type { Workbench } from './workbench.ts';

/** Asks for everything, after a start of the engine. Rejects as `EngineLink.request` does. */
export async function syncAll(link: EngineLink, workbench: Workbench): Promise<void> {
  const [state, catalogue] = await Promise.all([
    link.request(engine.state, {}),
    link.request(engine.catalogue, {}),
  ]);
  workbench.setEngine(state, catalogue);
}

/** Fetches the catalogue when it has changed: one request at a time, and one more for what came meanwhile. */
export class CatalogueSync {
  readonly #link: EngineLink;
  readonly #workbench: Workbench;
  readonly #log: (error: unknown) => void;
  #wanted = 0;
  #fetching = false;

  constructor(link: EngineLink, workbench: Workbench, log: (error: unknown) => void) {
    this.#link = link;
    this.#workbench = workbench;
    this.#log = log;
  }

  hear(events: readonly EngineEvent[]): void {
    const newest = events.findLast((event) => event.type === 'catalogue');
    if (!newest) return;
    this.#wanted = newest.version;
    if (!this.#fetching) void this.#fetch();
  }

  async #fetch(): Promise<void> {
    this.#fetching = true;
    try {
      let got = -1;
      while (got !== this.#wanted) {
        got = this.#wanted;
        this.#workbench.setCatalogue(await this.#link.request(engine.catalogue, {}));
      }
    } catch (error) {
      // The engine went away meanwhile: the next start asks for everything.
      this.#log(error);
    } finally {
      this.#fetching = false;
    }
  }
}
