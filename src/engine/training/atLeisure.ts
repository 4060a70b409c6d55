import { setImmediate as breathe } from 'node:timers/promises';
import type { Slices } from '../../core/slices.ts';

/** How long others wait at most, about, milliseconds. */
const turn = 10;
/** Pieces between two looks at the clock. */
const pieces = 16;

/** Runs long work in turns of some milliseconds, so that other requests are answered in between. */
export async function atLeisure<T>(slices: Slices<T>): Promise<T> {
  for (;;) {
    const until = performance.now() + turn;
    do {
      for (let piece = 0; piece < pieces; piece += 1) {
        const { done, value } = slices.next();
        if (done) return value;
      }
    } while (performance.now() < until);
    await breathe();
  }
}
