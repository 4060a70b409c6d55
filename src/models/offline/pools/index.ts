import { computingPools } from './computing.ts';
import { peoplePools } from './people.ts';
import { placePools } from './places.ts';
import type { Pool } from './pool.ts';
import { quantityPools } from './quantities.ts';

/** All pools of words; what is said more specifically stands before what is said more generally. */
const pools: readonly Pool[] = [...quantityPools, ...placePools, ...computingPools, ...peoplePools];

/**
 * The concepts for a parameter, the likeliest first. Its name says more than its description, that more than what the
 * tool as a whole is about: a later text counts only where the earlier ones hint at nothing.
 */
export function conceptsFor(texts: readonly string[]): readonly (readonly string[])[] {
  for (const [rank, text] of texts.entries()) {
    const hinted = pools.filter((pool) => pool.hint.test(text));
    if (hinted.length > 0) return hinted.slice(0, rank < 3 ? 2 : 1).flatMap((pool) => pool.concepts);
  }
  return [];
}

/** The concepts that have this spelling. */
export function conceptsOf(spelling: string): readonly (readonly string[])[] {
  return pools.flatMap((pool) => pool.concepts.filter((concept) => concept.includes(spelling)));
}

export { numberPools } from './numbers.ts';
