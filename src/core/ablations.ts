import type { ExploreSettings } from './settings.ts';

/** The parts of the preset `adaptive`, each with the settings that switch it off alone, for ablations. */
export const ablations = {
  lessons: { lessonsInMemory: false },
  'earlier-runs': { memoryAcrossRuns: false },
  coverage: { coverageHints: false },
  gate: { diversityGate: false },
  'call-first': { callFirstShare: 0 },
  siblings: { siblings: 0 },
  reflection: { structuredReflection: false },
  'stop-rule': { stopRule: false },
} as const satisfies Record<string, Partial<ExploreSettings>>;

/** A part of `adaptive` that can be switched off. */
export type AdaptivePart = keyof typeof ablations;

/** Settings without the given parts. */
export function without(parts: readonly AdaptivePart[]): Partial<ExploreSettings> {
  return Object.assign({}, ...parts.map((part) => ablations[part]));
}
