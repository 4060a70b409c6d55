import { setTimeout as wait } from 'node:timers/promises';

/**
 * What `look` finds, as soon as it finds something.
 *
 * @throws Error with `what` when it has found nothing after `limit` milliseconds
 */
export async function eventually<T>(
  what: string,
  look: () => T | Promise<T>,
  limit = 15_000,
): Promise<Exclude<T, false | null | undefined>> {
  const until = performance.now() + limit;
  for (;;) {
    const found = await look();
    if (found) return found as Exclude<T, false | null | undefined>;
    if (performance.now() > until) throw new Error(`Not after ${limit} ms: ${what}`);
    await wait(20);
  }
}
