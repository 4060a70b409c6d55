import { NotRead, withFile } from './fileText.ts';

/** The beginning of the manifest of an export of ours (`engine/training/exportFiles`). */
const ours = /^\{\s*"manifest":\s*1,\s*"imaginarium":/;

/**
 * Whether a file is one that we have exported: training data brings its tools along, and these are not to stand beside those
 * that they were made of. `absolute`: the file; `root`: real path of the workspace folder.
 */
export async function isExported(absolute: string, root: string): Promise<boolean> {
  const train = absolute.replace(/\.validation(\.[^./]+)?$/, '$1');
  try {
    return await withFile(`${train}.manifest.json`, root, async (manifest) =>
      ours.test((await manifest.read(Math.min(manifest.size, 256))).toString('utf8')),
    );
  } catch (error) {
    if (error instanceof NotRead) return false;
    throw error;
  }
}
