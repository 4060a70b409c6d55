import assert from 'node:assert/strict';
import { MemoryTextIndex } from '../../../src/store/index.ts';
import { recallOf } from '../../helpers/recall.ts';
import { testSet } from '../../helpers/testSet.ts';

const texts = [
  { id: 'trains', name: 'getTrainTimes', text: 'When trains leave a station.', details: 'station\nday' },
  { id: 'units', name: 'convert_units', text: 'Converts lengths, weights and areas.', details: 'metres' },
  { id: 'thai', name: 'thai4', text: '', details: '' },
  { id: 'other', text: 'A station has metres of platforms, and lengths of trains.' },
];

for (const fullText of [true, false]) {
  describe(`Texts in memory, ${fullText ? 'with' : 'without'} FTS5`, () => {
    it('are found by words of their names, texts and details, the nearest first', () => {
      const index = new MemoryTextIndex(texts, { fullText });
      assert.equal(index.search('Which train leaves for Graz?', 4)[0]?.id, 'trains');
      assert.deepEqual(
        index.search('What is Thai for good morning?', 4).map(({ id }) => id),
        ['thai'],
      );
      assert.equal(index.search('station metres', 1).length, 1);
      for (const { score } of index.search('station metres lengths', 4)) assert.ok(score >= 0);
      index.close();
      index.close();
    });

    it('are found when they were added later', () => {
      const index = new MemoryTextIndex([], { fullText });
      assert.deepEqual(index.search('train', 4), []);
      index.add(texts.slice(0, 2));
      index.add(texts.slice(2));
      assert.equal(index.search('thai', 4)[0]?.id, 'thai');
      index.close();
    });

    it('are found by nothing in odd queries, which break nothing', () => {
      const index = new MemoryTextIndex([{ id: 'odd', text: '\ud800 \0 "quoted" 100%' }], { fullText });
      for (const query of ['', '"', "'; --", '*', 'NEAR(', '\0', '\ud800', '%', '_']) {
        assert.deepEqual(index.search(query, 4), [], JSON.stringify(query));
      }
      assert.deepEqual(index.search('quoted', 0), []);
      index.close();
    });
  });
}

describe('Retrieval by words on the test set of the paper', () => {
  it('finds the right of 817 descriptions, and a query of the same API', () => {
    const set = testSet();
    if (set === null) {
      console.log('      not measured: the data is absent');
      return;
    }
    const { at1, at5, at10, sameApi } = recallOf(set);
    console.log(`      recall@1/5/10 ${[at1, at5, at10].map((one) => one.toFixed(3)).join(' / ')}`);
    assert.ok(at1 >= 0.45 && at5 >= 0.65 && at10 >= 0.7);
    console.log(`      the nearest other query is of the right API in ${(100 * sameApi).toFixed(1)} %`);
    assert.ok(sameApi >= 0.9);
  });
});
