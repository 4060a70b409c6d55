import { deriveSeed } from './random.ts';
import type { TrialPlace } from './trial.ts';

/** The id of a trial: a function of its place, so that a trial which is run again after a crash cannot stand twice. */
export function trialId(place: TrialPlace): string {
  const tool = deriveSeed(place.tool).toString(36).padStart(6, '0');
  return `${place.runId}-${tool}-${place.episode}.${place.trial}`;
}
