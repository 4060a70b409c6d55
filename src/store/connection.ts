import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { databaseProblem } from './problems.ts';

/** A prepared statement whose rows have the given shape. */
export interface Statement<Row> {
  get(...values: SQLInputValue[]): Row | undefined;
  all(...values: SQLInputValue[]): Row[];
  /** How many rows it changed, and the row id of the last insert. */
  run(...values: SQLInputValue[]): { changes: number; lastInsertRowid: number };
}

/** What a `Connection` is opened with. */
export interface ConnectionOptions {
  /** What messages call the database; its file. */
  path: string;
  /** A URL where SQLite needs parameters, a path otherwise. */
  location: string | URL;
  readOnly: boolean;
  /** Called with every error of a statement, as it is thrown. */
  onError?: (error: unknown) => void;
}

/**
 * One connection with its statements, each prepared once. Errors come out as `UserError` where a person can do something
 * about them.
 */
export class Connection {
  readonly path: string;
  readonly readOnly: boolean;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, Statement<unknown>>();
  readonly #onError: (error: unknown) => void;
  #depth = 0;

  /** Throws SQLite's own error, so that the one who opens can tell a damaged file from a missing one. */
  constructor(options: ConnectionOptions) {
    this.path = options.path;
    this.readOnly = options.readOnly;
    this.#onError = options.onError ?? (() => undefined);
    this.#database = new DatabaseSync(options.location, { readOnly: options.readOnly });
    try {
      this.#database.exec('PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA cache_size = -4096');
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  /**
   * Prepares for writing; this changes the file, so it comes after the checks. `maxPages`: limit of the database.
   */
  startWriting(maxPages?: number): void {
    this.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    // A long transaction leaves a long log behind; it is cut back at the next checkpoint.
    this.exec('PRAGMA journal_size_limit = 16777216');
    if (maxPages !== undefined) this.exec(`PRAGMA max_page_count = ${Math.trunc(maxPages)}`);
  }

  /** The statement for this text. `Row` is what the text selects: the two stand side by side. */
  prepare<Row = never>(sql: string): Statement<Row> {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known as Statement<Row>;
    const made = this.#wrap<Row>(this.#guard(() => this.#database.prepare(sql)));
    this.#statements.set(sql, made as Statement<unknown>);
    return made;
  }

  exec(sql: string): void {
    this.#guard(() => this.#database.exec(sql));
  }

  /** One number, for instance of a pragma; 0 when there is no row. */
  number(sql: string): number {
    const row = this.#guard(() => this.#database.prepare(sql).get());
    return row === undefined ? 0 : Number(Object.values(row)[0]);
  }

  /** All or nothing. Inside another transaction it is part of that one. */
  transaction<T>(work: () => T): T {
    if (this.#depth > 0) return work();
    this.#guard(() => this.#database.exec('BEGIN IMMEDIATE'));
    this.#depth = 1;
    try {
      const result = work();
      this.#guard(() => this.#database.exec('COMMIT'));
      return result;
    } catch (error) {
      this.#rollBack();
      throw error;
    } finally {
      this.#depth = 0;
    }
  }

  /** Safe to call twice. */
  close(): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  #rollBack(): void {
    try {
      this.#database.exec('ROLLBACK');
    } catch {
      // A full disk or an I/O error has made SQLite roll back by itself: there is no transaction left to end.
    }
  }

  #wrap<Row>(statement: StatementSync): Statement<Row> {
    return {
      get: (...values) => this.#guard(() => statement.get(...values)) as Row | undefined,
      all: (...values) => this.#guard(() => statement.all(...values)) as Row[],
      run: (...values) => {
        const result = this.#guard(() => statement.run(...values));
        return { changes: Number(result.changes), lastInsertRowid: Number(result.lastInsertRowid) };
      },
    };
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      const problem = databaseProblem(error, this.path);
      this.#onError(problem);
      throw problem;
    }
  }
}
