/** What the engine adds to a model call, measured where nothing else is going on. */
import { withBench, workOf } from './exploration.ts';
import type { Row } from './row.ts';

const latencyMs = 20;

export const perCall: Row = {
  name: 'perCall',
  what: `one tool, ${latencyMs} ms latency: time per model call beyond what the server and the tool took`,
  measure: () =>
    withBench({ tools: 1, latencyMs }, async ({ engine, model, server }) => {
      const settings = { episodes: 12, trials: 4, stopRule: false };
      const run = await engine.explore({ ...model, concurrency: 16, settings });
      const wall = (run.endedAt ?? Number.NaN) - run.startedAt;
      const [work] = workOf(await engine.trials(run.id));
      const { servedMs, requests } = await server.stats();
      if (!work || work.modelCalls !== requests) {
        throw new Error(`The trials hold ${work?.modelCalls} model calls, the server saw ${requests}.`);
      }
      // A timer of 20 ms takes 20 to 21: what the server really took is no work of the engine.
      const beyond = (wall - servedMs - work.toolMs) / requests;
      const beyondNominal = (wall - requests * latencyMs - work.toolMs) / requests;
      return {
        figures: [{ what: '', value: beyond, unit: 'ms', limit: 3 }],
        note: `${requests} model calls in ${(wall / 1000).toFixed(2)} s; the server took ${(servedMs / requests).toFixed(2)} ms each, the tool ${work.toolMs} ms in all`,
        details: { wallMs: wall, servedMs, toolMs: work.toolMs, modelCalls: requests, beyondNominal },
      };
    }),
};
