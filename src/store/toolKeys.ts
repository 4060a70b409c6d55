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

  /** Adds to the counts of a tool; `simulated`: what is counted stems from trials in which a model played it. */
  count(key: number, delta: Partial<Counted>, simulated = false): void {
    const { trials = 0, examples = 0, failures = 0, lessons = 0 } = delta;
    this.#connection
      .prepare(
        `UPDATE tools SET trials = trials + ?, examples = examples + ?, failures = failures + ?,
         lessons = lessons + ? WHERE key = ?`,
      )
      .run(trials, examples, failures, lessons, key);
    if (!simulated) return;
    this.#connection
      .prepare(
        `UPDATE tools SET simulated_trials = simulated_trials + ?, simulated_examples = simulated_examples + ?,
         simulated_failures = simulated_failures + ? WHERE key = ?`,
      )
      .run(trials, examples, failures, key);
  }

  /** By tool id; of these tools, or of all. */
  counts(ids?: readonly string[]): Map<string, ToolCounts> {
    const select = `SELECT key, id, examples, failures, lessons, trials, simulated_examples AS simulatedExamples,
      simulated_failures AS simulatedFailures, simulated_trials AS simulatedTrials FROM tools`;
    if (ids === undefined) {
      return this.#allCounts(this.#connection.prepare<CountRow>(select).all());
    }
    const one = this.#connection.prepare<CountRow>(`${select} WHERE id = ?`);
    const reviewed = this.#connection.prepare<{ review: number }>(
      "SELECT count(*) AS review FROM examples WHERE verification = 'review' AND tool = ?",
    );
    const specs = this.#connection.prepare<SpecRow>(
      'SELECT spec_hash AS hash, examples FROM example_specs WHERE tool = ?',
    );
    return new Map(
      ids.flatMap((id) => {
        const row = one.get(id);
        if (row === undefined) return [];
        return [
          [
            id,
            { ...countsOf(row), ...verificationOf(reviewed.get(row.key)?.review, specs.all(row.key)) },
          ] as const,
        ];
      }),
    );
  }

  #allCounts(rows: readonly CountRow[]): Map<string, ToolCounts> {
    const review = new Map(
      this.#connection
        .prepare<{ tool: number; review: number }>(
          "SELECT tool, count(*) AS review FROM examples WHERE verification = 'review' GROUP BY tool",
        )
        .all()
        .map((row) => [row.tool, row.review]),
    );
    const specs = Map.groupBy(
      this.#connection
        .prepare<SpecRow & { tool: number }>('SELECT tool, spec_hash AS hash, examples FROM example_specs')
        .all(),
      ({ tool }) => tool,
    );
    return new Map(
      rows.map((row) => [
        row.id,
        { ...countsOf(row), ...verificationOf(review.get(row.key), specs.get(row.key) ?? []) },
      ]),
    );
  }
}

/** What is counted as it changes. */
type Counted = Omit<ToolCounts, 'simulated' | 'review' | 'specs'>;

interface SpecRow {
  hash: string;
  examples: number;
}

interface CountRow extends Counted {
  key: number;
  id: string;
  simulatedExamples: number;
  simulatedFailures: number;
  simulatedTrials: number;
}

function countsOf(row: CountRow): ToolCounts {
  const { examples, failures, lessons, trials } = row;
  const simulated = {
    examples: row.simulatedExamples,
    failures: row.simulatedFailures,
    trials: row.simulatedTrials,
  };
  const any = Object.values(simulated).some((count) => count > 0);
  return { examples, failures, lessons, trials, ...(any ? { simulated } : {}) };
}

function verificationOf(
  review: number | undefined,
  specs: readonly SpecRow[],
): Pick<ToolCounts, 'review' | 'specs'> {
  return {
    ...(review ? { review } : {}),
    ...(specs.length > 0 ? { specs: specs.map(({ hash, examples }) => ({ hash, examples })) } : {}),
  };
}
