import assert from 'node:assert/strict';
import { cellsOf } from '../../../src/core/explore/coverage.ts';
import { toolFileName } from '../../../src/core/toolFileName.ts';
import { Connection } from '../../../src/store/connection.ts';
import type { TrialRecord } from '../../../src/store/index.ts';
import { migrate, migrations, schemaVersion } from '../../../src/store/migrations.ts';
import { packJson } from '../../../src/store/packing.ts';
import { madeExample, madeRecord } from '../../bench/storeFixtures.ts';
import { OpenedStore } from './openedStore.ts';

const tool = 'imaginarium.yaml#tool_0';
const newest = { by: 'time', descending: true } as const;

/** A record in which a model played the tool. */
function played(record: TrialRecord): TrialRecord {
  const trial = {
    ...record.trial,
    simulated: true as const,
    outcome: 'fulfilled' as const,
    steps: record.trial.steps.map((step) => ({
      ...step,
      observation: { ...step.observation, simulated: true },
    })),
  };
  const example = madeExample(trial);
  example.provenance.simulated = true;
  example.provenance.languageModel = true;
  for (const call of example.calls) call.simulated = true;
  return { trial, lessons: [], fixes: [], example };
}

/** Forty trials of one tool; every fourth is simulated. */
function records(): TrialRecord[] {
  return Array.from({ length: 40 }, (_, index) => {
    const record = madeRecord('r1', index, 1);
    return index % 4 === 0 ? played(record) : record;
  });
}

describe('What a model played, in the store', function () {
  this.timeout(20_000);

  it('is marked in rows, and told apart in counts', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    const all = records();
    for (const record of all) store.recordTrial(record);
    const simulated = all.filter(({ trial }) => trial.simulated);
    const failed = (some: TrialRecord[]): number =>
      some.flatMap(({ trial }) => trial.steps).filter(({ failure }) => failure !== null).length;
    const examples = (some: TrialRecord[]): number => some.filter(({ example }) => example !== null).length;

    assert.deepEqual(
      store
        .trials({ limit: 100 })
        .rows.map((row) => row.simulated ?? false)
        .reverse(),
      all.map(({ trial }) => trial.simulated ?? false),
    );
    assert.deepEqual(store.toolCounts([tool]).get(tool), {
      trials: 40,
      failures: failed(all),
      examples: examples(all),
      lessons: 1,
      simulated: { trials: 10, failures: failed(simulated), examples: 10 },
      specs: [{ hash: 'spec', examples: examples(all) }],
    });
    assert.equal(store.runCounts('r1').simulated, 10);
    const byType = store.failureCounts(tool);
    assert.equal(
      byType.reduce((sum, one) => sum + (one.simulated ?? 0), 0),
      failed(simulated),
    );
    const page = store.failures({ limit: 100 }).rows;
    assert.equal(page.filter((row) => row.simulated).length, failed(simulated));
  });

  it('counts for no figure of the real tool, and alone where it is asked for', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    const all = records();
    for (const { trial } of all) {
      const [first] = trial.steps;
      if (trial.simulated && first?.call) first.call.arguments = { place: 'Nowhere', made_up: true };
    }
    for (const record of all) store.recordTrial(record);
    const schema = { type: 'object', properties: { place: {}, day: {}, made_up: { type: 'boolean' } } };
    const asked = { tool, cells: [{ tool, cells: cellsOf(schema) }] };

    const real = await store.dashboard(asked);
    assert.deepEqual(real.simulated, { trials: 10, of: 40, shown: false });
    assert.equal(
      Object.values(real.outcomes).reduce((a, b) => a + b),
      30,
    );
    assert.equal(real.coverage.find(({ pointer }) => pointer === '/made_up')?.calls, 0);
    assert.equal(real.examples, all.filter(({ trial, example }) => example && !trial.simulated).length);
    const only = await store.dashboard({ ...asked, simulated: true });
    assert.equal(only.outcomes.fulfilled, 10);
    assert.equal(only.coverage.find(({ pointer }) => pointer === '/made_up')?.calls, 10);
    assert.equal(only.examples, 10);

    for (const list of ['trials', 'failures', 'examples'] as const) {
      const count = async (simulated?: boolean): Promise<number> => {
        const filter = simulated === undefined ? {} : { simulated };
        return (await store.list({ list, filter, order: newest })).total;
      };
      assert.equal((await count(true)) + (await count(false)), await count(), list);
      assert.ok((await count(true)) > 0, list);
    }
    const argument = { pointer: '/made_up' };
    const behind = (simulated: boolean) =>
      store.list({ list: 'trials', filter: { argument, simulated }, order: newest });
    assert.equal((await behind(false)).total, 0);
    assert.equal((await behind(true)).total, 10);
  });

  it('is what is counted where there is nothing else', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    for (let index = 0; index < 5; index++) store.recordTrial(played(madeRecord('r1', index, 1)));
    const { simulated, outcomes } = await store.dashboard({ cells: [] });
    assert.deepEqual(simulated, { trials: 5, of: 5, shown: true });
    assert.equal(outcomes.fulfilled, 5);
  });

  it('is no memory of a real exploration', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    for (const record of records()) store.recordTrial(record);
    const scope = { upTo: 40, runId: '' };
    assert.equal(store.trialsForMemory(tool, scope).length, 40);
    const real = store.trialsForMemory(tool, { ...scope, real: true });
    assert.equal(real.length, 30);
    assert.ok(real.every((trial) => !trial.simulated));
  });

  it('is offered among the nearest examples only when it is asked for, and marked in the file', async () => {
    for (const fullText of [true, false]) {
      await using opened = await OpenedStore.inFolder();
      const store = await opened.open({ run: 'r1', fullText });
      const record = played(madeRecord('r1', 0, 1));
      store.recordTrial(record);
      const { query } = record.trial;
      assert.equal(store.nearestExamples(query, 3, { languageModel: true }).length, 0);
      assert.equal(store.nearestExamples(query, 3).length, 1);
      await store.flushExamples();
      const [line = ''] = await opened.lines('examples', `${toolFileName(tool)}.jsonl`);
      const example = JSON.parse(line);
      assert.equal(example.provenance.simulated, true);
      assert.equal(example.calls[0].simulated, true);
      assert.match(line, /"observation":.*,"simulated":true\}/);
    }
  });
});

describe('A database of version 2', () => {
  it('knows after the migration that nothing in it is simulated, save what its examples say', () => {
    const connection = new Connection({ path: ':memory:', location: ':memory:', readOnly: false });
    migrate(connection, migrations.slice(0, 2));
    connection.exec(`
      INSERT INTO tools (key, id, trials, examples, failures) VALUES (1, 'a#b', 1, 2, 1);
      INSERT INTO runs (key, id, status, body) VALUES (1, 'r1', 'finished', '{}');
      INSERT INTO run_totals (run, model_calls, input_tokens, cached_tokens, output_tokens, usd, trials)
        VALUES (1, 0, 0, 0, 0, 0, 1);
      INSERT INTO trials (seq, id, run, tool, episode, trial, query, outcome, tool_calls, failed, failures, example,
        started_at, ms) VALUES (1, 't1', 1, 1, 1, 1, 'q', 0, 1, 1, '7', 1, 0, 0);
      INSERT INTO failed_calls (trial, step, run, tool, type) VALUES (1, 0, 1, 1, 7);
      INSERT INTO given_arguments (tool, pointer, value, run, trial, step, failed) VALUES (1, '', '', 1, 1, 0, 1);
    `);
    const add = connection.prepare(
      `INSERT INTO examples (id, tool, run, query, body, file, pending, edited) VALUES (?, 1, 'r1', 'q', ?, 'f', 0, 0)`,
    );
    const provenance = { model: 'm', languageModel: true };
    add.run('e1', packJson({ provenance }));
    add.run('e2', packJson({ provenance: { ...provenance, simulated: true } }));

    assert.equal(migrate(connection), 2);
    assert.equal(connection.number('PRAGMA user_version'), schemaVersion);
    for (const table of ['trials', 'failed_calls', 'given_arguments'])
      assert.equal(connection.number(`SELECT sum(simulated) FROM ${table}`), 0, table);
    const marked = connection.prepare<{ id: string }>('SELECT id FROM examples WHERE simulated = 1').all();
    assert.deepEqual(
      marked.map(({ id }) => id),
      ['e2'],
    );
    const counts = ['trials', 'simulated_trials', 'simulated_examples', 'simulated_failures'];
    assert.deepEqual(
      counts.map((column) => connection.number(`SELECT ${column} FROM tools`)),
      [1, 0, 1, 0],
    );
    assert.equal(connection.number('SELECT simulated FROM run_totals'), 0);
    connection.close();
  });
});
