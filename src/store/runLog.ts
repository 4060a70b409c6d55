import type { Usage } from '../core/chat.ts';
import { UserError } from '../core/errors.ts';
import type { Page } from '../core/rows.ts';
import type { Run, RunCounts, RunStatus } from '../core/run.ts';
import type { RunPatch, StorePageParams } from './api.ts';
import type { Connection } from './connection.ts';
import { type Packed, packJson, unpackJson } from './packing.ts';
import { readPage } from './page.ts';
import { usageValues } from './usageValues.ts';

interface RunRow {
  seq: number;
  id: string;
  status: RunStatus;
  body: Packed;
  modelCalls: number;
  inputTokens: number;
  cachedTokens: number;
  outputTokens: number;
  usd: number | null;
}

/** What a run is beside its status and its usage, which change often and stand in columns. */
type RunBody = Omit<Run, 'id' | 'status' | 'usage'>;

const select = `SELECT r.key AS seq, r.id, r.status, r.body, t.model_calls AS modelCalls,
  t.input_tokens AS inputTokens, t.cached_tokens AS cachedTokens, t.output_tokens AS outputTokens, t.usd
  FROM runs r JOIN run_totals t ON t.run = r.key`;

/** The runs of a workspace. */
export class RunLog {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  create(run: Run): void {
    const { id, status, usage, ...body } = run;
    this.#connection.transaction(() => {
      const key = this.#connection
        .prepare('INSERT INTO runs (id, status, body) VALUES (?, ?, ?)')
        .run(id, status, packJson(body)).lastInsertRowid;
      this.#connection
        .prepare(
          `INSERT INTO run_totals (run, model_calls, input_tokens, cached_tokens, output_tokens, usd)
           VALUES (?, ?, ?, ?, ?, ?)`,
        )
        .run(key, ...usageValues(usage));
    });
  }

  update(id: string, patch: RunPatch): void {
    this.#connection.transaction(() => {
      const before = this.find(id);
      if (before === null) throw unknownRun(id);
      const { id: _id, usage: _usage, status, ...body } = { ...before, ...patch };
      this.#connection
        .prepare('UPDATE runs SET status = ?, body = ? WHERE id = ?')
        .run(status, packJson(body), id);
    });
  }

  find(id: string): Run | null {
    const row = this.#connection.prepare<RunRow>(`${select} WHERE r.id = ?`).get(id);
    return row === undefined ? null : toRun(row);
  }

  page(params: Pick<StorePageParams, 'after' | 'limit' | 'order'> & { status?: RunStatus }): Page<Run> {
    const source = { select, key: 'r.key', conditions: [] as string[], values: [] as string[] };
    if (params.status !== undefined) {
      source.conditions.push('r.status = ?');
      source.values.push(params.status);
    }
    return readPage(this.#connection, source, params, toRun);
  }

  addUsage(id: string, delta: Usage): void {
    const { changes } = this.#connection
      .prepare(
        `UPDATE run_totals SET model_calls = model_calls + ?, input_tokens = input_tokens + ?,
         cached_tokens = cached_tokens + ?, output_tokens = output_tokens + ?, usd = usd + ?
         WHERE run = (SELECT key FROM runs WHERE id = ?)`,
      )
      .run(...usageValues(delta), id);
    if (changes === 0) throw unknownRun(id);
  }

  /** Adds to what a run has brought. */
  count(key: number, delta: RunCounts): void {
    this.#connection
      .prepare(
        `UPDATE run_totals SET trials = trials + ?, examples = examples + ?, failures = failures + ?,
         lessons = lessons + ?, simulated = simulated + ? WHERE run = ?`,
      )
      .run(delta.trials, delta.examples, delta.failures, delta.lessons, delta.simulated ?? 0, key);
  }

  counts(id: string): RunCounts {
    const row = this.#connection
      .prepare<RunCounts & { simulated: number }>(
        `SELECT trials, examples, failures, lessons, simulated FROM run_totals
         WHERE run = (SELECT key FROM runs WHERE id = ?)`,
      )
      .get(id);
    if (row === undefined) return { trials: 0, examples: 0, failures: 0, lessons: 0 };
    const { simulated, ...counts } = row;
    return simulated > 0 ? { ...counts, simulated } : counts;
  }

  /** The key of a run; null when there is none. */
  findKey(id: string): number | null {
    return (
      this.#connection.prepare<{ key: number }>('SELECT key FROM runs WHERE id = ?').get(id)?.key ?? null
    );
  }

  /** The key of a run. Throws `UserError` when there is none. */
  keyOf(id: string): number {
    const key = this.findKey(id);
    if (key === null) throw unknownRun(id);
    return key;
  }

  /** Runs whose process died: they are `interrupted` from now on. Returns their ids. */
  interrupt(): string[] {
    return this.#connection
      .prepare<{ id: string }>("UPDATE runs SET status = 'interrupted' WHERE status = 'running' RETURNING id")
      .all()
      .map((row) => row.id);
  }
}

function toRun(row: RunRow): Run {
  const { modelCalls, inputTokens, cachedTokens, outputTokens, usd } = row;
  return {
    id: row.id,
    status: row.status,
    ...unpackJson<RunBody>(row.body),
    usage: { modelCalls, inputTokens, cachedTokens, outputTokens, usd },
  };
}

function unknownRun(id: string): UserError {
  return new UserError(`There is no run "${id}" in this workspace.`, 'List the runs to see which there are.');
}
