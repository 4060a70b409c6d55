/** What each part of `adaptive` is for, as a figure of its own: the share of right answers need not show it. */
import { cellKey, cellsOf, cellsTouched } from '../../../src/core/explore/coverage.ts';
import { profileOf, similarityOf } from '../../../src/core/similarity.ts';
import type { Trial } from '../../../src/core/trial.ts';
import type { Engine } from '../../../src/engine/engine.ts';

export interface Measures {
  /** Failed calls a trial. */
  failuresPerTrial: number;
  /** The same in the last run. */
  failuresInLastRun: number;
  /** Share of what a schema lets calls touch that the first trials of a tool have touched. */
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

/** How many trials of a tool are the first. */
const firstTrials = 4;
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
  const last = trials.filter(({ runId }) => runId === runs.at(-1));
  const fulfilled = trials.filter(({ outcome }) => outcome === 'fulfilled');
  const calls = trials.flatMap(({ tool, steps }) =>
    steps.flatMap(({ call }) => (call ? [call.tool !== tool] : [])),
  );
  const modelCalls = trials.reduce((sum, { usage }) => sum + usage.modelCalls, 0);
  return {
    failuresPerTrial: failures(trials) / Math.max(1, trials.length),
    failuresInLastRun: failures(last) / Math.max(1, last.length),
    coverage: coverageOf(engine, trials),
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

/** Of all tools together, after their first trials: in the end everything is touched in any way of exploring. */
function coverageOf(engine: Engine, trials: readonly Trial[]): number {
  let [touched, cells] = [0, 0];
  for (const [id, own] of Map.groupBy(trials, ({ tool }) => tool)) {
    const parameters = engine.tool(id)?.parameters ?? {};
    const all = new Set(cellsOf(parameters).map(cellKey));
    const met = own
      .slice(0, firstTrials)
      .flatMap(({ steps }) => steps.flatMap(({ call }) => (call?.tool === id ? [call.arguments] : [])))
      .flatMap((args) => cellsTouched(parameters, args, []).map(cellKey));
    cells += all.size;
    touched += new Set(met.filter((key) => all.has(key))).size;
  }
  return touched / Math.max(1, cells);
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
