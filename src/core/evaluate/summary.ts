import type { FailureType } from '../trial.ts';
import type { Verdict } from './grade.ts';

/** Figures of a set of verdicts, in percent with three decimals. */
export interface Figures {
  n: number;
  /** Share of all that could be read. */
  wellFormed: number;
  /** Share of the well-formed that are of the right tool (the paper's denominator). */
  apiMatch: number;
  /** Share of all that are right. */
  correct: number;
}

export interface Summary extends Figures {
  perTool: Record<string, Figures>;
  failures: Partial<Record<FailureType, number>>;
}

/** What verdicts come to, over all and tool by tool, the tools and failures in the order in which they came first. */
export function summaryOf(verdicts: readonly Verdict[]): Summary {
  const byTool = Map.groupBy(verdicts, ({ tool }) => tool);
  const failures = new Map<FailureType, number>();
  for (const { failure } of verdicts) {
    if (failure !== null) failures.set(failure, (failures.get(failure) ?? 0) + 1);
  }
  return {
    ...figuresOf(verdicts),
    // `fromEntries` defines members, so that `__proto__` is a name like any other.
    perTool: Object.fromEntries([...byTool].map(([tool, ofTool]) => [tool, figuresOf(ofTool)])),
    failures: Object.fromEntries(failures),
  };
}

export function figuresOf(verdicts: readonly Verdict[]): Figures {
  const count = (test: (verdict: Verdict) => boolean): number => verdicts.filter(test).length;
  const wellFormed = count((one) => one.wellFormed);
  return {
    n: verdicts.length,
    wellFormed: percent(wellFormed, verdicts.length),
    apiMatch: percent(
      count((one) => one.wellFormed && one.apiMatch),
      wellFormed,
    ),
    correct: percent(
      count((one) => one.correct),
      verdicts.length,
    ),
  };
}

/** Nothing of nothing is 0. */
function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Number(((100 * part) / whole).toFixed(3));
}
