/** How much longer 16 tools at once take than the longest of them must. */
import { withBench, workOf } from './exploration.ts';
import type { Row } from './row.ts';

const latencyMs = 200;
const tools = 16;
const episodes = 2;
const trials = 3;

export const wallTime: Row = {
  name: 'wallTime',
  what: `${tools} tools at once, ${latencyMs} ms latency: wall time against the longest tool's model calls × latency + its tool time`,
  measure: () =>
    withBench({ tools, latencyMs }, async ({ engine, model }) => {
      const settings = { episodes, trials, stopRule: false };
      const run = await engine.explore({ ...model, concurrency: tools, settings });
      const wall = (run.endedAt ?? Number.NaN) - run.startedAt;
      const work = workOf(await engine.trials(run.id));
      if (run.counts.trials !== tools * episodes * trials) {
        throw new Error(`There should be ${tools * episodes * trials} trials, not ${run.counts.trials}.`);
      }
      const ideal = Math.max(...work.map(({ modelCalls, toolMs }) => modelCalls * latencyMs + toolMs));
      const modelCalls = work.reduce((sum, one) => sum + one.modelCalls, 0);
      return {
        figures: [{ what: '', value: wall / ideal, unit: '× ideal', limit: 1.1 }],
        note: `${(wall / 1000).toFixed(2)} s, ideal ${(ideal / 1000).toFixed(2)} s; ${modelCalls} model calls in all`,
        details: { wallMs: wall, idealMs: ideal, modelCalls },
      };
    }),
};
