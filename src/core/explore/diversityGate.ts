import type { ExploredQuery } from '../memory/longTerm.ts';
import type { ExploreSettings } from '../settings.ts';
import { profileOf, similarityOf, type TextProfile } from '../similarity.ts';

/** Each imagined query meets all explored ones: made anew each time, 600 of them take 11 ms, kept ones 2. */
const profiles = new WeakMap<ExploredQuery, TextProfile>();

/** The explored query to which a new one is too close, or null when it may pass. Always null when the gate is off. */
export function tooCloseTo(
  query: string,
  explored: readonly ExploredQuery[],
  settings: Pick<ExploreSettings, 'diversityGate' | 'diversityThreshold'>,
): string | null {
  if (!settings.diversityGate) return null;
  const own = profileOf(query);
  const close = explored.find((one) => similarityOf(own, profileOfQuery(one)) >= settings.diversityThreshold);
  return close?.query ?? null;
}

function profileOfQuery(one: ExploredQuery): TextProfile {
  const known = profiles.get(one) ?? profileOf(one.query);
  profiles.set(one, known);
  return known;
}
