import assert from 'node:assert/strict';
import { UserError } from '../../../src/core/errors.ts';
import { aggregate } from '../../../src/store/aggregation.ts';
import { openForReading } from '../../../src/store/openDatabase.ts';
import { filledTool, fillTrials } from '../../bench/largeStore.ts';
import { madeTrial } from '../../bench/storeFixtures.ts';
import { OpenedStore } from './openedStore.ts';

const tooLong = (error: unknown): boolean => error instanceof UserError && /too long/.test(error.message);

describe('Counts for a dashboard', function () {
  // Threads start slowly on a machine that has other things to do.
  this.timeout(10_000);

  it('are of all, of a tool, or of a run, while the store is open', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    const trials = Array.from({ length: 24 }, (_, i) => madeTrial('r1', i, 3));
    for (const trial of trials) store.recordTrial({ trial, lessons: [], fixes: [], example: null });

    const all = await store.aggregates({ points: 4 });
    for (const [outcome, count] of Object.entries(all.outcomes)) {
      assert.equal(count, trials.filter((trial) => trial.outcome === outcome).length);
    }
    const failures = trials.flatMap((trial) =>
      trial.steps.flatMap(({ failure }) => (failure ? [failure.type] : [])),
    );
    for (const [type, count] of Object.entries(all.failures)) {
      assert.equal(count, failures.filter((one) => one === type).length);
    }
    assert.equal(
      Object.values(all.failures).reduce((sum, count) => sum + count, 0),
      failures.length,
    );
    assert.deepEqual(
      all.curve.map((point) => [point.trials, point.inStretch]),
      [
        [6, 6],
        [12, 6],
        [18, 6],
        [24, 6],
      ],
    );
    assert.equal(
      all.curve[1]?.fulfilled,
      trials.slice(6, 12).filter(({ outcome }) => outcome === 'fulfilled').length,
    );

    const ofTool = await store.aggregates({ tool: 'imaginarium.yaml#tool_1', points: 100 });
    assert.equal(ofTool.curve.length, 8);
    assert.deepEqual((await store.aggregates({ runId: 'none' })).curve, []);
    await assert.rejects(store.aggregates({ timeLimit: -1 }), tooLong);
  });

  it('end in time, and say so', async () => {
    await using opened = await OpenedStore.inFolder();
    // More trials than are read at once: the clock is looked at in between.
    await fillTrials(opened.folder, 20_500);
    const connection = await openForReading(opened.path('trials.db'));
    assert.ok(connection);
    const ticking = (): (() => number) => {
      let now = 0;
      return () => now++;
    };
    assert.equal(aggregate(connection, {}, 100, ticking()).curve.at(-1)?.trials, 20_500);
    assert.throws(() => aggregate(connection, {}, 0, ticking()), tooLong);
    assert.equal(aggregate(connection, { tool: filledTool(2) }, 100, ticking()).curve.at(-1)?.trials, 410);
    connection.close();
  });
});
