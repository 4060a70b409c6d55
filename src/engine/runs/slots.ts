import { Cancelled } from '../../core/errors.ts';

/**
 * A fixed number of places to work in, given out in the order of asking. A holder may step aside while it waits for a
 * person, so that somebody else can work.
 */
export class Slots {
  #free: number;
  #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Does `work` in a slot. Rejects with `Cancelled` when the signal is aborted before there is one. */
  async use<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#take(signal);
    try {
      return await work();
    } finally {
      this.#give();
    }
  }

  /** To be called from within `use`: gives the slot away during `wait` and takes one again afterwards. */
  async stepAside<T>(wait: () => Promise<T>): Promise<T> {
    this.#give();
    try {
      return await wait();
    } finally {
      await this.#take(null);
    }
  }

  #take(signal: AbortSignal | null): Promise<void> {
    if (signal?.aborted) return Promise.reject(new Cancelled());
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const cancel = () => {
        this.#waiting = this.#waiting.filter((other) => other !== enter);
        reject(new Cancelled());
      };
      const enter = () => {
        signal?.removeEventListener('abort', cancel);
        resolve();
      };
      this.#waiting.push(enter);
      signal?.addEventListener('abort', cancel, { once: true });
    });
  }

  #give(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}
