/** The files of an export: none is written over what is there unless a person said so, and each is written as a whole. */
import { mkdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { replaceFile } from '../../store/replaceFile.ts';
import { WrongRequest } from '../errors.ts';
import type { FileOut } from './formats/format.ts';

/** Throws `WrongRequest` where a file is there already and may not be replaced, or where there is a folder of its name. */
export async function checkTarget(
  { path, merges }: Pick<FileOut, 'path' | 'merges'>,
  replace: boolean,
): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found === null) return;
  if (!found.isFile()) throw new WrongRequest(`${path} is no file.`, 'Name a file to write to.');
  if (replace) return;
  throw new WrongRequest(
    `There is a file ${path} already.`,
    merges
      ? 'Allow that it is changed (--force): what else stands in it stays.'
      : 'Name another, or replace it with --force.',
  );
}

export async function checkTargets(files: readonly FileOut[], replace: boolean): Promise<void> {
  for (const file of files) await checkTarget(file, replace);
}

/** Writes them, with the folders that they lie in. Throws `UserError`. */
export async function writeFiles(files: readonly FileOut[]): Promise<void> {
  for (const { path, text } of files) {
    try {
      await mkdir(dirname(path), { recursive: true });
      await replaceFile(path, text);
    } catch (error) {
      throw new UserError(
        `${basename(path)} could not be written: ${error instanceof Error ? error.message : error}`,
        'Choose a folder that you may write to, with enough room.',
        { cause: error },
      );
    }
  }
}

/** The text of a file; null for none. */
export async function readIfThere(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}
