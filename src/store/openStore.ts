import { existsSync } from 'node:fs';
import { UserError } from '../core/errors.ts';
import type { Store, StoreOptions } from './api.ts';
import { ExplorerLock } from './explorerLock.ts';
import { makeFolder, storeFolder } from './folder.ts';
import { Notices } from './notices.ts';
import { isNotWritable } from './problems.ts';
import { WorkspaceStore } from './workspaceStore.ts';

/**
 * Opens what is kept of a workspace, creating it when there is nothing, and takes the explorer lock. When another process
 * has it, or the folder cannot be written but has a database, the store only reads, and `writeProblem` says why. Rejects
 * with `UserError` when the folder cannot be used at all, or the database is newer than we are.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const notices = new Notices((notice) => {
    options.log?.(`${notice.severity}: ${notice.message} ${notice.advice}`);
    options.onNotice?.(notice);
  });
  const paths = await storeFolder(options.folder);
  if (options.onlyRead === true) {
    return WorkspaceStore.reading(paths, options, notices, openedForReading(options.folder));
  }
  let lock: ExplorerLock | null = null;
  try {
    await makeFolder(paths);
    lock = ExplorerLock.take(paths.lock);
    if (lock === null) return await WorkspaceStore.reading(paths, options, notices, inUse(options.folder));
    return await WorkspaceStore.exploring(paths, options, notices, lock);
  } catch (error) {
    lock?.free();
    const readable = error instanceof UserError && isNotWritable(error.cause) && existsSync(paths.database);
    if (!readable) throw error;
    return WorkspaceStore.reading(paths, options, notices, error);
  }
}

function inUse(folder: string): UserError {
  return new UserError(
    `Another window or terminal explores ${folder}.`,
    'Stop the run there or close it, then try again. Everything can be read meanwhile.',
  );
}

function openedForReading(folder: string): UserError {
  return new UserError(
    `${folder} was opened for reading only.`,
    'Open it for exploring to change what is kept.',
  );
}
