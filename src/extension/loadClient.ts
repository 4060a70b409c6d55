import type * as Client from './client.ts';

/** The second stage, loaded now: the build leaves it a file of its own beside the first. */
export function loadClient(): Promise<typeof Client> {
  return import('./client.ts');
}
