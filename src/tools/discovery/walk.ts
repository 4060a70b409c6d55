/** Goes through the folders of a workspace folder, level by level. */
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { deepest, depthOf } from './candidates.ts';
import { headText, withFile } from './fileText.ts';

/** Folders that are listed at a time. */
const lanes = 8;
/** No ignore file that a person wrote is longer, bytes. */
const longestIgnoreFile = 256 * 1024;

/** Who hears of what is found. Paths are relative to the workspace folder. */
export interface Visitor {
  /** What git's ignore files in a folder say; told before anything in the folder. */
  ignoreTexts(folder: string, texts: string[]): void;
  /** Whether to look into a folder. */
  enters(path: string, name: string): boolean;
  /** Files and links of a folder; the next level waits for this. */
  files(folder: string, paths: string[]): void | Promise<void>;
  /** A folder that cannot be listed. */
  closed(folder: string, error: NodeJS.ErrnoException): void;
}

/** Rejects when the signal is aborted. Links to folders are not followed. */
export async function walk(
  root: string,
  from: string,
  visitor: Visitor,
  signal: AbortSignal | undefined,
): Promise<void> {
  let level = [from];
  for (let depth = depthOf(from); level.length > 0 && depth <= deepest; depth++) {
    const below: string[][] = [];
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < level.length) {
        signal?.throwIfAborted();
        const index = next++;
        below[index] = await visit(root, level[index] as string, visitor);
      }
    };
    await Promise.all(Array.from({ length: Math.min(lanes, level.length) }, lane));
    level = below.flat();
  }
}

/** Resolves to the folders in a folder that are to be looked into. */
async function visit(root: string, folder: string, visitor: Visitor): Promise<string[]> {
  let entries: Dirent[];
  try {
    entries = await readdir(join(root, folder), { withFileTypes: true });
  } catch (error) {
    visitor.closed(folder, error as NodeJS.ErrnoException);
    return [];
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  visitor.ignoreTexts(folder, await ignoreTexts(root, folder, entries));
  const folders: string[] = [];
  const files: string[] = [];
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (!entry.isDirectory()) files.push(path);
    else if (visitor.enters(path, entry.name)) folders.push(path);
  }
  await visitor.files(folder, files);
  return folders;
}

/** The ignore files of a folder, the weaker first. */
async function ignoreTexts(root: string, folder: string, entries: readonly Dirent[]): Promise<string[]> {
  const absolute = join(root, folder);
  const has = (name: string): boolean => entries.some((entry) => entry.name === name);
  const paths = [
    ...(has('.git') ? [join(absolute, '.git', 'info', 'exclude')] : []),
    ...(has('.gitignore') ? [join(absolute, '.gitignore')] : []),
  ];
  return Promise.all(paths.map((path) => ignoreText(path, root)));
}

/** What is no file, or a link out of the workspace folder, says nothing: a workspace may have a pipe of this name. */
async function ignoreText(path: string, root: string): Promise<string> {
  return withFile(path, root, async ({ size, read }) => {
    const length = Math.min(size, longestIgnoreFile);
    return headText(await read(length), length === size);
  }).catch(() => '');
}

/** The ignore files of a folder as they are now. */
export async function readIgnoreTexts(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((): Dirent[] => []);
  return ignoreTexts(root, folder, entries);
}
