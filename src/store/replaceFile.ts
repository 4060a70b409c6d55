/** Files as a whole: no reader ever sees half of one. */
import { open, rename, rm } from 'node:fs/promises';

/**
 * Writes a file beside the one at `path`, then gives it that name; a long text may come in pieces. `mayReplace` is asked last: false leaves everything as it
 * is. Resolves to whether the file is another now.
 */
export async function replaceFile(
  path: string,
  text: string | Iterable<string>,
  mayReplace: () => Promise<boolean> = () => Promise.resolve(true),
): Promise<boolean> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    // What lies there already is of a process that died, or a link that leads elsewhere.
    await rm(temporary, { force: true });
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(text);
      // Without it a power failure may leave the new name with nothing in it.
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (!(await mayReplace())) return false;
    await rename(temporary, path);
    return true;
  } finally {
    await rm(temporary, { force: true });
  }
}
