import { UserError } from '../core/errors.ts';

/** Turns what SQLite and the file system say into what a person can act on. */

/** SQLite's primary result codes that have a meaning for people. */
const code = { busy: 5, readonly: 8, io: 10, corrupt: 11, full: 13, cantOpen: 14, notADatabase: 26 } as const;

/** SQLite's primary result code of an error; null for any other error. */
function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode & 0xff;
}

/** The system's code of an error (`ENOSPC`); null when it has none. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  // Codes of Node and SQLite have an underscore: `ERR_SQLITE_ERROR`.
  return /^E[A-Z0-9]+$/.test(error.code) ? error.code : null;
}

/** Whether the bytes of the database are not what SQLite wrote. */
export function isDamage(error: unknown): boolean {
  const found = sqliteCode(error instanceof UserError ? error.cause : error);
  return found === code.corrupt || found === code.notADatabase;
}

/** Whether somebody else holds the lock. */
export function isBusy(error: unknown): boolean {
  return sqliteCode(error) === code.busy;
}

/** Whether a file or folder may not be written by us. */
export function isNotWritable(error: unknown): boolean {
  const found = sqliteCode(error);
  if (found !== null) return found === code.readonly || found === code.cantOpen;
  return ['EACCES', 'EPERM', 'EROFS'].includes(systemCode(error) ?? '');
}

/** The error for a database of this path, as people read it; what is no trouble of the database stays as it is. */
export function databaseProblem(error: unknown, path: string): unknown {
  const cause = { cause: error };
  switch (sqliteCode(error)) {
    case code.full:
      return diskFull(path, error);
    case code.busy:
      return new UserError(
        `${path} is in use by another program.`,
        'Close the other program that has it open, then try again.',
        cause,
      );
    case code.readonly:
    case code.cantOpen:
      return notWritable(path, error);
    case code.io:
      return new UserError(
        `${path} could not be read or written: the disk reports an error.`,
        'Check the disk and its free space, then try again.',
        cause,
      );
    case code.corrupt:
    case code.notADatabase:
      return new UserError(
        `${path} is damaged.`,
        'Reload the window: the damaged file is put aside and a new one begun. Example and lesson files are not affected.',
        cause,
      );
    default:
      return error;
  }
}

/** The error for a file of this path, as people read it. */
export function fileProblem(error: unknown, path: string): unknown {
  const found = systemCode(error);
  if (found === 'ENOSPC' || found === 'EDQUOT') return diskFull(path, error);
  if (isNotWritable(error)) return notWritable(path, error);
  if (found === null || error instanceof UserError) return error;
  return new UserError(
    `${path} could not be read or written (${found}).`,
    'Check the file and its folder, then try again.',
    {
      cause: error,
    },
  );
}

export function diskFull(path: string, cause: unknown): UserError {
  return new UserError(
    `${path} could not be written: the disk is full.`,
    'Free some space, then go on with Resume. What was recorded before is safe.',
    { cause },
  );
}

export function notWritable(path: string, cause: unknown): UserError {
  return new UserError(
    `${path} cannot be written: this user has no permission.`,
    'Open a folder that you may write to, or change its permissions. What is there can still be read.',
    { cause },
  );
}
