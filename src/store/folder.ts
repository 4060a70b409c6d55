import { lstat, mkdir, realpath, stat, writeFile } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { UserError } from '../core/errors.ts';
import { fileProblem, systemCode } from './problems.ts';

/** The folder `.imaginarium` of a workspace and what lies in it. */
export interface StoreFolder {
  root: string;
  database: string;
  lock: string;
}

/** Kept out of git: what is not to be shared, and this file itself. Examples and lessons are. */
const ignored = ['/.gitignore', '/trials.db*', '/explorer.lock*', '/servers.json', '*.tmp', ''].join('\n');

/** Where things are, after a look that none of it leads out of the workspace. Throws `UserError`. */
export async function storeFolder(workspace: string): Promise<StoreFolder> {
  const found = await stat(workspace).catch(() => null);
  if (found?.isDirectory() !== true) {
    throw new UserError(`${workspace} is no folder.`, 'Open a folder that exists.');
  }
  const root = join(workspace, '.imaginarium');
  const paths = { root, database: join(root, 'trials.db'), lock: join(root, 'explorer.lock') };
  for (const path of [root, paths.database, paths.lock]) await insideOf(workspace, path);
  return paths;
}

/** Makes the folder and its `.gitignore`, where they are missing. Throws `UserError`. */
export async function makeFolder(folder: StoreFolder): Promise<void> {
  try {
    await mkdir(folder.root, { recursive: true });
    await writeFile(join(folder.root, '.gitignore'), ignored, { flag: 'wx' });
  } catch (error) {
    // What a person wrote into it stays.
    if (systemCode(error) !== 'EEXIST') throw fileProblem(error, folder.root);
  }
}

/**
 * Throws `UserError` when a path that exists leads out of `outer`: a workspace may come from anybody, and a link in it must
 * not make us write elsewhere.
 */
export async function insideOf(outer: string, path: string): Promise<void> {
  try {
    await lstat(path);
    const way = relative(await realpath(outer), await realpath(path));
    if (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)) return;
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw fileProblem(error, path);
    // A link that leads nowhere could lead anywhere once its target is made.
    const link = await lstat(path).catch(() => null);
    if (link === null) return;
  }
  throw new UserError(
    `${path} is a link that leads out of ${outer}.`,
    'Replace the link by a folder or file of its own.',
  );
}
