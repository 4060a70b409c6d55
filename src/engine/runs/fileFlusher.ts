import { StoreFailure } from '../errors.ts';

/** How long examples may wait for their file, milliseconds: many trials become one writing. */
const usualDelay = 250;

/**
 * Has the files of examples and lessons written now and then while a run goes on. A trial never waits for them: they are
 * safe in the database, marked as not yet written.
 */
export class FileFlusher {
  readonly #write: () => Promise<void>;
  readonly #onFailure: (error: StoreFailure) => void;
  readonly #delay: number;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

  /** `onFailure` hears of a writing that failed while nobody waited for it. */
  constructor(write: () => Promise<void>, onFailure: (error: StoreFailure) => void, delay = usualDelay) {
    this.#write = write;
    this.#onFailure = onFailure;
    this.#delay = delay;
  }

  /** There is something new to write, soon. */
  soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#next().catch((error: unknown) => this.#onFailure(new StoreFailure(error)));
    }, this.#delay);
  }

  /** Writes everything now. Rejects with `StoreFailure`. */
  async now(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    try {
      await this.#next();
    } catch (error) {
      throw new StoreFailure(error);
    }
  }

  /** One writing after the other; a failed one does not hold up the next. */
  #next(): Promise<void> {
    const writing = this.#writing.then(() => this.#write());
    this.#writing = writing.catch(() => {});
    return writing;
  }
}
