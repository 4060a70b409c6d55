/** Which bundles the build makes, from what, and what they leave outside. */
import { globSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import { importMetaUrl, quietSqliteWarning } from './banner.ts';
import { root } from './install.mjs';

/** One file in `dist`. */
export interface Bundle {
  /** Name in `dist`, without `.cjs`. */
  name: string;
  /** Source file, relative to the project. */
  entry: string;
  /** Modules that are there at run time and not bundled. */
  external: string[];
  /** Text before the code. */
  banner: string;
}

const node = importMetaUrl + quietSqliteWarning;
const fixed: Bundle[] = [
  // Stages: the first is all that activation loads; it fetches the client when the engine is wanted, the rows when a view
  // is drawn below its first level, and the actions at the first command.
  {
    name: 'extension',
    entry: 'src/extension/main.ts',
    external: ['vscode'],
    banner: importMetaUrl,
  },
  { name: 'client', entry: 'src/extension/client.ts', external: ['vscode'], banner: importMetaUrl },
  { name: 'rows', entry: 'src/extension/view/rows.ts', external: ['vscode'], banner: importMetaUrl },
  { name: 'actions', entry: 'src/extension/actions.ts', external: ['vscode'], banner: importMetaUrl },
  { name: 'engine', entry: 'src/engine/main.ts', external: [], banner: node },
  {
    name: 'cli',
    entry: 'src/build/cliLauncher.ts',
    external: ['./cliMain.cjs'],
    banner: '#!/usr/bin/env node\n',
  },
  { name: 'cliMain', entry: 'src/cli/main.ts', external: [], banner: node },
];

/** All bundles: the fixed ones, and one for each `*.process.ts` and `*.worker.ts` (see `tools/entryPath.ts`). */
export function bundles(): Bundle[] {
  const entries = globSync(['src/**/*.process.ts', 'src/**/*.worker.ts'], { cwd: root }).sort();
  const all = [
    ...fixed,
    ...entries.map((entry) => ({ name: basename(entry, '.ts'), entry, external: [], banner: node })),
  ];
  const names = new Set<string>();
  for (const { name, entry } of all) {
    if (names.has(name)) throw new Error(`Two bundles are named ${name}; rename ${entry}.`);
    names.add(name);
  }
  return all;
}

/**
 * Makes `import('./client.ts')` of one bundle a load of another at run time: the source keeps its types and runs as it
 * stands, the first stage stays small.
 */
const stages: Plugin = {
  name: 'stages',
  setup({ onResolve }) {
    onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const target = fixed.find(({ entry }) => join(root, entry) === resolve(resolveDir, path));
      return target && { path: `./${target.name}.cjs`, external: true };
    });
  },
};

/** What esbuild is asked for: CommonJS, since Electron's extension host and `node:sqlite`-free Nodes must load it. */
export function options(bundle: Bundle, production: boolean): BuildOptions {
  return {
    entryPoints: [bundle.entry],
    outfile: `dist/${bundle.name}.cjs`,
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    // The launcher must parse on the Nodes that it turns away.
    target: bundle.name === 'cli' ? 'node14' : 'node22',
    mainFields: ['module', 'main'],
    external: bundle.external,
    banner: { js: bundle.banner },
    plugins: [stages],
    // In the editor's host `import()` becomes `require()`: what it loads is CommonJS, and the loader hooks only see
    // `require`. Elsewhere it stays: the host of module tools imports files of people, ES modules among them.
    ...(bundle.external.includes('vscode') ? { supported: { 'dynamic-import': false } } : {}),
    define: { 'import.meta.url': 'import_meta_url' },
    minify: production,
    // Names in stack traces stay readable; a user's report is worth the few bytes.
    keepNames: production,
    sourcemap: production ? false : 'linked',
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
  };
}
