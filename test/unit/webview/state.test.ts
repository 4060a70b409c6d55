import assert from 'node:assert/strict';
import type { ListRow } from '../../../src/core/rows.ts';
import { isBeyond } from '../../../src/webview/parts/beyond.ts';
import { filterOf, type Mark, toggled } from '../../../src/webview/state/marks.ts';
import { firstState, readState } from '../../../src/webview/state/pageState.ts';
import { RowCache } from '../../../src/webview/state/rowCache.ts';
import { merged } from '../../../src/webview/state/stretches.ts';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('Marks', () => {
  const timeout: Mark = { kind: 'failure', type: 'timeout' };
  const weeks: Mark = { kind: 'argument', pointer: '/unit', value: '"weeks"' };

  it('go on with a click, off with a second, and give way to another of their kind', () => {
    assert.deepEqual(toggled([], timeout), [timeout]);
    assert.deepEqual(toggled([timeout, weeks], { ...timeout }), [weeks]);
    assert.deepEqual(toggled([timeout], { kind: 'failure', type: 'rejected' }), [
      { kind: 'failure', type: 'rejected' },
    ]);
    assert.deepEqual(toggled([weeks], { ...weeks, value: null }), [{ ...weeks, value: null }]);
  });

  it('become what the engine is asked for', () => {
    const stretch: Mark = { kind: 'stretch', from: 11, to: 20, first: 1, last: 10 };
    assert.deepEqual(
      filterOf({ tool: 't' }, [timeout, weeks, stretch, { kind: 'outcome', outcome: 'error' }], ' a b '),
      {
        tool: 't',
        failureType: 'timeout',
        argument: { pointer: '/unit', value: '"weeks"' },
        from: 11,
        to: 20,
        outcome: 'error',
        text: 'a b',
      },
    );
    assert.deepEqual(filterOf({}, [{ ...weeks, value: null }], '  '), { argument: { pointer: '/unit' } });
  });
});

describe('Stretches of the learning curve', () => {
  const points = Array.from({ length: 7 }, (_, i) => ({
    trials: (i + 1) * 10,
    inStretch: 10,
    fulfilled: i,
    from: i * 10 + 1,
    to: (i + 1) * 10,
  }));

  it('are put together where there is no room for all, and lose no trial', () => {
    const few = merged(points, 3);
    assert.deepEqual(few, [
      { trials: 30, inStretch: 30, fulfilled: 3, from: 1, to: 30 },
      { trials: 60, inStretch: 30, fulfilled: 12, from: 31, to: 60 },
      { trials: 70, inStretch: 10, fulfilled: 6, from: 61, to: 70 },
    ]);
    assert.deepEqual(merged(points, 7), points);
    assert.equal(merged(points, 0).length, 1);
    assert.deepEqual(merged([], 5), []);
  });
});

describe('What is kept over a reload', () => {
  it('comes back as it was', () => {
    const state = firstState();
    state.place = { tool: { id: 'x#a', name: 'a' }, run: { id: 'r', label: 'Run' } };
    state.marks = [
      { kind: 'stretch', from: 1, to: 2, first: 1, last: 2 },
      { kind: 'argument', pointer: '/a', value: null },
      { kind: 'failure', type: 'timeout' },
    ];
    Object.assign(state, { text: 'words', list: 'failures', scroll: 120 });
    state.order.failures = { by: 'type', descending: false };
    assert.deepEqual(readState(JSON.parse(JSON.stringify(state))), state);
  });

  it('is the first state wherever it cannot be read', () => {
    assert.equal(readState(undefined), null);
    assert.equal(readState('x'), null);
    const odd = {
      place: { tool: { id: 1 }, run: 'r' },
      marks: [
        { kind: 'failure', type: 'hexed' },
        { kind: 'stretch', from: -1 },
        null,
        { kind: 'argument', pointer: 3 },
      ],
      text: 9,
      list: 'users',
      order: { examples: { by: 'size', descending: true }, trials: null },
      scroll: Number.POSITIVE_INFINITY,
    };
    assert.deepEqual(readState(odd), firstState());
  });
});

describe('Rows of a list', () => {
  const asked: number[][] = [];
  let answer: (ids: number[]) => Promise<ListRow[]>;
  let failed: unknown[];
  let cache: RowCache;
  const rowOf = (id: number): ListRow => ({ id, trial: {} }) as ListRow;

  beforeEach(() => {
    asked.length = 0;
    failed = [];
    answer = async (ids) => ids.map(rowOf);
    cache = new RowCache(
      (ids) => {
        asked.push(ids);
        return answer(ids);
      },
      () => {},
      (error) => failed.push(error),
    );
  });

  it('are fetched once, and what scrolled by meanwhile is not fetched', async () => {
    cache.want([1, 2]);
    cache.want([3, 4]);
    cache.want([5, 6]);
    await settled();
    assert.deepEqual(asked, [
      [1, 2],
      [5, 6],
    ]);
    cache.want([1, 5]);
    await settled();
    assert.equal(asked.length, 2);
    assert.equal(cache.get(6)?.id, 6);
    assert.equal(cache.get(3), undefined);
  });

  it('that are gone are known to be gone', async () => {
    answer = async (ids) => ids.filter((id) => id !== 2).map(rowOf);
    cache.want([1, 2]);
    await settled();
    assert.equal(cache.isGone(2), true);
    cache.want([1, 2]);
    await settled();
    assert.equal(asked.length, 1);
  });

  it('are shown until they have come anew', async () => {
    cache.want([1]);
    await settled();
    cache.refresh();
    assert.equal(cache.get(1)?.id, 1);
    await settled();
    assert.deepEqual(asked, [[1], [1]]);
  });

  it('are not asked for again and again after a failure, until somebody says so', async () => {
    answer = () => Promise.reject(new Error('away'));
    cache.want([1]);
    await settled();
    cache.want([1]);
    cache.want([2]);
    await settled();
    assert.equal(asked.length, 1);
    assert.equal(failed.length, 1);
    answer = async (ids) => ids.map(rowOf);
    cache.refresh();
    await settled();
    assert.equal(cache.get(2)?.id, 2);
  });

  it('are at most 200 a request, and not kept for ever', async () => {
    const ids = Array.from({ length: 450 }, (_, i) => i);
    cache.want(ids);
    await settled();
    assert.deepEqual(
      asked.map(({ length }) => length),
      [200, 200, 50],
    );
    for (let from = 1000; from < 4000; from += 200) {
      cache.want(Array.from({ length: 200 }, (_, i) => from + i));
      await settled();
    }
    assert.equal(cache.get(1), undefined);
    assert.equal(cache.get(3999)?.id, 3999);
  });
});

describe('What the spec does not know', () => {
  const mark = (pointer: string, value: string | null, listed: boolean) => ({
    pointer,
    value,
    listed,
    calls: 1,
    failed: 0,
  });

  it('is a parameter that is not listed, or a value where values are listed', () => {
    const cells = [
      mark('/unit', null, true),
      mark('/unit', '"days"', true),
      mark('/unit', '"fortnights"', false),
      mark('/value', null, true),
      mark('/value', '12', false),
      mark('/other', null, false),
    ];
    const beyond = cells.filter((one) => isBeyond(one, cells)).map(({ pointer, value }) => value ?? pointer);
    assert.deepEqual(beyond, ['"fortnights"', '/other']);
  });
});
