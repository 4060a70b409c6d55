import { type AdaptivePart, ablations, without } from '../../../src/core/ablations.ts';
import { adaptivePreset, type ExploreSettings, paperPreset } from '../../../src/core/settings.ts';

/** A way of exploring that the experiment compares. */
export interface Variant {
  name: string;
  settings: Partial<ExploreSettings>;
  /** A judge looks at what was learned; without one everything that was executed is an example. */
  judge: boolean;
}

const parts = Object.keys(ablations) as AdaptivePart[];

/** Both presets, and `adaptive` with each of its parts switched off. */
export const variants: readonly Variant[] = [
  { name: 'paper', settings: paperPreset, judge: true },
  { name: 'adaptive', settings: adaptivePreset, judge: true },
  ...parts.map((part) => ({
    name: `without ${part}`,
    settings: { ...adaptivePreset, ...without([part]) },
    judge: true,
  })),
  { name: 'without judge', settings: adaptivePreset, judge: false },
];
