import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { commands } from 'vscode';
import type { TestApi } from '../../../src/extension/testApi.ts';
import { commands as ids } from '../../../src/protocol/contributions.ts';
import { engine } from '../../../src/protocol/engine.ts';
import {
  assertNothingDoubled,
  ended,
  eventually,
  fileIn,
  nextRun,
  note,
  openListed,
  resume,
  toolNode,
  trialsOf,
} from '../window.ts';

describe('An engine that is killed', () => {
  let api: TestApi;
  const said: string[] = [];

  before(async () => {
    api = await openListed(said);
  });

  /** Kills the engine as nothing else would, and waits until there is another. */
  async function kill(): Promise<void> {
    const pid = api.link.pid;
    assert.ok(pid);
    const began = performance.now();
    process.kill(pid, 'SIGKILL');
    await eventually('another engine', () => api.link.state === 'ready' && api.link.pid !== pid);
    note(`back after ${(performance.now() - began).toFixed(0)} ms`);
  }

  const explore = async () => commands.executeCommand(ids.exploreTool, await toolNode(api, 'slow_echo'));

  const trialsDone = (id: string) => api.workbench.run(id)?.counts.trials ?? 0;

  it('while nothing runs is back, with its tools', async () => {
    await kill();
    const { sources } = await api.link.request(engine.sources, {});
    assert.equal(sources[0]?.tools, 5);
    assert.deepEqual(said, []);
  });

  it('in the middle of a run comes back, and the run goes on by itself: nothing lost, nothing doubled', async () => {
    const { id, planned } = await nextRun(api, explore);
    await eventually('two trials', () => trialsDone(id) >= 2);
    const before = await trialsOf(api, id);
    await kill();
    const run = await ended(api, id);
    assert.equal(run.status, 'finished');
    const rows = await trialsOf(api, id);
    assertNothingDoubled(rows);
    for (const { id: trial } of before)
      assert.ok(
        rows.some((row) => row.id === trial),
        `${trial} is lost`,
      );
    assert.ok(rows.length > before.length && rows.length <= planned, `${before.length} → ${rows.length}`);
    assert.equal(rows.length, run.counts.trials);
    const folder = fileIn('.imaginarium/examples').fsPath;
    const lines = readdirSync(folder).flatMap((name) =>
      readFileSync(`${folder}/${name}`, 'utf8').trim().split('\n'),
    );
    assert.equal(new Set(lines).size, lines.length);
    assert.equal(lines.length, run.counts.examples);
    await eventually(
      'the end is told once',
      () => said.filter((text) => text.startsWith('Explored')).length === 1,
    );
  });

  it('twice in one run asks the person before it goes on again', async () => {
    said.length = 0;
    const { id } = await nextRun(api, explore);
    await eventually('a trial', () => trialsDone(id) >= 1);
    await kill();
    await eventually('it goes on', () => api.workbench.running.some((run) => run.id === id));
    const before = trialsDone(id);
    await eventually('another trial', () => trialsDone(id) > before);
    await kill();
    await eventually('the question', () =>
      said.some((text) => text.startsWith('The engine ended while slow_echo')),
    );
    assert.equal((await ended(api, id)).status, 'interrupted');
    assert.equal(api.workbench.resumable?.id, id);

    await resume(api, id);
    assert.equal((await ended(api, id)).status, 'finished');
    assertNothingDoubled(await trialsOf(api, id));
  });
});
