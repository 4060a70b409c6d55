import { Cancelled } from '../../src/core/errors.ts';
import type { Clock } from '../../src/models/clock.ts';

interface Sleeper {
  until: number;
  wake: () => void;
}

/**
 * A clock that stands still until a test moves it. With `skips` a sleep moves it at once to its own end: for one caller
 * that waits after another.
 */
export class FakeClock implements Clock {
  time = 0;
  /** What was slept, milliseconds, in the order of the calls. */
  readonly slept: number[] = [];
  readonly #sleepers = new Set<Sleeper>();
  readonly #skips: boolean;
  readonly #epoch: number;

  constructor({ skips = false, epoch = 0 } = {}) {
    this.#skips = skips;
    this.#epoch = epoch;
  }

  get sleeping(): number {
    return this.#sleepers.size;
  }

  now(): number {
    return this.time;
  }

  wall(): number {
    return this.#epoch + this.time;
  }

  sleepUntil(until: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(new Cancelled());
    this.slept.push(until - this.time);
    if (this.#skips) {
      this.time = Math.max(this.time, until);
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const sleeper: Sleeper = { until, wake: resolve };
      this.#sleepers.add(sleeper);
      signal.addEventListener('abort', () => {
        if (this.#sleepers.delete(sleeper)) reject(new Cancelled());
      });
    });
  }

  /** Moves on, waking each sleeper at its own time, and lets everything that follows happen. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      const due = [...this.#sleepers].filter((s) => s.until <= end).sort((a, b) => a.until - b.until)[0];
      if (due === undefined) break;
      this.time = Math.max(this.time, due.until);
      this.#sleepers.delete(due);
      due.wake();
      await settled();
    }
    this.time = end;
    await settled();
  }
}

/** Lets promises that are ready run. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
