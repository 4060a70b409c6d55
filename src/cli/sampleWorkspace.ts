import { accessSync, chmodSync, constants, cpSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The sample workspace, where it can be written: in the package; or else a copy in the person's cache, which stays for
 * the next time; or else, for somebody without a home, a copy among the temporary files.
 */
export function sampleWorkspace(
  packageFolder: string,
  home = homedir(),
  writable: (folder: string) => boolean = isWritable,
): { folder: string; copied: boolean } {
  const samples = join(packageFolder, 'examples');
  if (writable(samples)) return { folder: samples, copied: false };
  const folder = folderForCopy(home, writable);
  cpSync(samples, folder, { recursive: true, filter: (path) => !path.includes('.imaginarium') });
  makeWritable(folder);
  return { folder, copied: true };
}

function folderForCopy(home: string, writable: (folder: string) => boolean): string {
  const cached = join(home, '.cache', 'imaginarium', 'examples');
  try {
    mkdirSync(cached, { recursive: true });
    if (writable(cached)) return cached;
  } catch {
    // Nobody may write there: a folder that cannot have been prepared by somebody else serves as well.
  }
  return mkdtempSync(join(tmpdir(), 'imaginarium-examples-'));
}

/** What is read-only is copied read-only, and could not be replaced the next time. */
function makeWritable(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) chmodSync(path, 0o755);
    else if (entry.isFile()) chmodSync(path, 0o644);
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
