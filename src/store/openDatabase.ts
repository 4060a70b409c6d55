import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { UserError } from '../core/errors.ts';
import type { StoreNotice } from './api.ts';
import { Connection } from './connection.ts';
import { migrate, schemaVersion } from './migrations.ts';
import { databaseProblem, fileProblem, isDamage, isNotWritable } from './problems.ts';

/** Databases up to this size are checked whole at every start (about 30 ms); larger ones after damage was met. Bytes. */
const checkedUpTo = 32 * 1024 * 1024;

/** How long a reader waits for the explorer to have made the database. Milliseconds. */
const patience = 3000;

/** The database of the one who explores: made, or brought to the newest schema, or begun anew when it is damaged. */
export async function openForWriting(
  path: string,
  maxPages: number | undefined,
  notice: (notice: StoreNotice) => void,
): Promise<Connection> {
  try {
    refuseNewer(path, await versionOf(path));
    return openChecked(path, maxPages);
  } catch (error) {
    if (!isDamage(error)) throw databaseProblem(error, path);
    const aside = await putAside(path);
    notice({
      severity: 'error',
      message: `The database ${path} is damaged. It was put aside as ${aside}, and a new one was begun.`,
      advice:
        'Examples and lessons are safe in their files. Earlier trials and runs are in the file put aside.',
    });
    return openChecked(path, maxPages);
  }
}

/** The database of one who only reads; null when there is none. Throws `UserError` when it cannot be read. */
export async function openForReading(path: string): Promise<Connection | null> {
  const giveUp = Date.now() + patience;
  for (;;) {
    if (!existsSync(path)) return null;
    try {
      const connection = readingConnection(path);
      const version = connection.number('PRAGMA user_version');
      if (version === schemaVersion) return connection;
      connection.close();
      refuseNewer(path, version);
      if (Date.now() > giveUp) throw olderDatabase(path);
    } catch (error) {
      if (Date.now() > giveUp || isDamage(error) || error instanceof UserError)
        throw databaseProblem(error, path);
    }
    // The explorer is just making it.
    await pause(50);
  }
}

/** A database in memory with nothing in it, for readers where there is none yet. */
export function emptyDatabase(): Connection {
  const connection = new Connection({ path: ':memory:', location: ':memory:', readOnly: false });
  migrate(connection);
  return connection;
}

function readingConnection(path: string): Connection {
  try {
    const connection = new Connection({ path, location: path, readOnly: true });
    // Opening is lazy: only a read tells whether the write-ahead log can be used.
    connection.number('SELECT count(*) FROM sqlite_schema');
    return connection;
  } catch (error) {
    const cause = error instanceof UserError ? error.cause : error;
    if (!isNotWritable(cause)) throw error;
    // Where we may not write and nobody else has it open, SQLite cannot make its index of the log. Nobody changes the
    // database then, so it can be read as it stands.
    const location = pathToFileURL(path);
    location.searchParams.set('immutable', '1');
    return new Connection({ path, location, readOnly: true });
  }
}

function openChecked(path: string, maxPages: number | undefined): Connection {
  const mark = `${path}.check`;
  const connection = new Connection({
    path,
    location: path,
    readOnly: false,
    onError: (error) => {
      // So that the next start looks at all of it, however large it is.
      if (isDamage(error)) writeFileSync(mark, '');
    },
  });
  try {
    check(connection, path, existsSync(mark));
    connection.startWriting(maxPages);
    migrate(connection);
    rmSync(mark, { force: true });
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Throws what `isDamage` knows when the file is no sound database of ours. */
function check(connection: Connection, path: string, suspected: boolean): void {
  const version = connection.number('PRAGMA user_version');
  const tables = connection.number('SELECT count(*) FROM sqlite_schema');
  const ours = connection.number(
    "SELECT count(*) FROM sqlite_schema WHERE name IN ('trials', 'runs', 'tools')",
  );
  const foreign = version === 0 ? tables > 0 : ours < 3;
  const broken =
    !foreign &&
    (suspected || statSync(path).size <= checkedUpTo) &&
    connection.prepare<{ quick_check: string }>('PRAGMA quick_check(1)').get()?.quick_check !== 'ok';
  if (foreign || broken) {
    throw Object.assign(new Error(foreign ? 'not a database of ours' : 'quick_check failed'), {
      errcode: 11,
    });
  }
}

/**
 * The schema version, found without changing a byte: from the header, and through a reading connection only when there is
 * a log that may say otherwise. 0 for a file that is missing or no database.
 */
async function versionOf(path: string): Promise<number> {
  if (!existsSync(path)) return 0;
  const header = Buffer.alloc(64);
  try {
    const file = await open(path, 'r');
    try {
      await file.read(header, 0, header.length, 0);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileProblem(error, path);
  }
  if (header.toString('latin1', 0, 16) !== 'SQLite format 3\0') return 0;
  const log = `${path}-wal`;
  if (!existsSync(log) || statSync(log).size === 0) return header.readUInt32BE(60);
  const connection = new Connection({ path, location: path, readOnly: true });
  try {
    return connection.number('PRAGMA user_version');
  } finally {
    connection.close();
  }
}

function refuseNewer(path: string, version: number): void {
  if (version <= schemaVersion) return;
  throw new UserError(
    `${path} was written by a newer version of Imaginarium (schema ${version}, this one knows ${schemaVersion}).`,
    'Update Imaginarium, or move the file away. It was not touched.',
  );
}

function olderDatabase(path: string): UserError {
  return new UserError(
    `${path} is of an older version of Imaginarium, and is only read here.`,
    'Explore once in this workspace to bring it up to date; close an older window that has it open first.',
  );
}

/** Moves the database and what belongs to it; returns the new path. */
async function putAside(path: string): Promise<string> {
  const time = new Date().toISOString().replace(/[-:]|\.[0-9]+/g, '');
  let aside = `${path}.damaged-${time}`;
  for (let number = 2; existsSync(aside); number++) aside = `${path}.damaged-${time}-${number}`;
  try {
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(path + suffix)) await rename(path + suffix, aside + suffix);
    }
    rmSync(`${path}.check`, { force: true });
  } catch (error) {
    throw fileProblem(error, path);
  }
  return aside;
}
