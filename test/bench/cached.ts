/** Workspaces that take long to make, kept in `.cache/bench` for the next bench. */
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../src/build/install.mjs';

const cache = join(root, '.cache', 'bench');

/**
 * A workspace by its name, made by `make` in an empty folder when it is not there yet. It belongs to the schema of the
 * database and to the sources of the bench that made it; older ones of its name are removed.
 */
export async function cached(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const home = join(cache, `${name}-${madeFrom()}`);
  if (existsSync(home)) return home;
  mkdirSync(cache, { recursive: true });
  for (const old of readdirSync(cache)) {
    if (old.startsWith(`${name}-`)) rmSync(join(cache, old), { recursive: true });
  }
  // Renamed at the end, so that what is there is whole.
  const work = join(cache, `${name}-making`);
  mkdirSync(work);
  console.error(`Making ${name}, once…`);
  await make(work);
  renameSync(work, home);
  return home;
}

/** The tables, the word index, and who fills them. */
const sources = [
  'src/store/{migrations,textSearch}.ts',
  'test/bench/{largeStore,manyExamples,specTree,storeFixtures,testQueries,workbenchStore}.ts',
];

function madeFrom(): string {
  const hash = createHash('sha256');
  for (const path of globSync(sources, { cwd: root }).sort()) hash.update(readFileSync(join(root, path)));
  return hash.digest('hex').slice(0, 12);
}
