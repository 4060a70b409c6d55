/** Marks of the dashboard that narrow the lists to the trials behind them. One of each kind counts at a time. */
import type { CoverageMark, CurvePoint, DashboardQuery, TrialFilter } from '../../core/rows.ts';
import type { FailureType, Outcome } from '../../core/trial.ts';

export type Mark =
  | { kind: 'outcome'; outcome: Outcome }
  | { kind: 'failure'; type: FailureType }
  /** A stretch of the learning curve: sequence numbers of its trials, and their places on the curve, for people. */
  | { kind: 'stretch'; from: number; to: number; first: number; last: number }
  | { kind: 'argument'; pointer: string; value: string | null };

/** Takes a mark on, in the place of another of its kind; takes it off where it is on. */
export function toggled(marks: readonly Mark[], mark: Mark): Mark[] {
  const others = marks.filter((one) => one.kind !== mark.kind);
  return isOn(marks, mark) ? others : [...others, mark];
}

export function isOn(marks: readonly Mark[], mark: Mark): boolean {
  return marks.some((one) => same(one, mark));
}

function same(a: Mark, b: Mark): boolean {
  if (a.kind === 'outcome' && b.kind === 'outcome') return a.outcome === b.outcome;
  if (a.kind === 'failure' && b.kind === 'failure') return a.type === b.type;
  if (a.kind === 'stretch' && b.kind === 'stretch') return a.from === b.from && a.to === b.to;
  if (a.kind === 'argument' && b.kind === 'argument') return a.pointer === b.pointer && a.value === b.value;
  return false;
}

/** The stretch that ends with `points[index]`. */
export function stretchMark(
  points: readonly CurvePoint[],
  index: number,
): Extract<Mark, { kind: 'stretch' }> | null {
  const point = points[index];
  if (!point) return null;
  const { from, to, trials, inStretch } = point;
  return { kind: 'stretch', from, to, first: trials - inStretch + 1, last: trials };
}

export function coverageMark({ pointer, value }: CoverageMark): Mark {
  return { kind: 'argument', pointer, value };
}

/** What the engine is asked for. */
export function filterOf(query: DashboardQuery, marks: readonly Mark[], text: string): TrialFilter {
  const filter: TrialFilter = { ...query };
  for (const mark of marks) {
    if (mark.kind === 'outcome') filter.outcome = mark.outcome;
    else if (mark.kind === 'failure') filter.failureType = mark.type;
    else if (mark.kind === 'stretch') Object.assign(filter, { from: mark.from, to: mark.to });
    else {
      const { pointer, value } = mark;
      filter.argument = value === null ? { pointer } : { pointer, value };
    }
  }
  if (text.trim()) filter.text = text.trim();
  return filter;
}
