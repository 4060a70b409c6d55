/** How well words alone find what a query is for, on the paper's test set. */
import { recallOf } from '../helpers/recall.ts';
import { testSet } from '../helpers/testSet.ts';
import { percentile } from './percentile.ts';
import type { Figure, Row } from './row.ts';

const percent = (what: string, share: number, limit: number): Figure => ({
  what,
  value: 100 * share,
  unit: '%',
  limit,
  atLeast: true,
});

export const recall: Row = {
  name: 'recall',
  what: 'the right of 817 descriptions for 750 queries, and the nearest other query, by words alone',
  async measure() {
    const set = testSet();
    if (set === null) return { figures: [], absent: true, note: 'the test set of the paper is absent' };
    const { at1, at5, at10, sameApi, times } = recallOf(set);
    return {
      figures: [
        percent('recall@1', at1, 45),
        percent('recall@5', at5, 65),
        percent('recall@10', at10, 70),
        percent('nearest other query of the right API', sameApi, 90),
        { what: 'p50 of a search', value: percentile(times, 0.5), unit: 'ms', limit: 5 },
        { what: 'p95 of a search', value: percentile(times, 0.95), unit: 'ms', limit: 10 },
      ],
      note: `${set.queries.length} queries × ${set.tools.length} descriptions; leave-one-out over the queries`,
      details: { at1, at5, at10, sameApi, queries: set.queries.length, tools: set.tools.length },
    };
  },
};
