/** What each part of `adaptive` is for, as a figure of its own: the share of right answers need not show it. */
import { profileOf, similarityOf } from '../../../src/core/similarity.ts';
import type { Trial } from '../../../src/core/trial.ts';
import type { Engine } from '../../../src/engine/engine.ts';

export interface Measures {
  /** Failed calls a trial. */
  failuresPerTrial: number;
  /** The same in the last run. */
  failuresInLastRun: number;
  /** Share of the parameters and listed values that calls have touched. */
  coverage: number;
  /** Share of the queries that say nearly what an earlier one of their tool says. */
  repeated: number;
  /** Share of the trials that were fulfilled. */
  fulfilled: number;
  /** Model calls a fulfilled trial. */
  callsPerFulfilled: number;
  /** Share of the trials that count as fulfilled although no call of theirs succeeded. */
  hollow: number;
  /** Share of the calls that went to another tool than the one that was explored. */
  elsewhere: number;
  trials: number;
}

/** Queries from here on say the same: the threshold of the diversity gate. */
const nearly = 0.9;

/** Reads what was explored. `runs`: their ids, in order. */
export async function measured(engine: Engine, runs: readonly string[]): Promise<Measures> {
  const trials: Trial[] = [];
  for (const runId of runs) {
    const { rows } = await engine.learned.trials({ runId, limit: 1000 });
    for (const { id } of rows.reverse()) {
      const trial = await engine.learned.trial(id);
      if (trial) trials.push(trial);
    }
  }
  const { coverageByTool } = await engine.learned.dashboard({});
  const last = trials.filter(({ runId }) => runId === runs.at(-1));
  const fulfilled = trials.filter(({ outcome }) => outcome === 'fulfilled');
  const calls = trials.flatMap(({ tool, steps }) =>
    steps.flatMap(({ call }) => (call ? [call.tool !== tool] : [])),
  );
  const modelCalls = trials.reduce((sum, { usage }) => sum + usage.modelCalls, 0);
  const cells = coverageByTool.reduce((sum, one) => sum + one.cells, 0);
  return {
    failuresPerTrial: failures(trials) / Math.max(1, trials.length),
    failuresInLastRun: failures(last) / Math.max(1, last.length),
    coverage: coverageByTool.reduce((sum, one) => sum + one.covered, 0) / Math.max(1, cells),
    repeated: repeats(trials) / Math.max(1, trials.length),
    fulfilled: fulfilled.length / Math.max(1, trials.length),
    callsPerFulfilled: modelCalls / Math.max(1, fulfilled.length),
    hollow: fulfilled.filter(({ steps }) => !steps.some(worked)).length / Math.max(1, trials.length),
    elsewhere: calls.filter(Boolean).length / Math.max(1, calls.length),
    trials: trials.length,
  };
}

function worked({ call, observation }: Trial['steps'][number]): boolean {
  return call !== null && observation.status === 'ok';
}

function failures(trials: readonly Trial[]): number {
  return trials.reduce((sum, { steps }) => sum + steps.filter(({ failure }) => failure !== null).length, 0);
}

function repeats(trials: readonly Trial[]): number {
  let count = 0;
  for (const own of Map.groupBy(trials, ({ tool }) => tool).values()) {
    const seen: ReturnType<typeof profileOf>[] = [];
    for (const { query } of own) {
      const profile = profileOf(query);
      if (seen.some((one) => similarityOf(one, profile) >= nearly)) count += 1;
      seen.push(profile);
    }
  }
  return count;
}
