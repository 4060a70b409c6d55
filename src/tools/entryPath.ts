import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Path of a program that runs in a process or a worker thread of its own, as `fork` and `Worker` want it.
 *
 * The rule: such a program is a source file named `<name>.process.ts` or `<name>.worker.ts`, whose name no other has.
 * From source (tests), it is run where it stands. The build bundles each into `dist/<name>.process.cjs`, beside the
 * bundle that asks, where no other file of the source exists.
 *
 * @param entry relative path of the source file, as an import would name it: `./warden.process.ts`
 * @param from `import.meta.url` of the asking module; the bundles define it too
 */
export function entryPath(entry: string, from: string): string {
  const asking = fileURLToPath(from);
  if (!asking.endsWith('.cjs')) return join(dirname(asking), entry);
  return join(dirname(asking), basename(entry).replace(/\.ts$/, '.cjs'));
}
