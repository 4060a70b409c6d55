import { Cancelled } from '../core/errors.ts';

/** An attempt took longer than it may. */
export class TimeLimitReached extends Error {
  override readonly name = 'TimeLimitReached';
}

/**
 * Does the work under a time limit, milliseconds. Rejects with `TimeLimitReached`, or with `Cancelled` as soon as the
 * signal is aborted, without waiting for the work to notice; the work is told by the signal that it gets.
 */
export function withTimeLimit<T>(
  ms: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const end = (error: Error): void => {
      reject(error);
      controller.abort();
    };
    const stop = (): void => end(new Cancelled());
    if (signal.aborted) {
      stop();
      return;
    }
    const timer = setTimeout(() => end(new TimeLimitReached()), ms);
    signal.addEventListener('abort', stop, { once: true });
    work(controller.signal)
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
      });
  });
}
