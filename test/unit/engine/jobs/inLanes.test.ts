import assert from 'node:assert/strict';
import { inLanes } from '../../../../src/engine/jobs/inLanes.ts';

describe('Work in lanes', () => {
  it('does each item once, in order, and never more at once than there are lanes', async () => {
    const [begun, waiting]: [number[], (() => void)[]] = [[], []];
    const all = inLanes(3, [1, 2, 3, 4, 5], async (item) => {
      begun.push(item);
      await new Promise<void>((resolve) => waiting.push(resolve));
    });
    for (const expected of [3, 4, 5, 5, 5]) {
      assert.equal(begun.length, expected);
      waiting.shift()?.();
      await new Promise(setImmediate);
    }
    await all;
    assert.deepEqual(begun, [1, 2, 3, 4, 5]);
    await inLanes(3, [], async () => assert.fail());
  });

  it('begins nothing after a failure, lets what is under way end, and rejects with the first', async () => {
    const ended: number[] = [];
    const work = inLanes(2, [1, 2, 3, 4], async (item) => {
      if (item === 1) throw new Error('first');
      await new Promise(setImmediate);
      ended.push(item);
      throw new Error('second');
    });
    await assert.rejects(work, /first/);
    assert.deepEqual(ended, [2]);
  });
});
