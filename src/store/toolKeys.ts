import type { ToolCounts } from './api.ts';
import type { Connection } from './connection.ts';

/** Short keys for tools, and what there is of each. Counts change with what they count, in the same transaction. */
export class ToolKeys {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The key of a tool; null when nothing was ever kept of it. */
  find(id: string): number | null {
    return (
      this.#connection.prepare<{ key: number }>('SELECT key FROM tools WHERE id = ?').get(id)?.key ?? null
    );
  }

  /** The key of a tool, made when there is none. */
  keyOf(id: string): number {
    return (
      this.find(id) ?? this.#connection.prepare('INSERT INTO tools (id) VALUES (?)').run(id).lastInsertRowid
    );
  }

  /** The id of a key. */
  idOf(key: number): string {
    const row = this.#connection.prepare<{ id: string }>('SELECT id FROM tools WHERE key = ?').get(key);
    if (row === undefined) throw new Error(`No tool has the key ${key}.`);
    return row.id;
  }

  /** Adds to the counts of a tool. */
  count(key: number, delta: Partial<ToolCounts>): void {
    this.#connection
      .prepare(
        `UPDATE tools SET trials = trials + ?, examples = examples + ?, failures = failures + ?,
         lessons = lessons + ? WHERE key = ?`,
      )
      .run(delta.trials ?? 0, delta.examples ?? 0, delta.failures ?? 0, delta.lessons ?? 0, key);
  }

  /** By tool id; of these tools, or of all. */
  counts(ids?: readonly string[]): Map<string, ToolCounts> {
    const select = 'SELECT id, examples, failures, lessons, trials FROM tools';
    if (ids === undefined) {
      const rows = this.#connection.prepare<ToolCounts & { id: string }>(select).all();
      return new Map(rows.map(({ id, ...counts }) => [id, counts]));
    }
    const one = this.#connection.prepare<ToolCounts & { id: string }>(`${select} WHERE id = ?`);
    return new Map(
      ids.flatMap((id) => {
        const row = one.get(id);
        if (row === undefined) return [];
        const { id: _id, ...counts } = row;
        return [[id, counts] as const];
      }),
    );
  }
}
