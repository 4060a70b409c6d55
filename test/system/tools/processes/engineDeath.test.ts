import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findAlive } from '../../../../src/tools/processes/processTable.ts';
import { Warden } from '../../../../src/tools/processes/warden.ts';
import { allGone, isAlive, pidIn, programs } from '../toolBench.ts';

describe('When the engine dies', () => {
  let folder: string;
  let engine: ChildProcess;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'death-'));
  });
  afterEach(() => {
    engine.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  /** An engine with a tool that escapes, a module and a service at work, in a temporary folder of its own. */
  async function startEngine(): Promise<number[]> {
    engine = spawn(process.execPath, [join(programs, 'engineStandIn.mjs'), programs, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: folder },
    });
    assert.ok(engine.stdout);
    const [said] = await once(engine.stdout, 'data');
    assert.equal(String(said), 'at work\n');
    const all = await findAlive({ pids: [engine.pid ?? 0], tempFolders: [folder] });
    for (const name of ['child', 'session', 'doubleFork', 'service']) {
      const pid = await pidIn(join(folder, name));
      assert.ok(all.includes(pid) && isAlive(pid), name);
    }
    // The engine, its warden, the tool with its three, the module, the service.
    assert.ok(all.length >= 8, String(all.length));
    return all;
  }

  it('by SIGKILL, no tool or service lives longer than 2 seconds, and no temporary folder is left', async () => {
    const all = await startEngine();
    engine.kill('SIGKILL');
    await allGone(all, 2000);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith('imaginarium-')),
      [],
    );
  });
});

describe('The warden', () => {
  it('is replaced when it dies, and kills what was entrusted to the one before', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'warden-'));
    const sleeper = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
    const warden = new Warden(folder);
    const first = warden.pid ?? 0;
    warden.guard(sleeper.pid ?? 0);
    process.kill(first, 'SIGKILL');
    const end = performance.now() + 2000;
    while ((warden.pid === undefined || warden.pid === first) && performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.ok(isAlive(sleeper.pid ?? 0));
    const second = warden.pid ?? 0;
    assert.match(readFileSync(`/proc/${second}/cmdline`, 'utf8'), /warden\.process/);
    warden.dispose();
    await allGone([sleeper.pid ?? 0, second]);
    assert.equal(existsSync(folder), false);
  });
});
