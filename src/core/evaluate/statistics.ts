/**
 * The statistics of an evaluation: intervals of 95 % for a share and for the difference of two paired shares, and an exact
 * test. All of them are formulas, without randomness, so that the same answers give the same report.
 */

/** Quantile of the normal distribution for 95 % between both ends. */
const z = 1.959963984540054;

export interface Interval {
  low: number;
  high: number;
}

/**
 * Wilson's score interval of a share (0 to 1) of `n` independent trials. For none it is all that is possible.
 *
 * @param share may lie between the multiples of 1/n: the mean over repeats, with as many trials as there are questions
 */
export function wilson(share: number, n: number): Interval {
  if (n === 0) return { low: 0, high: 1 };
  const middle = share + (z * z) / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const whole = 1 + (z * z) / n;
  return { low: Math.max(0, (middle - half) / whole), high: Math.min(1, (middle + half) / whole) };
}

/**
 * The difference `after` − `before` of two shares measured on the same questions, and its interval: Newcombe's method 10
 * (Statistics in Medicine 17, 1998), made of the Wilson intervals of both shares and their correlation. Unlike a bootstrap
 * it is no single point where all pairs agree.
 *
 * @param pairs by question: how often it was answered rightly before and after, each 0 to 1. Values in between (means over
 *   repeats) are taken as they are, with the questions, not the answers, as what is independent.
 */
export function pairedDifference(
  pairs: readonly { before: number; after: number }[],
): Interval & { difference: number } {
  const n = pairs.length;
  if (n === 0) return { difference: 0, low: -1, high: 1 };
  const before = mean(pairs.map((pair) => pair.before));
  const after = mean(pairs.map((pair) => pair.after));
  const difference = after - before;
  const [first, second] = [wilson(before, n), wilson(after, n)];
  const correlation = corrected(pairs, before, after);
  const part = (a: number, b: number): number =>
    Math.sqrt(Math.max(0, a * a - 2 * correlation * a * b + b * b));
  return {
    difference,
    low: Math.max(-1, difference - part(after - second.low, first.high - before)),
    high: Math.min(1, difference + part(second.high - after, before - first.low)),
  };
}

/** Phi with Newcombe's correction for continuity, which holds for a positive one alone. */
function corrected(
  pairs: readonly { before: number; after: number }[],
  before: number,
  after: number,
): number {
  const n = pairs.length;
  const covariance = mean(pairs.map((pair) => (pair.before - before) * (pair.after - after)));
  const spread = Math.sqrt(
    mean(pairs.map((pair) => (pair.before - before) ** 2)) *
      mean(pairs.map((pair) => (pair.after - after) ** 2)),
  );
  // Rounding leaves crumbs where a side never varies.
  if (spread < 1e-12) return 0;
  const kept = covariance > 0 ? Math.max(0, covariance - 1 / (2 * n)) : covariance;
  return kept / spread;
}

/**
 * McNemar's test, exact and two-sided: how likely at least this imbalance of the pairs that differ is, if either direction
 * is as likely as the other. 1 where none differ.
 *
 * @param gained pairs that became right
 * @param lost pairs that became wrong
 */
export function mcnemar(gained: number, lost: number): number {
  const n = gained + lost;
  const fewer = Math.min(gained, lost);
  // In logarithms, since 2 ** -n is 0 to a computer from n = 1,075 on.
  let term = -n * Math.LN2;
  let tail = Math.exp(term);
  for (let k = 1; k <= fewer; k++) {
    term += Math.log((n - k + 1) / k);
    tail += Math.exp(term);
  }
  return Math.min(1, 2 * tail);
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
