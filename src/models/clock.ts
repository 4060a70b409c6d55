import { performance } from 'node:perf_hooks';
import { Cancelled } from '../core/errors.ts';

/** Time as the adapters need it; tests hand in their own. */
export interface Clock {
  /** Milliseconds that never jump. */
  now(): number;
  /** Milliseconds since 1970. Only to read dates that a server names. */
  wall(): number;
  /** Resolves when `now()` has reached `until`, never before; rejects with `Cancelled` as soon as the signal is aborted. */
  sleepUntil(until: number, signal: AbortSignal): Promise<void>;
}

/** The most that a timer of Node can wait; longer sleeps are made of several. */
const longestTimer = 2 ** 31 - 1;

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      signal.removeEventListener('abort', stop);
      resolve();
    };
    const timer = setTimeout(end, Math.min(ms, longestTimer));
    const stop = (): void => {
      clearTimeout(timer);
      reject(new Cancelled());
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}

export const systemClock: Clock = {
  now: () => performance.now(),
  wall: () => Date.now(),
  async sleepUntil(until, signal) {
    // A timer may fire a fraction of a millisecond early; what a server told us to wait is waited to the end.
    for (let left = until - performance.now(); left > 0; left = until - performance.now()) {
      if (signal.aborted) throw new Cancelled();
      await sleep(Math.ceil(left), signal);
    }
    if (signal.aborted) throw new Cancelled();
  },
};
