/** The learning curve in as many stretches as there is room for: each has to be large enough to point at. */
import type { CurvePoint } from '../../core/rows.ts';

/** Neighbours put together until there are at most `limit`. */
export function merged(points: readonly CurvePoint[], limit: number): CurvePoint[] {
  const size = Math.ceil(points.length / Math.max(1, limit));
  if (size <= 1) return [...points];
  const result: CurvePoint[] = [];
  for (let at = 0; at < points.length; at += size) {
    const group = points.slice(at, at + size);
    const [first, last] = [group[0], group.at(-1)];
    if (!first || !last) continue;
    result.push({
      trials: last.trials,
      inStretch: group.reduce((sum, point) => sum + point.inStretch, 0),
      fulfilled: group.reduce((sum, point) => sum + point.fulfilled, 0),
      from: first.from,
      to: last.to,
    });
  }
  return result;
}
