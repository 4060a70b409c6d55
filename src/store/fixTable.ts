import type { Fix } from '../core/trial.ts';
import type { MemoryScope } from './api.ts';
import type { Connection } from './connection.ts';
import { type Packed, packJson, unpackJson } from './packing.ts';

/** Fixes that are read at most. */
const limit = 500;

/** Failed calls with the calls that then worked. */
export class FixTable {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Part of the transaction that records the trial. */
  add(fix: Fix, trial: number, run: number, tool: number): void {
    this.#connection
      .prepare('INSERT INTO fixes (trial, run, tool, body) VALUES (?, ?, ?, ?)')
      .run(trial, run, tool, packJson(fix));
  }

  /** Those of one trial. */
  ofTrial(trial: number): Fix[] {
    return this.#connection
      .prepare<{ body: Packed }>('SELECT body FROM fixes WHERE trial = ? ORDER BY seq')
      .all(trial)
      .map((row) => unpackJson<Fix>(row.body));
  }

  /** The last 500 of a tool, oldest first; without a scope from all runs. */
  of(tool: string, scope?: MemoryScope): Fix[] {
    return this.#connection
      .prepare<{ body: Packed }>(
        `SELECT body FROM fixes WHERE tool = (SELECT key FROM tools WHERE id = ?)
         AND (trial <= ? OR run = (SELECT key FROM runs WHERE id = ?)) ORDER BY seq DESC LIMIT ${limit}`,
      )
      .all(tool, scope?.upTo ?? Number.MAX_SAFE_INTEGER, scope?.runId ?? '')
      .map((row) => unpackJson<Fix>(row.body))
      .reverse();
  }
}
