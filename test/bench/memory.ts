/** The memory of an engine that has explored for long. */
import { startEngine } from './engineProcess.ts';
import { memoryOf } from './processUse.ts';
import type { Row } from './row.ts';
import { makeToolWorkspace } from './toolWorkspace.ts';

const tools = 16;
const trials = 4;
const wanted = 10_000;
const episodes = Math.ceil(wanted / tools / trials);

export const memory: Row = {
  name: 'memory',
  what: `resident memory of the engine process after ${wanted} trials of ${tools} tools with the offline sampler`,
  async measure() {
    await using things = new AsyncDisposableStack();
    const workspace = things.adopt(await makeToolWorkspace(tools), (one) => one.dispose());
    const engine = things.adopt(await startEngine(workspace.folder), (one) => one.dispose());
    const before = memoryOf(engine.pid).rss;
    const run = await engine.explore({
      tools: [],
      model: 'offline',
      concurrency: tools,
      settings: { episodes, trials, stopRule: false },
    });
    const after = memoryOf(engine.pid);
    if (run.counts.trials < wanted) {
      throw new Error(`There should be ${wanted} trials, not ${run.counts.trials}.`);
    }
    const seconds = ((run.endedAt ?? Number.NaN) - run.startedAt) / 1000;
    const peak = after.peak === null ? '' : `, ${after.peak.toFixed(0)} MB at most`;
    return {
      figures: [{ what: '', value: after.rss, unit: 'MB', limit: 160 }],
      note: `${run.counts.trials} trials in ${seconds.toFixed(1)} s; ${before.toFixed(0)} MB before${peak}`,
      details: {
        trials: run.counts.trials,
        beforeMB: before,
        ...(after.peak === null ? {} : { peakMB: after.peak }),
      },
    };
  },
};
