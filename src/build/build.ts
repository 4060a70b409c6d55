/** `npm run build [-- --production --quiet]`: every bundle into `dist/`. A warning fails the build. */
import { chmodSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, formatMessages } from 'esbuild';
import { type Bundle, bundles, options } from './bundles.ts';
import { root } from './install.mjs';
import { copyIcons, pageFiles, pageOptions } from './page.ts';

const dist = join(root, 'dist');
const production = process.argv.includes('--production');
const quiet = process.argv.includes('--quiet');

/** Builds one bundle; prints what is wrong and returns false where anything is. */
async function make(wanted: BuildOptions): Promise<boolean> {
  const result = await build(wanted).catch((error: unknown) => {
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
    [...all.map(({ name }) => `${name}.cjs`), ...pageFiles].flatMap((name) => [
      name,
      ...(production ? [] : [`${name}.map`]),
    ]),
  );
  for (const name of readdirSync(dist)) {
    if (/\.(cjs|js|css)(\.map)?$/.test(name) && !wanted.has(name)) rmSync(join(dist, name));
  }
}

const all = bundles();
clean(all);
copyIcons(dist);
const built = await Promise.all(
  [...all.map((bundle) => options(bundle, production)), pageOptions(production)].map(make),
);
if (built.every(Boolean)) {
  chmodSync(join(dist, 'cli.cjs'), 0o755);
  for (const name of quiet ? [] : [...all.map((bundle) => `${bundle.name}.cjs`), ...pageFiles]) {
    const size = statSync(join(dist, name)).size;
    console.log(`${`dist/${name}`.padEnd(36)} ${(size / 1024).toFixed(1).padStart(8)} KB`);
  }
} else {
  process.exitCode = 1;
}
