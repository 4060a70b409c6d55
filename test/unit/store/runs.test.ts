import assert from 'node:assert/strict';
import { noUsage } from '../../../src/core/chat.ts';
import { UserError } from '../../../src/core/errors.ts';
import { madeRecord, madeRun } from '../../bench/storeFixtures.ts';
import { OpenedStore } from './openedStore.ts';

describe('Runs', () => {
  it('come back as they were, and change by a patch', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open();
    const run = madeRun('r1', {
      promptsDir: '/prompts/\ud800',
      budget: { modelCalls: 5, tokens: null, usd: 0.5 },
    });
    store.createRun(run);
    assert.deepEqual(store.run('r1'), run);

    store.updateRun('r1', { status: 'failed', endedAt: 7, error: { message: 'm', advice: 'a' } });
    assert.deepEqual(store.run('r1'), {
      ...run,
      status: 'failed',
      endedAt: 7,
      error: { message: 'm', advice: 'a' },
    });
    assert.equal(store.run('r2'), null);
    assert.throws(() => store.updateRun('r2', { endedAt: 1 }), UserError);
  });

  it('are listed newest first, by key, and by status', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open();
    for (let i = 1; i <= 5; i++) {
      store.createRun(madeRun(`r${i}`, { status: i % 2 === 0 ? 'finished' : 'stopped', startedAt: -i }));
    }
    const first = store.runs({ limit: 2 });
    assert.deepEqual(
      first.rows.map(({ id }) => id),
      ['r5', 'r4'],
    );
    assert.ok(first.next);
    const second = store.runs({ limit: 3, after: first.next });
    assert.deepEqual(
      second.rows.map(({ id }) => id),
      ['r3', 'r2', 'r1'],
    );
    assert.equal(second.next, null);
    assert.deepEqual(
      store.runs({ limit: 9, status: 'finished', order: 'oldest' }).rows.map(({ id }) => id),
      ['r2', 'r4'],
    );
  });

  it('add usage up, and money that is unknown once stays unknown', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    store.addUsage('r1', { ...noUsage(), modelCalls: 1 });
    store.addUsage('r1', { modelCalls: 0, inputTokens: 10, cachedTokens: 4, outputTokens: 3, usd: 0.25 });
    assert.deepEqual(store.run('r1')?.usage, {
      modelCalls: 1,
      inputTokens: 10,
      cachedTokens: 4,
      outputTokens: 3,
      usd: 0.25,
    });
    store.addUsage('r1', { ...noUsage(), inputTokens: Number.NaN, usd: null });
    store.addUsage('r1', { ...noUsage(), usd: 1 });
    assert.equal(store.run('r1')?.usage.usd, null);
    assert.equal(store.run('r1')?.usage.inputTokens, 10);
    assert.throws(() => store.addUsage('none', noUsage()), UserError);
  });

  it('are interrupted when their process is gone', async () => {
    await using opened = await OpenedStore.inFolder();
    const first = await opened.open({ run: 'r1' });
    first.createRun(madeRun('r2', { status: 'finished' }));
    await first.close();

    const second = await opened.open();
    assert.deepEqual(second.recovered.runs, ['r1']);
    assert.equal(second.run('r1')?.status, 'interrupted');
    assert.equal(second.run('r2')?.status, 'finished');
  });

  it('count what they bring', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    const records = Array.from({ length: 24 }, (_, i) => madeRecord('r1', i, 2));
    for (const record of records) store.recordTrial(record);
    assert.deepEqual(store.runCounts('r1'), {
      trials: 24,
      examples: records.filter(({ example }) => example !== null).length,
      failures: 8,
      // One of each tool, however often it is said.
      lessons: 2,
    });
    assert.deepEqual(store.runCounts('none'), { trials: 0, examples: 0, failures: 0, lessons: 0 });
  });
});
