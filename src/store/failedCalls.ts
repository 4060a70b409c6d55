import type { FailedCall, Page } from '../core/rows.ts';
import type { FailureType, Trial } from '../core/trial.ts';
import type { StorePageParams } from './api.ts';
import { failureCode, failureOf } from './codes.ts';
import type { Connection } from './connection.ts';
import { emptyPage, type PageSource, readPage } from './page.ts';
import type { RunLog } from './runLog.ts';
import type { ToolKeys } from './toolKeys.ts';
import type { TrialLog } from './trialLog.ts';

interface Row {
  seq: number;
  trial: number;
  step: number;
}

/** The steps that went wrong, each a row of its own so that they page by key. What they hold stands in their trial. */
export class FailedCalls {
  readonly #connection: Connection;
  readonly #trials: TrialLog;
  readonly #runs: RunLog;
  readonly #tools: ToolKeys;

  constructor(connection: Connection, trials: TrialLog, runs: RunLog, tools: ToolKeys) {
    this.#connection = connection;
    this.#trials = trials;
    this.#runs = runs;
    this.#tools = tools;
  }

  /** Adds the failed steps of a trial; returns how many there were. */
  add(trial: Trial, seq: number, run: number, tool: number): number {
    let failed = 0;
    for (const [step, { failure }] of trial.steps.entries()) {
      if (failure === null) continue;
      this.#connection
        .prepare('INSERT INTO failed_calls (trial, step, run, tool, type) VALUES (?, ?, ?, ?, ?)')
        .run(seq, step, run, tool, failureCode(failure.type));
      failed += 1;
    }
    return failed;
  }

  page(params: StorePageParams & { failureType?: FailureType }): Page<FailedCall> {
    const source: PageSource = {
      select: 'SELECT f.seq, f.trial, f.step FROM failed_calls f',
      key: 'f.seq',
      conditions: [],
      values: [],
    };
    const where = (condition: string, value: number | null): boolean => {
      if (value === null) return false;
      source.conditions.push(condition);
      source.values.push(value);
      return true;
    };
    if (params.tool !== undefined && !where('f.tool = ?', this.#tools.find(params.tool))) return emptyPage();
    if (params.runId !== undefined && !where('f.run = ?', this.#runs.findKey(params.runId)))
      return emptyPage();
    if (params.failureType !== undefined) where('f.type = ?', failureCode(params.failureType));
    // Steps of one trial stand side by side: it is read once.
    let trial: { seq: number; body: Trial } | null = null;
    return readPage<Row, FailedCall>(this.#connection, source, params, (row) => {
      if (trial?.seq !== row.trial) trial = { seq: row.trial, body: this.#trials.bodyOf(row.trial) };
      const { id: trialId, tool, query, steps } = trial.body;
      const details = steps[row.step];
      if (details === undefined) throw new Error(`Trial ${trialId} has no step ${row.step}.`);
      return { trialId, tool, step: row.step, query, details, fix: null, lesson: null };
    });
  }

  /** How often calls of a tool failed, by type, the most frequent first. */
  countsOf(tool: string): { type: FailureType; calls: number }[] {
    return this.#connection
      .prepare<{ type: number; calls: number }>(
        `SELECT type, count(*) AS calls FROM failed_calls
         WHERE tool = (SELECT key FROM tools WHERE id = ?) GROUP BY type ORDER BY calls DESC, type`,
      )
      .all(tool)
      .map(({ type, calls }) => ({ type: failureOf(type), calls }));
  }
}
