/** What only a process can show: signals, pipes that close, and what is left behind. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startCli } from '../../helpers/cliProcess.ts';
import { jsonLines } from '../../helpers/testCli.ts';
import {
  echo,
  type TestTool,
  type WorkspaceFixture,
  workspaceFixture,
} from '../../helpers/workspaceFixture.ts';

const hanging: TestTool = {
  name: 'hanging',
  risk: 'read',
  body: `const { writeFileSync } = await import('node:fs');
    writeFileSync(new URL('./pid', import.meta.url), String(process.pid));
    await new Promise((resolve) => setTimeout(resolve, 60_000));`,
};

describe('A CLI process', () => {
  let workspace: WorkspaceFixture;
  beforeEach(() => {
    workspace = workspaceFixture([hanging, echo('add')]);
  });
  afterEach(() => workspace.remove());

  const pid = () => Number(readFileSync(join(workspace.folder, 'pid'), 'utf8'));
  const explore = (...args: string[]) =>
    startCli(['explore', '--model', 'offline', '--json', ...args], { cwd: workspace.folder });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`ends by ${signal} within a second, with 130, its tools killed, the run resumable`, async () => {
      const cli = explore('hanging');
      while (!existsSync(join(workspace.folder, 'pid'))) await sleep(10);
      const began = performance.now();
      cli.child.kill(signal);
      assert.equal(await cli.ended, 130, cli.output.said);
      assert.ok(performance.now() - began < 1500, `${performance.now() - began} ms`);
      assert.equal(jsonLines(cli.output.out).at(-1)?.status, 'stopped');
      assert.equal(isAlive(pid()), false);
    }).timeout(20_000);
  }

  it('ends at once by a second signal', async () => {
    const cli = explore('hanging');
    while (!existsSync(join(workspace.folder, 'pid'))) await sleep(10);
    cli.child.kill('SIGINT');
    cli.child.kill('SIGTERM');
    assert.equal(await cli.ended, 130);
  }).timeout(20_000);

  it('killed, it leaves no tool behind for longer than two seconds', async () => {
    const cli = explore('hanging');
    while (!existsSync(join(workspace.folder, 'pid'))) await sleep(10);
    cli.child.kill('SIGKILL');
    await cli.ended;
    const deadline = performance.now() + 2000;
    while (isAlive(pid()) && performance.now() < deadline) await sleep(20);
    assert.equal(isAlive(pid()), false);
  }).timeout(20_000);

  it('is quiet when nobody reads its results any more', async () => {
    const shape = ['--episodes', '3', '--trials', '4'];
    const made = explore('add', ...shape);
    assert.equal(await made.ended, 0, made.output.said);
    const main = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));
    const shell = spawn('sh', ['-c', `"$0" "$1" trials --json | head -n 1`, process.execPath, main], {
      cwd: workspace.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    let out = '';
    shell.stderr.on('data', (text) => {
      said += text;
    });
    shell.stdout.on('data', (text) => {
      out += text;
    });
    await once(shell, 'close');
    assert.equal(said, '');
    assert.equal(jsonLines(out).length, 1);
  }).timeout(20_000);
});

/** Whether a process runs. One that is dead and waits to be asked for its exit code does not. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const stat = existsSync('/proc') ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '';
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
  } catch {
    return false;
  }
}
