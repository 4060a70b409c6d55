import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../../../src/build/install.mjs';

/** Layer → what it must not import. The arrows are those of the architecture page. */
const refused: Record<string, string[]> = {
  core: ['vscode', 'node:fs', 'node:fs/promises', '../tools/x.ts', '../protocol/x.ts', '../engine/x.ts'],
  tools: ['vscode', '../engine/x.ts', '../models/x.ts', '../store/x.ts', '../protocol/x.ts'],
  models: ['vscode', '../engine/x.ts', '../tools/x.ts', '../store/x.ts'],
  store: ['vscode', '../engine/x.ts', '../tools/x.ts', '../models/x.ts'],
  protocol: ['vscode', 'node:fs', '../engine/x.ts', '../tools/x.ts'],
  engine: ['vscode', '../cli/x.ts', '../extension/x.ts'],
  cli: ['vscode', '../extension/x.ts', '../webview/x.ts'],
  extension: ['../engine/x.ts', '../tools/x.ts', '../store/x.ts', '../cli/x.ts'],
  webview: ['vscode', 'node:fs', '../engine/x.ts', '../extension/x.ts'],
};
const allowed: Record<string, string[]> = {
  core: ['./x.ts'],
  tools: ['../core/x.ts', 'node:fs'],
  models: ['../core/x.ts'],
  store: ['../core/x.ts', 'node:sqlite'],
  protocol: ['../core/x.ts'],
  engine: ['../core/x.ts', '../tools/x.ts', '../models/x.ts', '../store/x.ts', '../protocol/x.ts'],
  cli: ['../engine/x.ts', '../core/x.ts'],
  extension: ['vscode', '../protocol/x.ts', '../core/x.ts', 'node:path'],
  webview: ['../protocol/x.ts'],
};

describe('The layers', function () {
  this.timeout(20_000);
  let copy: string;

  before(() => {
    copy = mkdtempSync(join(tmpdir(), 'imaginarium-layers-'));
    const settings = [
      'package.json',
      'biome.json',
      'tsconfig.base.json',
      'src/core/tsconfig.json',
      'src/core/globals.d.ts',
    ];
    for (const path of [...settings, 'src/protocol/tsconfig.json']) {
      cpSync(join(root, path), join(copy, path), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  });

  after(() => rmSync(copy, { recursive: true, force: true }));

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), text);
  }

  function run(program: string, ...args: string[]): string {
    const path = join(root, 'node_modules', program);
    const { stdout, stderr } = spawnSync(process.execPath, [path, ...args], { cwd: copy, encoding: 'utf8' });
    return stdout + stderr;
  }

  it('are guarded by the linter: each import that points the wrong way is refused, and no other', () => {
    const expected: string[] = [];
    for (const [layer, imports] of Object.entries(refused)) {
      for (const [i, from] of imports.entries()) {
        write(`src/${layer}/refused${i}.ts`, `export { x } from '${from}';\n`);
        expected.push(`src/${layer}/refused${i}.ts`);
      }
      for (const [i, from] of (allowed[layer] ?? []).entries()) {
        write(`src/${layer}/allowed${i}.ts`, `export { x } from '${from}';\n`);
      }
    }
    const options = [
      'lint',
      '--only=style/noRestrictedImports',
      '--reporter=github',
      '--max-diagnostics=none',
      'src',
    ];
    const output = run('@biomejs/biome/bin/biome', ...options);
    const found = [...output.matchAll(/file=\S*?(src\/\w+\/\w+\.ts)/g)].map((match) => match[1]);
    assert.deepEqual([...new Set(found)].sort(), expected.sort(), output);
  });

  it('are guarded by the compiler: core and protocol have no editor, no Node, no timers and no window', () => {
    const offences: Record<string, string> = {
      editor: "import * as vscode from 'vscode';\nexport const x: unknown = vscode;\n",
      node: "import { readFileSync } from 'node:fs';\nexport const x: unknown = readFileSync;\n",
      bareNode: "import { readFileSync } from 'fs';\nexport const x: unknown = readFileSync;\n",
      process: 'export const x: unknown = process.env;\n',
      timer: 'export const x: unknown = setTimeout;\n',
      window: 'export const x: unknown = document.title;\n',
    };
    for (const layer of ['core', 'protocol']) {
      rmSync(join(copy, 'src', layer), { recursive: true });
      for (const path of [`src/${layer}/tsconfig.json`, 'src/core/globals.d.ts'])
        cpSync(join(root, path), join(copy, path));
      write(`src/${layer}/fine.ts`, 'export const x: AbortSignal | null = null;\n');
      for (const [name, text] of Object.entries(offences)) write(`src/${layer}/${name}.ts`, text);
      const output = run('typescript/bin/tsc', '--noEmit', '--pretty', 'false', '-p', `src/${layer}`);
      const found = [...output.matchAll(/(\w+)\.ts\(\d+,\d+\): error/g)].map((match) => match[1]);
      assert.deepEqual([...new Set(found)].sort(), Object.keys(offences).sort(), output);
    }
  });
});
