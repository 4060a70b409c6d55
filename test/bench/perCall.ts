/** What the engine adds to a model call, measured where nothing else is going on. */
import { withBench, workOf } from './exploration.ts';
import { cpuOf } from './processUse.ts';
import type { Row } from './row.ts';

const latencyMs = 20;
/** Bare requests before the run, and again after it. */
const bareRequests = 40;

export const perCall: Row = {
  name: 'perCall',
  what: `one tool, ${latencyMs} ms latency: time per model call beyond what a bare request to the same server takes`,
  measure: () =>
    withBench({ tools: 1, latencyMs }, async ({ engine, model, server }) => {
      const settings = { episodes: 12, trials: 4, stopRule: false };
      const bare = await requestTimes(server.baseUrl);
      const before = await server.stats();
      const cpu = cpuOf(engine.pid);
      const run = await engine.explore({ ...model, concurrency: 16, settings });
      const cpuMs = (cpuOf(engine.pid) ?? Number.NaN) - (cpu ?? Number.NaN);
      const after = await server.stats();
      bare.push(...(await requestTimes(server.baseUrl)));

      const [work] = workOf(await engine.trials(run.id));
      const calls = after.requests - before.requests;
      if (!work || work.modelCalls !== calls) {
        throw new Error(`The trials hold ${work?.modelCalls} model calls, the server saw ${calls}.`);
      }
      const perCallMs = ((run.endedAt ?? Number.NaN) - run.startedAt - work.toolMs) / calls;
      const bareMs = bare.reduce((sum, ms) => sum + ms, 0) / bare.length;
      const served = (after.servedMs - before.servedMs) / calls;
      return {
        figures: [{ what: '', value: perCallMs - bareMs, unit: 'ms', limit: 3 }],
        note: `${calls} model calls of ${perCallMs.toFixed(2)} ms, tool time left out; bare requests take ${bareMs.toFixed(2)} ms, ${served.toFixed(2)} of them in the server; CPU time of the engine ${(cpuMs / calls).toFixed(2)} ms a call`,
        details: {
          modelCalls: calls,
          perCallMs,
          bareMs,
          serverMs: served,
          toolMs: work.toolMs,
          cpuMs: cpuMs / calls,
        },
      };
    }),
};

/** How long requests of the length of an imagining one take, one after the other, by Node's own `fetch`. */
async function requestTimes(baseUrl: string): Promise<number[]> {
  const messages = [{ role: 'user', content: `library_01 ${'what is known of it '.repeat(200)}User Query:` }];
  const body = JSON.stringify({ model: 'fake-model', messages });
  const times: number[] = [];
  for (let i = 0; i < bareRequests; i++) {
    const asked = performance.now();
    const response = await fetch(`${baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    await response.json();
    times.push(performance.now() - asked);
  }
  return times;
}
