import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { UserError } from '../../../src/core/errors.ts';
import { seededRandom } from '../../../src/core/random.ts';
import type { Example } from '../../../src/core/trial.ts';
import { madeRun } from '../../bench/storeFixtures.ts';
import { OpenedStore } from '../../unit/store/openedStore.ts';
import { childOf } from './process/child.ts';

const kills = 20;

describe('The explorer’s lock', () => {
  it('goes to one; the other reads, and may take over', async () => {
    await using opened = await OpenedStore.inFolder();
    const first = await opened.open({ run: 'r1' });
    const second = await opened.open();
    assert.deepEqual([first.readOnly, second.readOnly], [false, true]);
    assert.match(second.writeProblem?.message ?? '', /Another window or terminal explores/);
    assert.throws(() => second.createRun(madeRun('r2')), UserError);
    await assert.rejects(second.flushExamples(), UserError);
    assert.equal(await second.tryTakeLock(), false);
    assert.equal(second.run('r1')?.status, 'running');

    await first.close();
    assert.throws(() => first.createRun(madeRun('r3')), /closed/);
    assert.equal(await second.tryTakeLock(), true);
    assert.deepEqual([second.readOnly, second.writeProblem, second.recovered.runs], [false, null, ['r1']]);
    second.createRun(madeRun('r2'));
    assert.equal(second.run('r1')?.status, 'interrupted');
  });

  it('is free when its process was killed, and until then everybody can read', async () => {
    await using opened = await OpenedStore.inFolder();
    const holder = await childOf('holdLock', opened.folder);
    assert.equal(await holder.line(), 'holding false');
    const reader = await opened.open();
    assert.equal(reader.readOnly, true);
    const seen = reader.lastSeq();
    while (reader.lastSeq() === seen) await pause(2);
    assert.equal(reader.trials({ limit: 1 }).rows.length, 1);
    await holder.kill();
    assert.equal(await reader.tryTakeLock(), true);
    assert.deepEqual(reader.recovered.runs, ['held']);
  });
});

describe('Killed at any moment', () => {
  it(`(${kills} times) loses nothing that was finished, doubles nothing, and leaves whole files`, async function () {
    this.timeout(60_000);
    await using opened = await OpenedStore.inFolder();
    const random = seededRandom(7);
    const recorded = new Set<string>();
    for (let kill = 0; kill < kills; kill++) {
      const child = await childOf('recordOn', opened.folder);
      const hello = await child.line();
      assert.match(hello, kill === 0 ? /^open 0/ : /^open \d+ r1$|^open \d+ $/);
      assert.ok(Number(hello.split(' ')[1]) >= recorded.size, 'what was said to be recorded is there');
      // Somewhere in what it does next, however slow the machine is.
      const heard: string[] = [];
      for (let lines = random.below(8); lines > 0; lines--) heard.push(await child.line());
      await pause(random.next() * 5);
      await child.kill();
      heard.push(...(await child.rest()));
      for (const line of heard) if (line.startsWith('recorded ')) recorded.add(line.slice(9));
    }
    assert.ok(recorded.size > kills, `${recorded.size} trials are too few to tell anything`);

    const store = await opened.open();
    const examples: Example[] = [];
    const trials = new Set<string>();
    for (let after: string | null = ''; after !== null; ) {
      const page = store.trials({ limit: 1000, ...(after === '' ? {} : { after }) });
      for (const { id } of page.rows) {
        assert.ok(!trials.has(id));
        trials.add(id);
      }
      after = page.next;
    }
    for (let after: string | null = ''; after !== null; ) {
      const page = store.examples({ limit: 1000, ...(after === '' ? {} : { after }) });
      examples.push(...page.rows);
      after = page.next;
    }
    assert.deepEqual(recorded.difference(trials), new Set());
    assert.equal(examples.length, trials.size);
    assert.equal(store.runCounts('r1').trials, trials.size);

    const files = await readdir(opened.path('examples'));
    assert.deepEqual(files.toSorted(), ['imaginarium.yaml#tool_0.jsonl', 'imaginarium.yaml#tool_1.jsonl']);
    const lines = (await Promise.all(files.map((file) => opened.lines('examples', file)))).flat();
    const byId = (a: Example, b: Example): number => (a.id < b.id ? -1 : 1);
    const written = lines.map((line) => JSON.parse(line) as Example);
    assert.deepEqual(written.toSorted(byId), examples.toSorted(byId));
    assert.deepEqual(store.notices, []);
  });
});
