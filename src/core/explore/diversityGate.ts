import type { ExploredQuery } from '../memory/longTerm.ts';
import type { ExploreSettings } from '../settings.ts';
import { similarity } from '../similarity.ts';

/** The explored query to which a new one is too close, or null when it may pass. Always null when the gate is off. */
export function tooCloseTo(
  query: string,
  explored: readonly ExploredQuery[],
  settings: Pick<ExploreSettings, 'diversityGate' | 'diversityThreshold'>,
): string | null {
  if (!settings.diversityGate) return null;
  const close = explored.find((one) => similarity(query, one.query) >= settings.diversityThreshold);
  return close?.query ?? null;
}
