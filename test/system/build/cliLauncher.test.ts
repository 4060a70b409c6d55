import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'esbuild';
import { bundles, options } from '../../../src/build/bundles.ts';

/** Stands for the CLI: says who it is, then does what its first argument says. */
const program = `
console.log(JSON.stringify({ pid: process.pid, args: process.argv.slice(2), marked: 'IMAGINARIUM_LAUNCHED' in process.env }));
const doing = process.argv[2];
let interrupts = 0;
if (doing === 'exit') process.exitCode = Number(process.argv[3]);
if (doing === 'crash') process.kill(process.pid, 'SIGKILL');
if (doing === 'count') process.on('SIGINT', () => console.log('SIGINT ' + ++interrupts));
if (doing === 'count' || doing === 'wait') setInterval(() => {}, 1000);
`;

describe('The launcher of the CLI', function () {
  this.timeout(10_000);
  let folder: string;
  let launcher: string;
  const started: ChildProcess[] = [];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'imaginarium-launcher-'));
    launcher = join(folder, 'inner', 'dist', 'cli.cjs');
    mkdirSync(dirname(launcher), { recursive: true });
    const bundle = bundles().find(({ name }) => name === 'cli');
    assert.ok(bundle);
    await build({ ...options(bundle, true), outfile: launcher });
    writeFileSync(join(dirname(launcher), 'cliMain.cjs'), program);
    // The newer Node lies some folders up, as it does for a dependency of a project.
    mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
    symlinkSync(process.execPath, join(folder, 'node_modules', '.bin', 'node'));
  });

  after(() => {
    for (const child of started) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  function start(version: string, path: string, ...args: string[]) {
    // This Node, taken for another: the machine may have no old one.
    const disguise = join(folder, `node-${version}.cjs`);
    const versions = JSON.stringify({ ...process.versions, node: version });
    writeFileSync(disguise, `Object.defineProperty(process, 'versions', { value: ${versions} });`);
    const child = spawn(process.execPath, ['--require', disguise, path, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(child);
    const run = { child, out: '', err: '', ended: once(child, 'close') };
    child.stdout.on('data', (data) => {
      run.out += data;
    });
    child.stderr.on('data', (data) => {
      run.err += data;
    });
    return run;
  }

  async function until(condition: () => boolean): Promise<void> {
    for (let waited = 0; !condition(); waited += 10) {
      assert.ok(waited < 5_000, 'waited 5 s in vain');
      await wait(10);
    }
  }

  function alive(pid: number): boolean {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  }

  const first = (text: string) => JSON.parse(text.split('\n')[0] ?? '');

  it('runs the CLI in its own process on a Node that is new enough', async () => {
    const run = start('22.13.0', launcher, 'exit', '3');
    assert.deepEqual(await run.ended, [3, null]);
    assert.equal(first(run.out).pid, run.child.pid);
  });

  it('becomes the newer Node that it finds upwards: same arguments, same exit code', async () => {
    const run = start('20.19.0', launcher, 'exit', '3', 'it\'s --odd "x"', 'ünï');
    assert.deepEqual(await run.ended, [3, null]);
    const { pid, args, marked } = first(run.out);
    assert.notEqual(pid, run.child.pid);
    assert.deepEqual(args, ['exit', '3', 'it\'s --odd "x"', 'ünï']);
    assert.equal(marked, false);
  });

  it('ends by the signal that ended the CLI', async () => {
    const run = start('20.19.0', launcher, 'crash');
    assert.deepEqual(await run.ended, [null, 'SIGKILL']);
  });

  it('hands on an interrupt, once', async () => {
    const run = start('20.19.0', launcher, 'count');
    await until(() => run.out.includes('\n'));
    process.kill(run.child.pid ?? 0, 'SIGINT');
    await until(() => run.out.includes('SIGINT 1'));
    // As a terminal does it: both are told, and the launcher must not tell again.
    process.kill(run.child.pid ?? 0, 'SIGINT');
    process.kill(first(run.out).pid, 'SIGINT');
    await until(() => run.out.includes('SIGINT 2'));
    await wait(300);
    assert.doesNotMatch(run.out, /SIGINT 3/);
    run.child.kill('SIGKILL');
    await run.ended;
  });

  it('leaves a signal its own effect where the CLI does not listen', async () => {
    const run = start('20.19.0', launcher, 'wait');
    await until(() => run.out.includes('\n'));
    process.kill(run.child.pid ?? 0, 'SIGTERM');
    assert.deepEqual(await run.ended, [null, 'SIGTERM']);
    assert.equal(alive(first(run.out).pid), false);
  });

  it('leaves no CLI behind when it is killed', async () => {
    const run = start('20.19.0', launcher, 'wait');
    await until(() => run.out.includes('\n'));
    process.kill(run.child.pid ?? 0, 'SIGKILL');
    await until(() => !alive(first(run.out).pid));
  });

  it('says what it needs, found and advises where there is no newer Node', async () => {
    const alone = mkdtempSync(join(tmpdir(), 'imaginarium-launcher-'));
    try {
      const path = join(alone, 'cli.cjs');
      copyFileSync(launcher, path);
      const run = start('20.19.0', path, 'exit', '0');
      assert.deepEqual(await run.ended, [2, null]);
      assert.equal(run.out, '');
      assert.match(
        run.err,
        /needs Node 22\.13 or newer; this is Node 20\.19\.0 \(.+\)\.\nInstall a newer Node/,
      );
    } finally {
      rmSync(alone, { recursive: true, force: true });
    }
  });
});
