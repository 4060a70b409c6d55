import assert from 'node:assert/strict';
import { paraphraseExample } from '../../../src/core/exploit/expand/index.ts';
import { toolFileName } from '../../../src/core/toolFileName.ts';
import type { Example, Judgement } from '../../../src/core/trial.ts';
import type { Store } from '../../../src/store/index.ts';
import { madeExample, madeTrial } from '../../bench/storeFixtures.ts';
import { OpenedStore } from './openedStore.ts';

const trial = madeTrial('r1', 0, 1);
const file = `${toolFileName(trial.tool)}.jsonl`;
const seed: Example = { ...madeExample(trial), verification: 'executed' };
const judge: Judgement = { model: 'j', informative: true, faithful: true, proper: true, reasons: '' };
const paraphrases = ['Say it so', 'Or say it like that'].map((query, index) =>
  paraphraseExample(seed, query, { model: 'p', seed: index }),
);

async function withFamily(work: (opened: OpenedStore, store: Store) => Promise<void>): Promise<void> {
  await using opened = await OpenedStore.inFolder();
  const store = await opened.open({ run: 'r1' });
  assert.equal(store.addExamples([seed, ...paraphrases]), 3);
  await store.flushExamples();
  await work(opened, store);
}

const usable = (store: Store): string[] =>
  store.examples({ limit: 10, usable: true, order: 'oldest' }).rows.map(({ query }) => query);
const standing = (store: Store): (string | undefined)[] =>
  paraphrases.map(({ id }) => store.example(id)?.withheld);

describe('A family', () => {
  it('has the calls of its head, and says who put it in other words', () => {
    const [one] = paraphrases;
    assert.deepEqual(one?.calls, seed.calls);
    assert.equal(one?.paraphraseOf, seed.id);
    assert.equal(one?.verification, 'executed');
    assert.equal(one?.provenance.model, 'p');
    assert.equal(one?.provenance.trialId, seed.provenance.trialId);
  });

  it('is not used while its head is turned down or doubted, and is again afterwards', () =>
    withFamily(async (opened, store) => {
      for (const verification of ['rejected', 'review'] as const) {
        store.changeExamples([{ ...seed, verification }]);
        assert.deepEqual(usable(store), []);
        assert.equal(store.toolCounts([trial.tool]).get(trial.tool)?.examples, 0);
        store.changeExamples([{ ...seed, verification: 'accepted' }]);
        assert.equal(usable(store).length, 3);
        assert.deepEqual(standing(store), [undefined, undefined]);
      }
      await store.flushExamples();
      const lines = await opened.lines('examples', file);
      assert.equal(lines.length, 3);
      assert.ok(lines.every((line) => !line.includes('withheld')));
    }));

  it('that comes with a file is not used where its head is turned down, whichever line comes first', async () => {
    for (const head of ['0', 'z']) {
      await using opened = await OpenedStore.inFolder();
      const store = await opened.open({ run: 'r1' });
      const [first] = paraphrases as [Example, Example];
      store.addExamples([seed]);
      await store.flushExamples();
      const lines = [
        { ...seed, id: head, verification: 'rejected' },
        { ...first, id: 'p', paraphraseOf: head },
      ].map((one) => JSON.stringify(one));
      await opened.edit(lines.sort(), 'examples', file);
      await store.readFiles();
      assert.deepEqual(usable(store), []);
      assert.match(store.example('p')?.withheld ?? '', /turned down/);
      await store.flushExamples();
      const written = await opened.lines('examples', file);
      assert.equal(written.length, 2);
      assert.equal(written.filter((line) => line.includes('withheld')).length, 1);
      store.changeExamples([{ ...seed, id: head, verification: 'accepted' }]);
      assert.equal(usable(store).length, 2);
    }
  });

  it('gets no new member while its head is turned down', () =>
    withFamily(async (_opened, store) => {
      store.changeExamples([{ ...seed, verification: 'rejected' }]);
      const late = paraphraseExample(seed, 'It came too late', { model: 'p', seed: 9 });
      assert.equal(store.addExamples([late]), 1);
      assert.deepEqual(usable(store), []);
    }));

  it('takes over what was checked of its head, save where somebody has ruled on one of it', () =>
    withFamily(async (_opened, store) => {
      const [first, second] = paraphrases as [Example, Example];
      store.changeExamples([{ ...second, verification: 'rejected' }]);
      const checks = { format: true, execution: 'recorded' as const, judge, specHash: 'new' };
      store.changeExamples([
        { ...seed, verification: 'verified', checks, provenance: { ...seed.provenance, judge: 'j' } },
      ]);
      assert.equal(store.example(first.id)?.verification, 'verified');
      assert.deepEqual(store.example(first.id)?.checks, checks);
      assert.equal(store.example(first.id)?.provenance.judge, 'j');
      assert.equal(store.example(second.id)?.verification, 'rejected');
      store.changeExamples([{ ...seed, verification: 'accepted', checks }]);
      assert.equal(store.example(first.id)?.verification, 'verified', 'a person spoke of the head alone');
      assert.equal(store.reviewCounts().of, 1, 'the judge has seen the head alone');
    }));

  it('goes when its head is deleted, by command or in the file, and comes back with it', () =>
    withFamily(async (opened, store) => {
      await store.deleteExample(seed.id);
      assert.deepEqual(usable(store), []);
      assert.match(standing(store)[0] ?? '', /is gone/);
      const lines = await opened.lines('examples', file);
      assert.equal(lines.length, 2);
      assert.ok(lines.every((line) => line.includes('"withheld":"The example')));

      await opened.edit([...lines, JSON.stringify(seed)], 'examples', file);
      await store.readFiles();
      assert.equal(usable(store).length, 3);

      const again = await opened.lines('examples', file);
      await opened.edit(
        again.filter((line) => line.includes('paraphraseOf')),
        'examples',
        file,
      );
      await store.readFiles();
      assert.deepEqual(usable(store), []);
      assert.ok((await opened.lines('examples', file)).every((line) => line.includes('withheld')));
    }));

  it('is not used when a person changes what its head calls', () =>
    withFamily(async (opened, store) => {
      const lines = (await opened.lines('examples', file)).map((line) => JSON.parse(line) as Example);
      const changed = lines.map((one) =>
        one.id === seed.id
          ? { ...one, calls: one.calls.map((call) => ({ ...call, arguments: { x: 1 } })) }
          : one,
      );
      await opened.edit(
        changed.map((one) => JSON.stringify(one)),
        'examples',
        file,
      );
      await store.readFiles();
      assert.deepEqual(usable(store), [seed.query]);
      assert.match(standing(store)[1] ?? '', /calls something else now/);
    }));
});
