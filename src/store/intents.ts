import { noUsage } from '../core/chat.ts';
import { deriveSeed } from '../core/random.ts';
import type { Call, Failure, Step, Trial } from '../core/trial.ts';
import { trialId } from '../core/trialId.ts';
import type { WriteIntent } from './api.ts';
import type { Connection } from './connection.ts';
import { type Packed, packJson, unpackJson } from './packing.ts';
import type { RunLog } from './runLog.ts';
import type { ToolKeys } from './toolKeys.ts';

/**
 * Calls that may change the world, written down before they are made. Those of a finished trial are gone; one that is
 * found at the start belongs to a process that died in the middle of it.
 */
export class Intents {
  readonly #connection: Connection;
  readonly #runs: RunLog;
  readonly #tools: ToolKeys;

  constructor(connection: Connection, runs: RunLog, tools: ToolKeys) {
    this.#connection = connection;
    this.#runs = runs;
    this.#tools = tools;
  }

  add(intent: WriteIntent): void {
    const { runId, tool, episode, trial, step, call } = intent;
    this.#connection.transaction(() =>
      this.#connection
        .prepare(
          'INSERT OR REPLACE INTO intents (run, tool, episode, trial, step, call) VALUES (?, ?, ?, ?, ?, ?)',
        )
        .run(this.#runs.keyOf(runId), this.#tools.keyOf(tool), episode, trial, step, packJson(call)),
    );
  }

  /** Part of the transaction that records the trial. */
  settle(run: number, tool: number, episode: number, trial: number): void {
    this.#connection
      .prepare('DELETE FROM intents WHERE run = ? AND tool = ? AND episode = ? AND trial = ?')
      .run(run, tool, episode, trial);
  }

  /** The trials that died in the middle of a write, as errors, so that nobody repeats the write by repeating the trial. */
  unfinished(): Trial[] {
    const rows = this.#connection
      .prepare<{ runId: string; tool: string; episode: number; trial: number; call: Packed }>(
        `SELECT r.id AS runId, o.id AS tool, i.episode, i.trial, i.call FROM intents i
         JOIN runs r ON r.key = i.run JOIN tools o ON o.key = i.tool
         ORDER BY i.run, i.tool, i.episode, i.trial, i.step`,
      )
      .all();
    const trials: Trial[] = [];
    for (const { call, ...place } of rows) {
      const id = trialId(place);
      const step = mayHaveRun(unpackJson<Call>(call));
      const last = trials.at(-1);
      if (last?.id === id) last.steps.push(step);
      else trials.push(this.#trialOf(id, place, step));
    }
    return trials;
  }

  #trialOf(id: string, place: Pick<WriteIntent, 'runId' | 'tool' | 'episode' | 'trial'>, step: Step): Trial {
    const run = this.#runs.find(place.runId);
    return {
      id,
      ...place,
      query: '',
      callFirst: false,
      outcome: 'error',
      steps: [step],
      reflection: null,
      answer: null,
      model: run?.model.id ?? '',
      seed: deriveSeed(run?.seed ?? 0, place.tool, place.episode, place.trial),
      specHash: '',
      usage: noUsage(),
      startedAt: run?.startedAt ?? 0,
      ms: 0,
      messages: [],
      exchanges: [],
      error: {
        message: 'The engine ended while a call that may change something was under way.',
        advice: 'Look at what the tool changes to see whether the call was carried out. It is not repeated.',
      },
    };
  }
}

function mayHaveRun(call: Call): Step {
  const failure: Failure = {
    type: 'cancelled',
    message: 'The engine ended while this call was under way: it may have run.',
  };
  return {
    thought: '',
    call,
    observation: { status: 'may_have_run', content: '', ms: 0, truncated: false },
    failure,
    failures: [failure],
  };
}
