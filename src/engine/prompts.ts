import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadPromptSet, ownPrompts, type PromptSet, promptFiles } from '../core/explore/index.ts';
import { WrongRequest } from './errors.ts';

/**
 * The prompts of a folder (absolute path), or our own for null. Throws `WrongRequest` when there is no such folder, when
 * it holds none of the files, or when one of them cannot be used.
 */
export async function readPrompts(folder: string | null): Promise<PromptSet> {
  if (folder === null) return ownPrompts;
  const files = await readFiles(folder);
  if (Object.keys(files).length === 0) {
    throw new WrongRequest(
      `There are no prompts in ${folder}.`,
      `A folder of prompts holds some of: ${promptFiles.join(', ')}.`,
    );
  }
  try {
    return loadPromptSet(files);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new WrongRequest(`The prompts in ${folder} cannot be used. ${error.message}`, 'Correct that file.');
  }
}

async function readFiles(folder: string): Promise<Record<string, string>> {
  try {
    const names = (await readdir(folder)).filter((name) => promptFiles.includes(name));
    const texts = await Promise.all(
      names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const),
    );
    return Object.fromEntries(texts);
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'There is no such folder' : String(error);
    throw new WrongRequest(
      `The prompts in ${folder} cannot be read: ${why}.`,
      'Name a folder that holds prompt files.',
    );
  }
}
