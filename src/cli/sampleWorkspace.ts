import { accessSync, constants, cpSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The sample workspace, where it can be written: in the package, or else a copy of it in the folder for temporary files,
 * which belongs to this user and stays for the next time.
 */
export function sampleWorkspace(packageFolder: string): { folder: string; copied: boolean } {
  const samples = join(packageFolder, 'examples');
  if (isWritable(samples)) return { folder: samples, copied: false };
  const folder = join(tmpdir(), `imaginarium-examples-${process.getuid?.() ?? 'user'}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  cpSync(samples, folder, { recursive: true, filter: (path) => !path.includes('.imaginarium') });
  return { folder, copied: true };
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
