import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The data of the paper, which lies beside the project where it is present; null otherwise. */
export function sharedData(path: string): string | null {
  const file = fileURLToPath(new URL(`../../../shared/data/${path}`, import.meta.url));
  return existsSync(file) ? file : null;
}
