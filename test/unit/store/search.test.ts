import assert from 'node:assert/strict';
import type { Store } from '../../../src/store/index.ts';
import { queryTerms } from '../../../src/store/queryTerms.ts';
import { fillExamples } from '../../bench/largeStore.ts';
import { madeExample, madeTrial } from '../../bench/storeFixtures.ts';
import { OpenedStore } from './openedStore.ts';

const queries = [
  'When does the next train leave Graz?',
  'Converting 20 miles into kilometers',
  'How many kilometers is a marathon, in miles?',
  'Trains from Graz to Vienna tomorrow',
  'A 100% discount_code for C:\\games',
];

function withQueries(store: Store, asked = queries): void {
  for (const [index, query] of asked.entries()) {
    const trial = { ...madeTrial('r1', index, 2), query };
    store.recordTrial({ trial, lessons: [], fixes: [], example: madeExample(trial) });
  }
}

for (const fullText of [true, false]) {
  describe(`Search with ${fullText ? 'FTS5' : 'LIKE'}`, () => {
    it('finds trials and examples by words of their query, page by page', async () => {
      await using opened = await OpenedStore.inFolder();
      const store = await opened.open({ run: 'r1', fullText });
      assert.equal(store.textSearch, fullText ? 'fts5' : 'like');
      withQueries(store);
      const first = store.trials({ limit: 1, text: 'graz' });
      assert.equal(first.rows[0]?.query, queries[3]);
      assert.ok(first.next);
      const second = store.trials({ limit: 1, text: 'graz', after: first.next });
      assert.deepEqual([second.rows[0]?.query, second.next], [queries[0], null]);
      assert.deepEqual(
        store.examples({ limit: 9, text: 'Vienna' }).rows.map(({ query }) => query),
        [queries[3]],
      );
      // The last word may be unfinished.
      assert.equal(store.trials({ limit: 9, text: 'kilom' }).rows.length, 2);
      const tool = 'imaginarium.yaml#tool_1';
      assert.deepEqual(
        store.trials({ limit: 9, text: 'graz', tool }).rows.map(({ query }) => query),
        [queries[3]],
      );
    });

    it('takes every text for a text', async () => {
      await using opened = await OpenedStore.inFolder();
      const store = await opened.open({ run: 'r1', fullText });
      withQueries(store);
      for (const text of [
        '"',
        "'; --",
        'a OR',
        '*',
        'NEAR(',
        '-',
        '\0',
        '\ud800',
        '100%',
        'C:\\',
        '   ',
        'x'.repeat(1e5),
      ]) {
        store.trials({ limit: 9, text });
        store.nearestExamples(text, 3);
      }
      assert.equal(store.trials({ limit: 9, text: 'discount_code' }).rows.length, 1);
      assert.equal(store.trials({ limit: 9, text: '100%' }).rows.length, 1);
    });

    it('puts the nearest example first', async () => {
      await using opened = await OpenedStore.inFolder();
      const store = await opened.open({ run: 'r1', fullText });
      withQueries(store);
      const [best] = store.nearestExamples('Which train leaves Graz tomorrow for Vienna?', 2);
      assert.equal(best?.query, queries[3]);
      assert.equal(store.nearestExamples('kilometers and miles', 9).length, 2);
      const ofTool = store.nearestExamples('train Graz', 9, { tool: 'imaginarium.yaml#tool_0' });
      assert.deepEqual(
        ofTool.map(({ query }) => query),
        [queries[0]],
      );
      assert.deepEqual(store.nearestExamples('train', 3, { tool: 'unknown' }), []);
      assert.deepEqual(store.nearestExamples('', 3), []);
      assert.deepEqual(store.nearestExamples('train', 0), []);
    });

    it('leaves out what the sampler has invented, when asked to', async () => {
      await using opened = await OpenedStore.inFolder();
      const store = await opened.open({ run: 'r1', fullText });
      for (const [index, languageModel] of [false, false, true].entries()) {
        const trial = madeTrial('r1', index, 1);
        const example = madeExample(trial, index === 0 ? 'a train to Graz' : 'another train to Graz today');
        example.provenance.languageModel = languageModel;
        store.recordTrial({ trial, lessons: [], fixes: [], example });
      }
      assert.equal(store.nearestExamples('train to Graz', 9).length, 3);
      const found = store.nearestExamples('train to Graz', 9, { languageModel: true });
      assert.deepEqual(
        found.map(({ id }) => id),
        [`${madeTrial('r1', 2, 1).id}-e`],
      );
      const tool = 'imaginarium.yaml#tool_0';
      assert.equal(store.nearestExamples('train', 1, { languageModel: true, tool }).length, 1);
    });
  });
}

describe('Search', () => {
  it('with FTS5 knows word stems', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    withQueries(store);
    assert.equal(store.nearestExamples('convert a mile', 1)[0]?.query, queries[1]);
  });

  it('catches up on what a runtime without FTS5 wrote', async () => {
    await using opened = await OpenedStore.inFolder();
    const without = await opened.open({ run: 'r1', fullText: false });
    withQueries(without);
    await without.close();
    const store = await opened.open();
    assert.equal(store.textSearch, 'fts5');
    assert.equal(store.trials({ limit: 9, text: 'graz' }).rows.length, 2);
    assert.equal(store.nearestExamples('marathon', 1)[0]?.query, queries[2]);
  });

  it('with many examples finds candidates by the rarest words, and ranks them by all', async () => {
    await using opened = await OpenedStore.inFolder();
    // More examples than are ranked at once, all with the common word, some with the rare one.
    const many = Array.from(
      { length: 9000 },
      (_, i) => `parcel ${i % 900 === 0 ? 'zebra' : 'plain'} ${i % 1800 === 0 ? 'stripes' : 'dots'}`,
    );
    await fillExamples(opened.folder, many);
    const store = await opened.open({ onlyRead: true });
    const found = store.nearestExamples('a parcel with zebra stripes', 6).map(({ query }) => query);
    assert.deepEqual(found.slice(0, 5), Array(5).fill('parcel zebra stripes'));
    assert.equal(found[5], 'parcel zebra dots');
    // Nothing but a common word still finds something.
    assert.equal(store.nearestExamples('parcel', 3).length, 3);
  });

  it('looks up words that tell something', () => {
    assert.deepEqual(queryTerms("What's the weather in Graz, please? The WEATHER!"), ['weather', 'graz']);
    assert.deepEqual(queryTerms('What is it?'), ['what', 'is', 'it']);
    assert.deepEqual(queryTerms('?!'), []);
    assert.equal(queryTerms(Array.from({ length: 99 }, (_, i) => `w${i}`).join(' ')).length, 24);
  });

  it('forgets an example that is gone', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    const trial = madeTrial('r1', 0, 1);
    store.recordTrial({ trial, lessons: [], fixes: [], example: madeExample(trial) });
    assert.equal(store.nearestExamples(trial.query, 3).length, 1);
    await store.flushExamples();
    await opened.edit([], 'examples', 'imaginarium.yaml#tool_0.jsonl');
    await store.readFiles();
    assert.deepEqual(store.nearestExamples(trial.query, 3), []);
  });
});
