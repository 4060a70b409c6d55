/** Looking for examples that fit what somebody is writing. */
import { engine as protocol } from '../../src/protocol/engine.ts';
import { startEngine } from './engineProcess.ts';
import { examplesKept, manyExamples } from './manyExamples.ts';
import { percentile } from './percentile.ts';
import type { Row } from './row.ts';
import { testQueries } from './testQueries.ts';

const k = 8;

export const nearest: Row = {
  name: 'nearest',
  what: `the ${k} nearest of ${examplesKept} examples, asked of the engine`,
  async measure() {
    const folder = await manyExamples();
    const { queries, from } = testQueries();
    await using things = new AsyncDisposableStack();
    const engine = things.adopt(await startEngine(folder), (one) => one.dispose());
    const times: number[] = [];
    let found = 0;
    for (const query of queries) {
      const asked = performance.now();
      const examples = await engine.ask(protocol.nearestExamples, { query, k });
      times.push(performance.now() - asked);
      found += examples.length;
    }
    if (found < queries.length * k * 0.9) throw new Error(`Only ${found} examples were found.`);
    return {
      figures: [
        { what: 'p50', value: percentile(times, 0.5), unit: 'ms', limit: 20 },
        { what: 'p95', value: percentile(times, 0.95), unit: 'ms', limit: 50 },
      ],
      note: `${queries.length} ${from}; longest ${Math.max(...times).toFixed(0)} ms`,
      details: { queries: queries.length, from, longest: Math.max(...times) },
    };
  },
};
