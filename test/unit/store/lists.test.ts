import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import type { ListName, ListOrder, TrialFilter } from '../../../src/core/rows.ts';
import type { Store, TrialRecord } from '../../../src/store/index.ts';
import { madeExample, madeRecord, madeRun, madeTrial } from '../../bench/storeFixtures.ts';
import { OpenedStore } from './openedStore.ts';

const tool = 'imaginarium.yaml#tool_0';
const newest: ListOrder = { by: 'time', descending: true };

function filled(store: Store): TrialRecord[] {
  store.createRun(madeRun('r2'));
  const records = Array.from({ length: 40 }, (_, i) => madeRecord(i % 4 < 2 ? 'r1' : 'r2', i, 2));
  for (const [index, record] of records.entries()) {
    record.trial.ms = (index * 7) % 40;
    store.recordTrial(record);
  }
  return records;
}

async function listed(
  store: Store,
  list: ListName,
  filter: TrialFilter = {},
  order = newest,
): Promise<number[]> {
  const { ids, total } = await store.list({ list, filter, order });
  assert.equal(total, ids.length);
  return ids;
}

describe('Lists of the dashboard', function () {
  // Threads start slowly on a machine that has other things to do.
  this.timeout(20_000);

  it('are ids in the order asked for, whose rows are read as they come into sight', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    const records = filled(store);
    const rows = async (by: ListOrder['by'], descending: boolean) =>
      store.listedTrials(await listed(store, 'trials', {}, { by, descending })).map(({ trial }) => trial);
    const inOrder = (values: (string | number)[], descending: boolean): void => {
      const sorted = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      assert.deepEqual(values, descending ? sorted.reverse() : sorted);
    };
    for (const descending of [true, false]) {
      inOrder(
        (await rows('time', descending)).map(({ startedAt }) => startedAt),
        descending,
      );
      inOrder(
        (await rows('duration', descending)).map(({ ms }) => ms),
        descending,
      );
      inOrder(
        (await rows('query', descending)).map(({ query }) => query.toLowerCase()),
        descending,
      );
      inOrder(
        (await rows('tool', descending)).map((row) => row.tool),
        descending,
      );
    }
    const failures = await listed(store, 'failures', {}, { by: 'type', descending: false });
    const types = store.listedFailures(failures).map(({ failedCall }) => failedCall.details.failure?.type);
    assert.equal(types.length, records.filter(({ fixes }) => fixes.length > 0).length);
    // Those of one type stand together.
    const changes = types.filter((type, index) => type !== types[index - 1]).length;
    assert.equal(changes, new Set(types).size);
    const some = [7, 999, 3];
    assert.deepEqual(
      store.listedTrials(some).map(({ id }) => id),
      [7, 3],
    );
    const [row] = store.listedFailures(failures.slice(0, 1));
    const record = records.find(({ trial }) => trial.id === row?.failedCall.trialId);
    assert.deepEqual(
      [row?.failedCall.fix, row?.failedCall.lesson, row?.at],
      [record?.fixes[0], record?.lessons[0]?.text, record?.trial.startedAt],
    );
    // With each what its trial left all the same, as long as it is there.
    const left = (): (string | null)[] => store.listedFailures(failures).map(({ exampleId }) => exampleId);
    const known = new Map(records.map(({ trial, example }) => [trial.id, example?.id ?? null]));
    const expectedIds = store
      .listedFailures(failures)
      .map(({ failedCall }) => known.get(failedCall.trialId) ?? null);
    assert.deepEqual(left(), expectedIds);
    const gone = expectedIds.find((id) => id !== null);
    assert.ok(gone);
    assert.equal(await store.deleteExample(gone), true);
    assert.deepEqual(
      left(),
      expectedIds.map((id) => (id === gone ? null : id)),
    );
  });

  it('tools are in the order of their names, whatever their source', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    const ids = ['b.yaml#apple', 'a.yaml#Cherry', 'a#b.yaml#banana'];
    for (const [index, id] of ids.entries()) {
      const trial = { ...madeTrial('r1', index, 1), tool: id };
      store.recordTrial({ trial, lessons: [], fixes: [], example: null });
    }
    const order: ListOrder = { by: 'tool', descending: false };
    const rows = store.listedTrials(await listed(store, 'trials', {}, order));
    assert.deepEqual(
      rows.map(({ trial }) => trial.tool),
      ['b.yaml#apple', 'a#b.yaml#banana', 'a.yaml#Cherry'],
    );
  });

  for (const fullText of [true, false]) {
    it(`find words of the query ${fullText ? 'with' : 'without'} FTS5`, async () => {
      await using opened = await OpenedStore.inFolder();
      const store = await opened.open({ run: 'r1', fullText });
      const records = filled(store);
      const has = ({ trial }: TrialRecord): boolean => trial.query.includes('Berlin');
      const trials = store.listedTrials(await listed(store, 'trials', { text: 'berlin' }));
      assert.deepEqual(
        trials.map(({ trial }) => trial.id),
        records
          .filter(has)
          .map(({ trial }) => trial.id)
          .reverse(),
      );
      const failures = await listed(store, 'failures', { text: 'berlin', tool, runId: 'r1' });
      const failed = records.filter(
        (one) => has(one) && one.fixes.length > 0 && one.trial.tool === tool && one.trial.runId === 'r1',
      );
      assert.equal(failures.length, failed.length);
      const examples = store.listedExamples(await listed(store, 'examples', { text: 'berlin', tool }));
      assert.deepEqual(
        examples.map(({ example }) => example.id),
        records.flatMap((one) => (has(one) && one.example?.tool === tool ? [one.example.id] : [])).reverse(),
      );
      // Whatever is typed is looked for, and never an error.
      for (const text of ['"', 'a OR', '*', '\0', '!!!', '   '])
        for (const list of ['trials', 'examples', 'failures'] as const) await listed(store, list, { text });
    });
  }

  it('examples are those of the trials that match; one whose trial is unknown is there while none is asked for', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    const records = filled(store);
    await store.flushExamples();
    const foreign = madeExample(madeTrial('elsewhere', 5, 1), 'Written by hand');
    const file = ['examples', 'imaginarium.yaml#tool_0.jsonl'];
    await opened.edit([...(await opened.lines(...file)), JSON.stringify(foreign)], ...file);
    await store.readFiles();

    const learned = records.flatMap(({ trial, example }) => (example ? [{ trial, example }] : []));
    const idsOf = async (filter: TrialFilter) =>
      store.listedExamples(await listed(store, 'examples', filter)).map(({ example }) => example.id);
    const all = store.listedExamples(await listed(store, 'examples'));
    assert.deepEqual(
      all.map(({ example, at }) => [example.id, at]),
      [...learned.map(({ trial, example }) => [example.id, trial.startedAt]).reverse(), [foreign.id, null]],
    );
    assert.ok((await idsOf({ tool })).includes(foreign.id));
    assert.deepEqual(await idsOf({ runId: 'elsewhere' }), [foreign.id]);
    assert.deepEqual(await idsOf({ text: 'written hand' }), [foreign.id]);
    assert.deepEqual(await idsOf({ tool: 'unknown' }), []);
    const bound: TrialFilter[] = [
      { outcome: 'fulfilled' },
      { from: 1, to: 1000 },
      { argument: { pointer: '/place' } },
    ];
    for (const filter of bound)
      assert.deepEqual(await idsOf(filter), learned.map(({ example }) => example.id).reverse());
    const failing = learned.filter(({ trial }) => trial.steps.some(({ failure }) => failure !== null));
    const type = failing[0]?.trial.steps[0]?.failure?.type;
    assert.ok(type);
    assert.deepEqual(
      await idsOf({ failureType: type }),
      failing
        .filter(({ trial }) => trial.steps.some(({ failure }) => failure?.type === type))
        .map(({ example }) => example.id)
        .reverse(),
    );
    const place = { pointer: '/place', value: '"Osaka"' };
    assert.deepEqual(
      await idsOf({ argument: place }),
      learned
        .filter(({ trial }) => trial.steps.some(({ call }) => call?.arguments.place === 'Osaka'))
        .map(({ example }) => example.id)
        .reverse(),
    );
    for (const by of ['query', 'tool', 'type', 'duration'] as const)
      assert.equal((await listed(store, 'examples', {}, { by, descending: true })).length, all.length);
  });

  it('of a workspace without a database are what its files say', async () => {
    await using opened = await OpenedStore.inFolder();
    const first = await opened.open({ run: 'r1' });
    for (let index = 0; index < 8; index++) first.recordTrial(madeRecord('r1', index, 1));
    const kept = first.examples({ limit: 99 }).rows.length;
    await first.flushExamples();
    await first.close();
    await using cloned = await OpenedStore.inFolder();
    await cp(opened.path('examples'), cloned.path('examples'), { recursive: true });
    const store = await cloned.open({ onlyRead: true });
    assert.equal((await listed(store, 'examples')).length, kept);
    assert.equal((await store.dashboard({ cells: [] })).examples, kept);
  });
});
