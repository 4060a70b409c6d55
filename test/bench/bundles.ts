/** What is measured is what ships: the production bundles. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bundles } from '../../src/build/bundles.ts';
import { root } from '../../src/build/install.mjs';

const sources = ['src/**/*.*', 'package.json', 'package-lock.json'];

/** Absolute path of a bundle. */
export function bundle(name: string): string {
  return join(root, 'dist', `${name}.cjs`);
}

/** Builds all bundles when one is missing, older than a source, or not made for production. Throws when that fails. */
export function ensureBundles(): void {
  if (!stale()) return;
  const build = spawnSync(process.execPath, ['src/build/build.ts', '--production', '--quiet'], {
    cwd: root,
    // Standard output belongs to the table.
    stdio: ['ignore', 2, 2],
  });
  if (build.status !== 0) throw new Error('The bundles could not be built; npm run build says why.');
}

function stale(): boolean {
  const files = bundles().map(({ name }) => bundle(name));
  if (!files.every((file) => existsSync(file))) return true;
  // Only a build for development leaves source maps.
  if (files.some((file) => existsSync(`${file}.map`))) return true;
  const oldest = Math.min(...files.map((file) => statSync(file).mtimeMs));
  return globSync(sources, { cwd: root }).some((path) => statSync(join(root, path)).mtimeMs > oldest);
}
