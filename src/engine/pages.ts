import type { Page } from '../protocol/engine.ts';

/** These rows and nothing after them. */
export function pageOf<T>(rows: T[]): Page<T> {
  return { rows, next: null };
}
