/**
 * `npm run test:integration [-- suite…]`: each suite in a VS Code of its own; the desktop one where it can be had, else
 * the VS Code server with a headless browser.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../../src/build/install.mjs';
import { cache } from '../helpers/vscode/codeServer.ts';
import { desktopVSCode, runOnDesktop } from '../helpers/vscode/desktop.ts';
import { launchVSCode, type VSCode } from '../helpers/vscode/launch.ts';
import { findSuites, type Suite } from './suites.ts';

const output = join(root, 'dist', 'test');
/** Begins what is mocha's report, in a console that the whole window writes to. */
const mark = '[report] ';

/** Bundles the suite for the extension host, one file a test file; returns the module with `run()`. */
async function bundle(suite: Suite): Promise<string> {
  const outdir = join(output, suite.name);
  await build({
    entryPoints: [join(import.meta.dirname, 'index.ts'), ...suite.files].map((path) => ({
      in: path,
      out: basename(path, '.ts'),
    })),
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return join(outdir, 'index.cjs');
}

/** Runs a suite on the VS Code server. Resolves to whether it passed. */
async function runOnServer(suite: Suite, tests: string): Promise<boolean> {
  let vscode: VSCode | undefined;
  let timer: NodeJS.Timeout | undefined;
  const written: string[] = [];
  try {
    vscode = await launchVSCode({
      workspace: suite.workspace === null ? null : join(root, suite.workspace),
      trusted: suite.trusted,
      extension: 'development',
      tests,
      settings: suite.settings ?? {},
      extensions: (suite.extensions ?? []).map((folder) => join(root, folder)),
      env: { IMAGINARIUM_TEST_COLOR: process.stdout.isTTY ? '1' : '0', IMAGINARIUM_TEST_MARK: mark },
      print: (text) => {
        if (text.startsWith(mark)) console.log(text.slice(mark.length));
        else written.push(text);
      },
    });
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, suite.seconds * 1000, 'late');
    });
    const code = await Promise.race([vscode.finished, late]);
    if (code === 0) return true;
    const kept = keepLogs(vscode, suite, written);
    if (code !== 'late') console.error(`The suite ${suite.name} failed; logs: ${kept}`);
    else
      console.error(
        `The suite ${suite.name} took more than ${suite.seconds} s and was ended; logs: ${kept}\n${tail(vscode, written)}`,
      );
    return false;
  } finally {
    clearTimeout(timer);
    await vscode?.dispose();
  }
}

function keepLogs(vscode: VSCode, suite: Suite, written: string[]): string {
  const kept = join(cache, 'logs', suite.name);
  rmSync(kept, { recursive: true, force: true });
  mkdirSync(kept, { recursive: true });
  cpSync(join(vscode.logs.folder, 'data', 'logs'), kept, { recursive: true });
  cpSync(vscode.logs.server, join(kept, 'server.log'));
  writeFileSync(join(kept, 'window.log'), written.join('\n'));
  return kept;
}

/** The last lines of the server's log and of the window's console. */
function tail(vscode: VSCode, written: string[]): string {
  const server = readFileSync(vscode.logs.server, 'utf8').trimEnd().split('\n');
  return [
    ...server.slice(-20),
    '── window',
    ...written.slice(-20).map((text) => text.split('\n', 1)[0]),
  ].join('\n');
}

const wanted = process.argv.slice(2);
const suites = findSuites(import.meta.dirname).filter(
  ({ name }) => wanted.length === 0 || wanted.includes(name),
);
if (suites.length === 0) throw new Error(`There is no suite ${wanted.join(', ')}.`);
rmSync(output, { recursive: true, force: true });
const desktop = await desktopVSCode();
for (const suite of suites) {
  console.log(`\n${suite.name}${suite.trusted ? '' : ' (Restricted Mode)'}`);
  const tests = await bundle(suite);
  const passed = desktop ? await runOnDesktop(desktop, suite, tests) : await runOnServer(suite, tests);
  if (!passed) process.exitCode = 1;
}
