import type { Usage } from '../core/chat.ts';
import { UserError } from '../core/errors.ts';
import type { Job, JobKind } from '../core/job.ts';
import type { Json } from '../core/json.ts';
import type { Page } from '../core/rows.ts';
import type { RunStatus } from '../core/run.ts';
import type { JobPatch, StorePageParams } from './api.ts';
import type { Connection } from './connection.ts';
import { type Packed, packJson, unpackJson } from './packing.ts';
import { readPage } from './page.ts';
import { usageValues } from './usageValues.ts';

/** What a job is beside what changes often and stands in columns. */
type JobBody = Omit<Job, 'id' | 'kind' | 'status' | 'done' | 'of' | 'usage'>;

interface JobRow extends Pick<Job, 'id' | 'kind' | 'status' | 'done' | 'of'>, Usage {
  seq: number;
  body: Packed;
}

const select = `SELECT j.key AS seq, j.id, j.kind, j.status, j.done, j."of", j.body, j.model_calls AS modelCalls,
  j.input_tokens AS inputTokens, j.cached_tokens AS cachedTokens, j.output_tokens AS outputTokens, j.usd FROM jobs j`;

/** Work on what was explored, and what it has found step by step. */
export class JobLog {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  create(job: Job): void {
    const { id, kind, status, done, of, usage, ...body } = job;
    this.#connection
      .prepare(
        `INSERT INTO jobs (id, kind, status, done, "of", body, model_calls, input_tokens, cached_tokens,
           output_tokens, usd) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(id, kind, status, done, of, packJson(body), ...usageValues(usage));
  }

  update(id: string, patch: JobPatch): void {
    this.#connection.transaction(() => {
      const before = this.find(id);
      if (before === null) throw unknownJob(id);
      const { id: _id, kind: _kind, usage: _usage, status, done, of, ...body } = { ...before, ...patch };
      this.#connection
        .prepare('UPDATE jobs SET status = ?, done = ?, "of" = ?, body = ? WHERE id = ?')
        .run(status, done, of, packJson(body), id);
    });
  }

  find(id: string): Job | null {
    const row = this.#connection.prepare<JobRow>(`${select} WHERE j.id = ?`).get(id);
    return row === undefined ? null : toJob(row);
  }

  page(params: Pick<StorePageParams, 'after' | 'limit'> & { kind?: JobKind; status?: RunStatus }): Page<Job> {
    const source = { select, key: 'j.key', conditions: [] as string[], values: [] as string[] };
    for (const column of ['kind', 'status'] as const) {
      const value = params[column];
      if (value === undefined) continue;
      source.conditions.push(`j.${column} = ?`);
      source.values.push(value);
    }
    return readPage(this.#connection, source, params, toJob);
  }

  addUsage(id: string, delta: Usage): void {
    const { changes } = this.#connection
      .prepare(
        `UPDATE jobs SET model_calls = model_calls + ?, input_tokens = input_tokens + ?,
         cached_tokens = cached_tokens + ?, output_tokens = output_tokens + ?, usd = usd + ? WHERE id = ?`,
      )
      .run(...usageValues(delta), id);
    if (changes === 0) throw unknownJob(id);
  }

  /** Durable when it returns; a place that is known is written over. */
  putStep(job: string, place: string, body: Json): void {
    const { changes } = this.#connection
      .prepare('INSERT OR REPLACE INTO job_steps (job, place, body) SELECT key, ?, ? FROM jobs WHERE id = ?')
      .run(place, packJson(body), job);
    if (changes === 0) throw unknownJob(job);
  }

  /** What the newest job of a kind that was there has found at a place; null where none was. */
  lastStep(kind: JobKind, place: string): Json | null {
    const row = this.#connection
      .prepare<{ body: Packed }>(
        `SELECT s.body FROM jobs j JOIN job_steps s ON s.job = j.key AND s.place = ?
         WHERE j.kind = ? ORDER BY j.key DESC LIMIT 1`,
      )
      .get(place, kind);
    return row === undefined ? null : unpackJson<Json>(row.body);
  }

  steps(job: string): { place: string; body: Json }[] {
    return this.#connection
      .prepare<{ place: string; body: Packed }>(
        'SELECT s.place, s.body FROM job_steps s JOIN jobs j ON j.key = s.job WHERE j.id = ? ORDER BY s.place',
      )
      .all(job)
      .map(({ place, body }) => ({ place, body: unpackJson<Json>(body) }));
  }

  /** Jobs whose process died: they are `interrupted` from now on. */
  interrupt(): void {
    this.#connection.prepare("UPDATE jobs SET status = 'interrupted' WHERE status = 'running'").run();
  }
}

function toJob(row: JobRow): Job {
  const { seq: _seq, id, kind, status, done, of, body, ...usage } = row;
  return { id, kind, status, done, of, ...unpackJson<JobBody>(body), usage };
}

function unknownJob(id: string): UserError {
  return new UserError(`There is no job "${id}" in this workspace.`, 'Begin it anew.');
}
