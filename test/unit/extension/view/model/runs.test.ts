import assert from 'node:assert/strict';
import { type EngineEvent, engine, type RunSummary } from '../../../../../src/protocol/engine.ts';
import { run, sources, trialRow } from '../../fakes.ts';
import { drawn, engineState, pause, playedLink, runsModel, withRuns, workbench } from './played.ts';

const counts = { trials: 12, examples: 4, failures: 1, lessons: 0 };

async function row(changes: Partial<RunSummary>, isUnderWay = true) {
  const link = playedLink();
  const bench = workbench();
  bench.own('r1');
  withRuns(link, bench, run('r1', { counts, ...changes }));
  const { model } = runsModel(link, bench, { isUnderWay: () => isUnderWay });
  const [node] = await model.roots();
  assert.ok(node);
  return node;
}

describe('The view Runs', () => {
  it('shows how far a run is, what it has brought, and with what', async () => {
    const { row: drawnRow, target } = await row({});
    assert.deepEqual(
      [drawnRow.label, drawnRow.description, drawnRow.icon, drawnRow.context],
      ['add_date', '12 of 60 trials · 4 examples · 1 failed · Model M', 'sync~spin', 'run.running'],
    );
    assert.equal(drawnRow.spoken, 'add_date, running, 12 of 60 trials, 4 examples, 1 failed call, Model M');
    assert.deepEqual(target, { runId: 'r1', toolId: 'imaginarium.yaml#add_date' });
  });

  it('says how much of a run a model played', async () => {
    const some = await row({ counts: { ...counts, simulated: 3 } });
    assert.equal(some.row.description, '3 simulated · 12 of 60 trials · 4 examples · 1 failed · Model M');
    assert.match(some.row.spoken ?? '', /3 simulated/);
    assert.match(some.row.tooltip, /no evidence about the real one/);
    assert.match((await row({ counts: { ...counts, simulated: 12 } })).row.description, /all simulated/);
  });

  it('tells how each run ended, which can go on, and when it was', async () => {
    const looks: string[][] = [];
    for (const status of ['finished', 'stopped', 'budget', 'failed', 'interrupted'] as const) {
      const { row: drawnRow } = await row({ status });
      looks.push([drawnRow.description.replace(/ · 12 trials.*/, ''), drawnRow.icon, drawnRow.context]);
    }
    assert.deepEqual(looks, [
      ['2 min ago', 'pass', 'run.ended'],
      ['stopped · 2 min ago', 'debug-pause', 'run.resumable'],
      ['budget used up · 2 min ago', 'dashboard', 'run.resumable'],
      ['failed · 2 min ago', 'error', 'run.resumable'],
      ['cut off · 2 min ago', 'debug-disconnect', 'run.resumable'],
    ]);
  });

  it('knows runs whose engine is gone, and those of another window', async () => {
    assert.equal((await row({}, false)).row.context, 'run.resumable');
    const link = playedLink();
    const bench = workbench();
    withRuns(link, bench, run('r9'));
    const [other] = await runsModel(link, bench).model.roots();
    assert.match(other?.row.description ?? '', /^in another window · 0 of 60 trials/);
    assert.equal(other?.row.context, 'run.ended');
  });

  it('marks the sampler, and names what failed', async () => {
    const model = { id: 'offline', label: 'Offline sampler', baseUrl: null, isLanguageModel: false };
    assert.match(
      (await row({ model })).row.tooltip,
      /Model: Offline sampler\. Its examples are a demonstration\./,
    );
    const failed = await row({
      status: 'failed',
      tools: [],
      error: { message: 'The key was refused.', advice: 'Set another.' },
    });
    assert.equal(failed.row.label, 'No tools');
    assert.match(failed.row.tooltip, /The key was refused\.\nSet another\./);
    const link = playedLink({ [engine.trials.method]: () => ({ rows: [], next: null }) });
    const bench = workbench();
    withRuns(link, bench, failed.data as RunSummary);
    const [again] = await runsModel(link, bench).model.roots();
    const below = (await again?.children()) ?? [];
    assert.deepEqual(drawn(below), ['The key was refused. | Set another.']);
  });
});

describe('A run that is on', () => {
  async function live() {
    const link = playedLink({
      [engine.trials.method]: () => ({ rows: [trialRow('t1')], next: null }),
    });
    const bench = workbench();
    bench.own('r1');
    withRuns(link, bench, run('r1'));
    const { model, told } = runsModel(link, bench);
    const hear = async (...events: EngineEvent[]) => {
      bench.hear(events);
      model.hear(events);
      await pause();
    };
    const [node] = await model.roots();
    assert.ok(node);
    await pause();
    return { link, bench, model, told, hear, node };
  }

  it('gets its trials from what is pushed, without asking again', async () => {
    const { link, node, hear, told } = await live();
    assert.deepEqual(drawn([...(await node.children())]), ['What is t1? | add_date · fulfilled']);
    const asked = link.asked.length;
    told.length = 0;
    const failures = ['rejected', 'rejected'] as const;
    await hear({ type: 'trial', row: trialRow('t2', { outcome: 'unfulfilled', failures: [...failures] }) });
    assert.deepEqual(drawn([...(await node.children())]), [
      'What is t2? | add_date · unfulfilled · 2 failed calls',
      'What is t1? | add_date · fulfilled',
    ]);
    assert.equal(link.asked.length, asked);
    assert.deepEqual(new Set(told.flat()), new Set([node]));
    assert.match(node.row.description, /^1 of 60 trials/);
  });

  it('stands at the top when it begins; the others stay where they are', async () => {
    const { model, hear, node } = await live();
    await hear({ type: 'run', run: run('r2', { startedAt: 5000 }) });
    const roots = await model.roots();
    assert.deepEqual(
      roots.map(({ id }) => id),
      ['run:r2', 'run:r1'],
    );
    assert.equal(roots[1], node);
  });
});

describe('A filter of the view Runs', () => {
  it('shows the trials of all runs that the engine finds, and those that come', async () => {
    const asked: unknown[] = [];
    const link = playedLink({
      [engine.trials.method]: (params) => {
        asked.push(params);
        return { rows: [trialRow('t1', { outcome: 'error' })], next: null };
      },
    });
    const bench = workbench();
    bench.setEngine({ ...engineState, runs: [run('r1')] }, sources());
    const { model } = runsModel(link, bench);
    model.setFilter({ outcome: 'error' });
    assert.equal(model.message, 'Showing trials of all runs: error.');
    assert.deepEqual(drawn(await model.roots()), ['What is t1? | add_date · error']);
    assert.deepEqual(asked, [{ outcome: 'error', limit: 200 }]);
    model.hear([
      { type: 'trial', row: trialRow('t2') },
      { type: 'trial', row: trialRow('t3', { outcome: 'error' }) },
    ]);
    assert.deepEqual(
      (await model.roots()).map(({ target }) => target.trialId),
      ['t3', 't1'],
    );
    model.setFilter({ text: 'date' });
    await model.roots();
    model.hear([{ type: 'trial', row: trialRow('t4') }]);
    await model.roots();
    assert.deepEqual(
      asked.slice(1),
      Array(2).fill({ text: 'date', limit: 200 }),
      'words are looked for by the engine',
    );
  });

  it('that lets nothing through says so, and offers a way out', async () => {
    const link = playedLink({ [engine.trials.method]: () => ({ rows: [], next: null }) });
    const bench = workbench();
    bench.setEngine(engineState, sources());
    const { model } = runsModel(link, bench);
    model.setFilter({ failed: true });
    assert.deepEqual(
      (await model.roots()).map(({ row: { label, click } }) => [label, click]),
      [['No trial fits the filter.', 'clearRunsFilter']],
    );
  });
});
