/** `npm run build [-- --production --quiet]`: every bundle into `dist/`. A warning fails the build. */
import { chmodSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build, formatMessages } from 'esbuild';
import { type Bundle, bundles, options } from './bundles.ts';
import { root } from './install.mjs';

const dist = join(root, 'dist');
const production = process.argv.includes('--production');
const quiet = process.argv.includes('--quiet');

/** Builds one bundle; prints what is wrong and returns false where anything is. */
async function make(bundle: Bundle): Promise<boolean> {
  const result = await build(options(bundle, production)).catch((error: unknown) => {
    if (error instanceof Error && 'errors' in error && 'warnings' in error) {
      return error as unknown as Pick<Awaited<ReturnType<typeof build>>, 'errors' | 'warnings'>;
    }
    throw error;
  });
  const problems = [
    ...(await formatMessages(result.errors, { kind: 'error', color: process.stderr.isTTY })),
    ...(await formatMessages(result.warnings, { kind: 'warning', color: process.stderr.isTTY })),
  ];
  for (const problem of problems) console.error(problem);
  return problems.length === 0;
}

/** Takes away what an earlier build left and this one does not make: a VSIX must not carry it. */
function clean(all: Bundle[]): void {
  if (!existsSync(dist)) return;
  const wanted = new Set(
    all.flatMap(({ name }) => [`${name}.cjs`, ...(production ? [] : [`${name}.cjs.map`])]),
  );
  for (const name of readdirSync(dist)) {
    if (/\.cjs(\.map)?$/.test(name) && !wanted.has(name)) rmSync(join(dist, name));
  }
}

const all = bundles();
clean(all);
const built = await Promise.all(all.map(make));
if (built.every(Boolean)) {
  chmodSync(join(dist, 'cli.cjs'), 0o755);
  for (const { name } of quiet ? [] : all) {
    const size = statSync(join(dist, `${name}.cjs`)).size;
    console.log(`${`dist/${name}.cjs`.padEnd(36)} ${(size / 1024).toFixed(1).padStart(8)} KB`);
  }
} else {
  process.exitCode = 1;
}
