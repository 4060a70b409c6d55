import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { allGone, type Bench, isAlive, openBench, pidIn } from '../toolBench.ts';

const escaped = ['child', 'session', 'doubleFork'];

describe('The process tree of a call', () => {
  let bench: Bench;

  before(() => {
    bench = openBench(() => ({
      tools: [
        { name: 'hangs', timeout: 20, run: { command: ['${node}', 'escape.mjs', '${folder}', 'hang'] } },
        { name: 'ends', run: { command: ['${node}', 'escape.mjs', '${folder}'] } },
      ],
    }));
  });
  after(() => bench.close());

  async function pids(folder: string): Promise<number[]> {
    return Promise.all(escaped.map((name) => pidIn(join(folder, name))));
  }

  function newFolder(name: string): string {
    const folder = join(bench.scratch, name);
    mkdirSync(folder);
    return folder;
  }

  it('is killed whole when the call is cancelled: a child, one with its own session, and a double fork', async () => {
    const folder = newFolder('cancelled');
    const stop = new AbortController();
    const call = bench.call('hangs', { folder }, stop.signal);
    const started = await pids(folder);
    assert.deepEqual(started.map(isAlive), [true, true, true]);
    stop.abort();
    assert.equal((await call).status, 'cancelled');
    await allGone(started, 1000);
  });

  it('is killed whole when the tool ends and leaves processes behind', async () => {
    const folder = newFolder('ended');
    assert.equal((await bench.call('ends', { folder })).content, 'escaped');
    await allGone(await pids(folder), 1000);
  });
});
