import { accessSync, constants } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { databaseProblem, fileProblem, isBusy } from './problems.ts';

/**
 * Who holds it explores; everybody else reads. It is a lock of the system on a small SQLite file of its own, so it goes when
 * its process dies, by whatever signal, and no stale one ever has to be judged.
 */
export class ExplorerLock {
  readonly #database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Null when somebody else has it. Throws `UserError` when the file cannot be written. */
  static take(path: string): ExplorerLock | null {
    let database: DatabaseSync | null = null;
    try {
      database = new DatabaseSync(path);
      // SQLite opens what it may not write for reading, and then grants a lock that keeps nobody out.
      accessSync(path, constants.W_OK);
      // Nothing is ever written: no journal, no wait.
      database.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
      return new ExplorerLock(database);
    } catch (error) {
      database?.close();
      if (isBusy(error)) return null;
      throw fileProblem(databaseProblem(error, path), path);
    }
  }

  /** Safe to call twice. */
  free(): void {
    if (this.#database.isOpen) this.#database.close();
  }
}
