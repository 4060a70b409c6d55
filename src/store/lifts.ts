import type { Lift } from './api.ts';
import type { Connection } from './connection.ts';

/** What examples are worth, as it was measured last. */
export class Lifts {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  put({ example, lift, low, high, queries, job }: Lift): void {
    this.#connection
      .prepare(
        'INSERT OR REPLACE INTO lifts (example, lift, low, high, queries, job) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(example, lift, low, high, queries, job);
  }

  /** By id of the example. */
  of(examples: readonly string[]): Map<string, Lift> {
    const row = this.#connection.prepare<Lift>(
      'SELECT example, lift, low, high, queries, job FROM lifts WHERE example = ?',
    );
    return new Map(
      examples.flatMap((example) => {
        const found = row.get(example);
        return found === undefined ? [] : [[example, { ...found }] as const];
      }),
    );
  }
}
