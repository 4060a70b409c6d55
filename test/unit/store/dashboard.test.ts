import assert from 'node:assert/strict';
import { UserError } from '../../../src/core/errors.ts';
import { cellsOf } from '../../../src/core/explore/coverage.ts';
import type { Dashboard, TrialFilter } from '../../../src/core/rows.ts';
import type { Trial } from '../../../src/core/trial.ts';
import { countDashboard, deadlineOf } from '../../../src/store/dashboardCounts.ts';
import type { Store, TrialRecord } from '../../../src/store/index.ts';
import { openForReading } from '../../../src/store/openDatabase.ts';
import { Tables } from '../../../src/store/tables.ts';
import { filledTool, fillTrials } from '../../bench/largeStore.ts';
import { madeRecord, madeRun, madeTrial } from '../../bench/storeFixtures.ts';
import { OpenedStore } from './openedStore.ts';

const tool = 'imaginarium.yaml#tool_1';
const schema = {
  type: 'object',
  properties: {
    day: { type: ['string', 'integer'], enum: ['monday', 'sunday'] },
    place: { type: 'string' },
    exact: { type: 'boolean' },
  },
  required: ['place'],
};
const cells = [{ tool, cells: cellsOf(schema) }];
const newest = { by: 'time', descending: true } as const;

/** Trials of two tools in two runs, every third with a failed call; one asks for something beyond the schema. */
async function filled(store: Store): Promise<TrialRecord[]> {
  store.createRun(madeRun('r2'));
  const records = Array.from({ length: 48 }, (_, i) => madeRecord(i % 4 < 2 ? 'r1' : 'r2', i, 2));
  const [extra] = records[5]?.trial.steps ?? [];
  assert.ok(extra?.call);
  extra.call.arguments = { ...extra.call.arguments, exact: true, from: { station: 'Graz' } };
  for (const record of records) store.recordTrial(record);
  return records;
}

async function idsOf(store: Store, filter: TrialFilter): Promise<string[]> {
  const { ids, total } = await store.list({ list: 'trials', filter, order: newest });
  assert.equal(ids.length, total);
  return store.listedTrials(ids).map(({ trial }) => trial.id);
}

/** In the order in which lists have them. */
function expected(records: readonly TrialRecord[], passes: (trial: Trial) => boolean): string[] {
  return records
    .map(({ trial }) => trial)
    .filter(passes)
    .map(({ id }) => id)
    .reverse();
}

describe('Counts for a dashboard', function () {
  // Threads start slowly on a machine that has other things to do.
  this.timeout(20_000);

  it('are of all, of a tool, or of a run, while the store is open', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    const records = await filled(store);
    const all = await store.dashboard({ cells, points: 4 });
    check(all, records);
    assert.deepEqual(
      all.curve.map((point) => [point.trials, point.inStretch, point.from, point.to]),
      [
        [12, 12, 1, 12],
        [24, 12, 13, 24],
        [36, 12, 25, 36],
        [48, 12, 37, 48],
      ],
    );
    assert.deepEqual(all.coverage, []);
    // `exact` with the value false and `day` left out nobody has tried, nor `day` on a Sunday.
    assert.deepEqual(all.coverageByTool, [{ tool, covered: 6, cells: 9 }]);
    assert.equal(all.runs, 2);

    const ofTool = await store.dashboard({ tool, cells });
    check(
      ofTool,
      records.filter(({ trial }) => trial.tool === tool),
    );
    assert.deepEqual(ofTool.coverageByTool, []);
    const ofRun = await store.dashboard({ tool, runId: 'r2', cells });
    check(
      ofRun,
      records.filter(({ trial }) => trial.tool === tool && trial.runId === 'r2'),
    );
    assert.equal(ofRun.runs, 1);
    assert.equal((await store.dashboard({ runId: 'r2', cells })).lessons, 2);
    const nothing = await store.dashboard({ runId: 'none', cells });
    assert.deepEqual([nothing.curve, nothing.toolCalls, nothing.examples], [[], 0, 0]);
  });

  it('show what calls gave, in the order of the schema, and what is beyond it after that', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    await filled(store);
    const { coverage } = await store.dashboard({ tool, cells });
    const listed = coverage.filter((mark) => mark.listed);
    assert.deepEqual(
      listed.map(({ pointer, value, calls }) => [pointer, value, calls]),
      [
        ['/day', null, 48],
        ['/day', '"monday"', 24],
        ['/day', '"sunday"', 0],
        ['/place', null, 48],
        ['/exact', null, 1],
        ['/exact', 'true', 1],
        ['/exact', 'false', 0],
      ],
    );
    const beyond = coverage.filter((mark) => !mark.listed);
    assert.deepEqual(
      beyond
        .filter(({ pointer }) => pointer.startsWith('/from'))
        .map(({ pointer, value }) => [pointer, value]),
      [
        ['/from', null],
        ['/from/station', null],
        ['/from/station', '"Graz"'],
      ],
    );
    assert.equal(beyond.filter(({ pointer }) => pointer === '/day').length, 12);
    assert.ok(beyond.every(({ pointer, value }) => pointer !== '/day' || /^\d+$/.test(value ?? '')));
    // A parameter stands before its values.
    assert.ok(coverage.findIndex(({ pointer }) => pointer === '/place') > 0);
    assert.equal(coverage.find(({ pointer }) => pointer === '/place')?.value, null);
  });

  it('each mark leads to exactly the trials behind it', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    const records = await filled(store);
    for (const scope of [{}, { tool }, { tool, runId: 'r1' }]) {
      const inScope = records.filter(
        ({ trial }) =>
          (scope.tool === undefined || trial.tool === scope.tool) &&
          (scope.runId === undefined || trial.runId === scope.runId),
      );
      const counted = await store.dashboard({ ...scope, cells, points: 5 });
      for (const outcome of Object.keys(counted.outcomes) as Trial['outcome'][]) {
        const found = await idsOf(store, { ...scope, outcome });
        assert.deepEqual(
          found,
          expected(inScope, (trial) => trial.outcome === outcome),
        );
        assert.equal(found.length, counted.outcomes[outcome]);
      }
      for (const { from, to, inStretch } of counted.curve) {
        const found = await idsOf(store, { ...scope, from, to });
        assert.equal(found.length, inStretch);
        const seqs = inScope.map(({ trial }) => records.findIndex((one) => one.trial === trial) + 1);
        assert.equal(seqs.filter((seq) => seq >= from && seq <= to).length, inStretch);
      }
      for (const { type, calls } of counted.failures) {
        const filter = { ...scope, failureType: type };
        const failed = (trial: Trial): boolean => trial.steps.some(({ failure }) => failure?.type === type);
        assert.deepEqual(await idsOf(store, filter), expected(inScope, failed));
        const { ids } = await store.list({ list: 'failures', filter, order: newest });
        assert.equal(ids.length, calls);
        assert.ok(
          store.listedFailures(ids).every(({ failedCall }) => failedCall.details.failure?.type === type),
        );
      }
      for (const { pointer, value, calls } of counted.coverage) {
        const argument = value === null ? { pointer } : { pointer, value };
        const gives = ({ call }: Trial['steps'][number]): boolean => {
          const [name = '', inner] = pointer.split('/').slice(1);
          const given = call?.arguments[name];
          const at = inner === undefined ? given : (given as Record<string, unknown> | undefined)?.[inner];
          return at !== undefined && (value === null || JSON.stringify(at) === value);
        };
        const found = await idsOf(store, { ...scope, argument });
        assert.deepEqual(
          found,
          expected(inScope, (trial) => trial.steps.some(gives)),
          JSON.stringify(argument),
        );
        assert.equal(inScope.flatMap(({ trial }) => trial.steps.filter(gives)).length, calls);
      }
    }
    const anyTool = await idsOf(store, { argument: { pointer: '/day', value: '"monday"' } });
    assert.equal(anyTool.length, 48);
  });

  it('money that one trial does not know is not known of all', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    for (const [index, usd] of [0.5, 0.25, null].entries()) {
      const trial = madeTrial('r1', index, 1);
      store.recordTrial({
        trial: { ...trial, usage: { ...trial.usage, usd } },
        lessons: [],
        fixes: [],
        example: null,
      });
      const { usage } = await store.dashboard({ cells: [] });
      assert.equal(usage.usd, [0.5, 0.75, null][index]);
      assert.equal(usage.inputTokens, 900 * (index + 1));
    }
  });

  it('the worker stays for the next question, one after the other, and a limit ends it', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    await filled(store);
    await store.dashboard({ cells });
    let threads = 0;
    const count = (): void => {
      threads += 1;
    };
    process.on('worker', count);
    const answers = await Promise.all(Array.from({ length: 20 }, () => store.dashboard({ tool, cells })));
    process.off('worker', count);
    assert.equal(threads, 0);
    assert.ok(answers.every(({ curve }) => curve.at(-1)?.trials === 24));
    await assert.rejects(store.dashboard({ cells }, -1), tooLong);
    await assert.rejects(store.dashboard({ cells }, -2000), tooLong);
    assert.equal((await store.dashboard({ tool, cells })).curve.at(-1)?.trials, 24);
    // Each question is answered or turned down, however fast the store is closed.
    const asked = Array.from({ length: 50 }, () => store.dashboard({ cells }));
    const [settled] = await Promise.all([Promise.allSettled(asked), store.close()]);
    for (const one of settled) if (one.status === 'rejected') assert.match(String(one.reason), /is closed/);
    await assert.rejects(store.dashboard({ cells }), /is closed/);
  });

  it('end in time, and say so', async () => {
    await using opened = await OpenedStore.inFolder();
    // More trials than are read at once: the clock is looked at in between.
    await fillTrials(opened.folder, 20_500);
    const connection = await openForReading(opened.path('trials.db'));
    assert.ok(connection);
    const tables = new Tables(connection, true);
    const ticking = (): (() => number) => {
      let now = 0;
      return () => now++;
    };
    const counted = countDashboard(tables, { cells: [] }, deadlineOf(100, ticking()));
    assert.equal(counted.curve.at(-1)?.trials, 20_500);
    assert.throws(() => countDashboard(tables, { cells: [] }, deadlineOf(0, ticking())), tooLong);
    const ofTool = countDashboard(tables, { tool: filledTool(2), cells: [] }, deadlineOf(100, ticking()));
    assert.equal(ofTool.curve.at(-1)?.trials, 410);
    connection.close();
  });
});

const tooLong = (error: unknown): boolean => error instanceof UserError && /too long/.test(error.message);

/** What can be counted from the records alone. */
function check(counted: Dashboard, records: readonly TrialRecord[]): void {
  const trials = records.map(({ trial }) => trial);
  for (const [outcome, count] of Object.entries(counted.outcomes)) {
    assert.equal(count, trials.filter((trial) => trial.outcome === outcome).length);
  }
  const failures = trials.flatMap(({ steps }) => steps.flatMap(({ failure }) => failure?.type ?? []));
  for (const { type, calls } of counted.failures) {
    assert.equal(calls, failures.filter((one) => one === type).length);
  }
  assert.equal(
    counted.failures.reduce((sum, { calls }) => sum + calls, 0),
    failures.length,
  );
  assert.equal(
    counted.curve.reduce((sum, { fulfilled }) => sum + fulfilled, 0),
    counted.outcomes.fulfilled,
  );
  assert.equal(counted.toolCalls, trials.length * 2);
  assert.deepEqual(counted.usage, {
    modelCalls: trials.length * 4,
    inputTokens: trials.length * 900,
    cachedTokens: 0,
    outputTokens: trials.length * 80,
    usd: 0,
  });
  assert.equal(counted.examples, records.filter(({ example }) => example !== null).length);
  const lessons = new Set(records.flatMap((one) => one.lessons.map(({ id, tool: of }) => `${of} ${id}`)));
  assert.equal(counted.lessons, lessons.size);
}
