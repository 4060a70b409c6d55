import type { AdaptivePart } from '../../../src/core/ablations.ts';
import { mean } from '../../../src/core/evaluate/statistics.ts';
import type { Measures } from './measures.ts';
import type { Outcome } from './runVariant.ts';

/** What a part is for, and the figure that shows it. */
interface Purpose {
  part: AdaptivePart | 'judge';
  what: string;
  of(outcome: Outcome): number;
  percent: boolean;
}

const measure =
  (name: keyof Measures) =>
  ({ measures }: Outcome): number =>
    measures[name];

const purposes: readonly Purpose[] = [
  { part: 'lessons', what: 'failed calls a trial', of: measure('failuresPerTrial'), percent: false },
  {
    part: 'earlier-runs',
    what: 'failed calls a trial, second run',
    of: measure('failuresInLastRun'),
    percent: false,
  },
  { part: 'coverage', what: 'of each schema touched by 4 trials', of: measure('coverage'), percent: true },
  { part: 'gate', what: 'queries that repeat an earlier one', of: measure('repeated'), percent: true },
  {
    part: 'call-first',
    what: 'model calls a fulfilled trial',
    of: measure('callsPerFulfilled'),
    percent: false,
  },
  {
    part: 'siblings',
    what: 'calls of another tool than the explored',
    of: measure('elsewhere'),
    percent: true,
  },
  { part: 'reflection', what: 'fulfilled without a successful call', of: measure('hollow'), percent: true },
  { part: 'stop-rule', what: 'trials', of: measure('trials'), percent: false },
  { part: 'judge', what: 'examples held back', of: ({ doubted }) => doubted, percent: false },
];

/** A line a part: its figure with the part and without it. Parts that were not switched off alone have none. */
export function purposeTable(outcomes: readonly Outcome[]): string {
  const ofVariant = (name: string) => outcomes.filter(({ variant }) => variant === name);
  const whole = ofVariant('adaptive');
  const lines = purposes.flatMap(({ part, what, of, percent }) => {
    const without = ofVariant(`without ${part}`);
    if (whole.length === 0 || without.length === 0) return [];
    const shown = (some: readonly Outcome[]): string => {
      const value = mean(some.map(of));
      return percent ? `${(100 * value).toFixed(1)} %` : value.toFixed(value < 20 ? 2 : 0);
    };
    return [
      `${part.padEnd(13)} ${what.padEnd(40)} ${shown(whole).padStart(8)} ${shown(without).padStart(8)}`,
    ];
  });
  if (lines.length === 0) return '';
  return [
    `${'part'.padEnd(13)} ${'what it is to change'.padEnd(40)} ${'with'.padStart(8)} ${'without'.padStart(8)}`,
    ...lines,
  ].join('\n');
}
