import assert from 'node:assert/strict';
import { UserError } from '../../../src/core/errors.ts';
import type { TrialRow } from '../../../src/core/rows.ts';
import type { Trial } from '../../../src/core/trial.ts';
import type { Store, StorePageParams } from '../../../src/store/index.ts';
import { madeRecord, madeRun, madeTrial } from '../../bench/storeFixtures.ts';
import { OpenedStore } from './openedStore.ts';

function record(store: Store, trial: Trial): boolean {
  return store.recordTrial({ trial, lessons: [], fixes: [], example: null });
}

/** All rows, page by page. */
function paged(store: Store, params: Parameters<Store['trials']>[0]): TrialRow[] {
  const rows: TrialRow[] = [];
  let after: string | null = null;
  do {
    const page = store.trials({ ...params, ...(after === null ? {} : { after }) });
    assert.ok(page.rows.length <= params.limit);
    rows.push(...page.rows);
    after = page.next;
  } while (after !== null);
  return rows;
}

describe('Trials', () => {
  it('come back whole, with messages that repeat observations', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    const trial = madeTrial('r1', 3);
    trial.exchanges = [{ purpose: 'imagine', prompt: 'p', usage: trial.usage, ms: 1.5 }];
    assert.equal(record(store, trial), true);
    assert.deepEqual(store.trial(trial.id), trial);
    assert.equal(store.trial('none'), null);
  });

  it('keep any text as it is', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    const odd = [
      'a\0b',
      '\ud800',
      'x\udfffy',
      '\u001b[31m\b\u0007\r\n',
      '\u2028\ufeff',
      '',
      'x'.repeat(1 << 20),
    ];
    for (const [index, text] of odd.entries()) {
      const base = madeTrial('r1', index);
      const [step] = base.steps;
      assert.ok(step);
      const observation = { ...step.observation, content: text + text.slice(0, 200) };
      const trial: Trial = {
        ...base,
        query: text,
        answer: text,
        steps: [{ ...step, thought: text, observation }],
        messages: [{ role: 'user', content: `Observation: ${text}` }],
      };
      record(store, trial);
      assert.deepEqual(store.trial(trial.id), trial);
      assert.equal(store.trialRow(trial.id)?.query, text);
    }
  });

  it('are recorded once, by id and by place', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    const first = madeRecord('r1', 0);
    assert.equal(store.recordTrial(first), true);
    const counts = [store.runCounts('r1'), store.toolCounts()];
    assert.equal(store.recordTrial({ ...first, trial: { ...first.trial, query: 'other' } }), false);
    assert.equal(store.recordTrial({ ...first, trial: { ...first.trial, id: 'other' } }), false);
    assert.deepEqual([store.runCounts('r1'), store.toolCounts()], counts);
    assert.equal(store.trial(first.trial.id)?.query, first.trial.query);
    assert.equal(store.lastSeq(), 1);
  });

  it('of an unknown run are refused, and nothing of them stays', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    assert.throws(() => store.recordTrial(madeRecord('r9', 0)), UserError);
    assert.equal(store.lastSeq(), 0);
    assert.equal(store.toolCounts().size, 0);
  });

  it('page through every filter as a scan would, in both orders', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    store.createRun(madeRun('r2'));
    const all = Array.from({ length: 120 }, (_, i) => madeTrial(i % 2 === 0 ? 'r1' : 'r2', i, 5));
    for (const trial of all) record(store, trial);
    const tool = 'imaginarium.yaml#tool_3';
    const filters: [
      Omit<StorePageParams, 'limit'> & { outcome?: Trial['outcome']; failed?: boolean },
      (trial: Trial) => boolean,
    ][] = [
      [{}, () => true],
      [{ tool }, (trial) => trial.tool === tool],
      [{ runId: 'r2' }, (trial) => trial.runId === 'r2'],
      [{ runId: 'r2', tool }, (trial) => trial.runId === 'r2' && trial.tool === tool],
      [{ outcome: 'error' }, (trial) => trial.outcome === 'error'],
      [{ outcome: 'fulfilled', tool }, (trial) => trial.outcome === 'fulfilled' && trial.tool === tool],
      [{ failed: true }, failed],
      [{ failed: false, runId: 'r1' }, (trial) => !failed(trial) && trial.runId === 'r1'],
      [{ failed: true, tool }, (trial) => failed(trial) && trial.tool === tool],
      [{ tool: 'unknown' }, () => false],
      [{ runId: 'unknown' }, () => false],
    ];
    for (const [filter, keeps] of filters) {
      const expected = all.filter(keeps).map(({ id }) => id);
      const oldest = paged(store, { ...filter, limit: 7, order: 'oldest' });
      assert.deepEqual(
        oldest.map(({ id }) => id),
        expected,
        JSON.stringify(filter),
      );
      const newest = paged(store, { ...filter, limit: 7 });
      assert.deepEqual(
        newest.map(({ id }) => id),
        expected.toReversed(),
        JSON.stringify(filter),
      );
    }
  });

  it('stand in the order in which they ended, whatever the clock said', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    const jumps = [5000, -1, 2 ** 52, 0, 1.5];
    for (const [index, startedAt] of jumps.entries()) record(store, { ...madeTrial('r1', index), startedAt });
    assert.deepEqual(
      store.trials({ limit: 9 }).rows.map((row) => row.startedAt),
      jumps.toReversed(),
    );
  });

  it('show what lists need', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    const made = madeRecord('r1', 0);
    store.recordTrial(made);
    const { id, runId, tool, episode, trial, query, outcome, startedAt, ms } = made.trial;
    assert.deepEqual(store.trialRow(id), {
      id,
      runId,
      tool,
      episode,
      trial,
      query,
      outcome,
      toolCalls: 2,
      failures: [made.trial.steps[0]?.failure?.type],
      example: made.example !== null,
      startedAt,
      ms,
    });
  });

  it('are refused a cursor or a limit that makes no sense', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open();
    assert.throws(() => store.trials({ limit: 1, after: '; DROP TABLE' }), UserError);
    assert.throws(() => store.trials({ limit: 0 }), UserError);
    assert.deepEqual(store.trials({ limit: 1_000_000 }), { rows: [], next: null });
  });

  it('of an episode and for memory come in order, within the scope', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    store.createRun(madeRun('r2'));
    for (let i = 0; i < 8; i++) record(store, madeTrial('r1', i, 1));
    for (let i = 0; i < 6; i++) record(store, madeTrial('r2', i, 1));
    const tool = 'imaginarium.yaml#tool_0';
    assert.deepEqual(
      store.trialsOfEpisode('r1', tool, 2),
      [4, 5, 6, 7].map((i) => madeTrial('r1', i, 1)),
    );
    assert.deepEqual(
      [...store.trialsByEpisode('r2', tool)],
      [
        [1, 4],
        [2, 2],
      ],
    );
    const memory = store.trialsForMemory(tool, { upTo: 3, runId: 'r2' });
    assert.deepEqual(
      memory.map((trial) => `${trial.runId} ${trial.seed}`),
      ['r1 0', 'r1 1', 'r1 2', 'r2 0', 'r2 1', 'r2 2', 'r2 3', 'r2 4', 'r2 5'],
    );
    assert.deepEqual(memory[0], { ...madeTrial('r1', 0, 1), messages: [], exchanges: [] });
    assert.deepEqual(store.trialsForMemory('unknown', { upTo: 99, runId: 'r1' }), []);
  });
});

function failed(trial: Trial): boolean {
  return trial.steps.some((step) => step.failure !== null);
}
