/** Choosing examples for a prompt, among very many. */
import { engine as protocol } from '../../src/protocol/engine.ts';
import { startEngine } from './engineProcess.ts';
import { examplesKept, manyExamples } from './manyExamples.ts';
import { percentile } from './percentile.ts';
import type { Row } from './row.ts';
import { testQueries } from './testQueries.ts';

export const choose: Row = {
  name: 'choose',
  what: `what of ${examplesKept} examples goes into a prompt for a query, asked of the engine`,
  async measure() {
    const folder = await manyExamples();
    const { queries, from } = testQueries();
    await using things = new AsyncDisposableStack();
    const engine = things.adopt(await startEngine(folder), (one) => one.dispose());
    const times: number[] = [];
    let chosen = 0;
    for (const query of queries) {
      const asked = performance.now();
      const { examples } = await engine.ask(protocol.chooseExamples, { query, demonstrations: true });
      times.push(performance.now() - asked);
      chosen += examples.length;
    }
    if (chosen < queries.length) throw new Error(`Only ${chosen} examples were chosen.`);
    return {
      figures: [
        { what: 'p50', value: percentile(times, 0.5), unit: 'ms', limit: 20 },
        { what: 'p95', value: percentile(times, 0.95), unit: 'ms', limit: 50 },
      ],
      note: `${queries.length} ${from}; ${(chosen / queries.length).toFixed(1)} chosen on average; longest ${Math.max(...times).toFixed(0)} ms`,
      details: { queries: queries.length, from, chosen, longest: Math.max(...times) },
    };
  },
};
