import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Example } from '../../../src/core/trial.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { openStore } from '../../../src/store/index.ts';
import { madeExample, madeRecord, madeRun, madeTrial } from '../../bench/storeFixtures.ts';
import { testEngine } from '../../helpers/testEngine.ts';
import { echo, type WorkspaceFixture, workspaceFixture } from '../../helpers/workspaceFixture.ts';

const tool = 'imaginarium.yaml#tool_0';
const newest = { by: 'time', descending: true } as const;

/** A workspace whose tools have been explored: 24 trials of three tools, of which one has no spec any more. */
async function explored(): Promise<WorkspaceFixture> {
  const workspace = workspaceFixture([echo('tool_0'), echo('tool_1')]);
  const store = await openStore({ folder: workspace.folder });
  store.createRun(madeRun('r1', { status: 'finished' }));
  for (let index = 0; index < 24; index++) store.recordTrial(madeRecord('r1', index, 3));
  await store.close();
  return workspace;
}

async function firstExample(engine: Engine): Promise<string> {
  const { rows } = await engine.learned.examples({ tool, limit: 1 });
  return rows[0]?.id ?? '';
}

describe('Engine: what was learned', function () {
  this.timeout(20_000);
  let workspace: WorkspaceFixture;
  beforeEach(async () => {
    workspace = await explored();
  });
  afterEach(() => workspace.remove());

  it('the dashboard has coverage by the schemas of the catalogue', async () => {
    const { engine } = await testEngine(workspace.folder);
    const all = await engine.learned.dashboard({});
    // `text` was never given.
    assert.deepEqual(all.coverageByTool, [
      { tool, covered: 0, cells: 1 },
      { tool: 'imaginarium.yaml#tool_1', covered: 0, cells: 1 },
    ]);
    const one = await engine.learned.dashboard({ tool });
    assert.deepEqual(one.coverage[0], { pointer: '/text', value: null, calls: 0, failed: 0, listed: true });
    assert.deepEqual(
      one.coverage.filter(({ value }) => value === null).map(({ pointer, listed }) => [pointer, listed]),
      [
        ['/text', true],
        ['/day', false],
        ['/place', false],
      ],
    );
    assert.equal(one.curve.at(-1)?.trials, 8);
    await engine.dispose();
  });

  it('inserts lessons of the tools beside examples, where that is asked for', async () => {
    const { engine } = await testEngine(workspace.folder);
    const place = {
      exampleIds: [await firstExample(engine)],
      languageId: 'markdown',
      fileName: 'a.md',
      text: '',
      selections: [{ start: 0, end: 0 }],
      form: null,
      indent: '  ',
    };
    const textOf = async (lessons: boolean): Promise<string> => {
      const answer = await engine.learned.insertion({ ...place, lessons });
      return 'edits' in answer ? (answer.edits[0]?.text ?? '') : answer.nothing;
    };
    assert.doesNotMatch(await textOf(false), /What is known/);
    assert.match(await textOf(true), /### What is known of these tools\n\n- `tool_0`: "day" wants a number/);
    await engine.dispose();
  });

  it('writes and inserts nothing that is doubted or turned down, dragged or not', async () => {
    const { rows } = await (async () => {
      const store = await openStore({ folder: workspace.folder });
      const page = store.examples({ limit: 3 });
      const [first, second] = page.rows as [Example, Example];
      store.changeExamples([
        { ...first, verification: 'rejected' },
        { ...second, verification: 'review' },
      ]);
      await store.close();
      return page;
    })();
    const { engine } = await testEngine(workspace.folder);
    const ids = rows.map(({ id }) => id);
    const place = { languageId: 'markdown', fileName: 'a.md', text: '', form: null, indent: '  ' };
    const insert = (exampleIds: string[]) =>
      engine.learned.insertion({ ...place, exampleIds, selections: [{ start: 0, end: 0 }] });
    for (const ask of [insert, (some: string[]) => engine.learned.writeExamples(some, 'messages')])
      await assert.rejects(ask(ids.slice(0, 2)), { name: 'WrongRequest', message: /turned them down/ });
    const text = await engine.learned.writeExamples(ids, 'messages');
    assert.ok(text.includes(rows[2]?.query ?? '-'));
    assert.ok(!text.includes(rows[0]?.query ?? '-'));
    await engine.dispose();
  });

  it('answers also while runs begin and end', async () => {
    const { engine } = await testEngine(workspace.folder);
    const id = await firstExample(engine);
    const counts = Array.from({ length: 12 }, () => engine.learned.dashboard({}));
    const deleted = engine.learned.deleteExample(id);
    const lists = Array.from({ length: 12 }, () =>
      engine.learned.list({ list: 'trials', filter: {}, order: newest }),
    );
    assert.equal(await deleted, true);
    assert.ok((await Promise.all(counts)).every(({ curve }) => curve.at(-1)?.trials === 24));
    assert.ok((await Promise.all(lists)).every(({ total }) => total === 24));
    await engine.dispose();
  });

  it('examples are stale when the spec of their tool is another now', async () => {
    const store = await openStore({ folder: workspace.folder });
    const specs = await testEngine(workspace.folder);
    const specHash = specs.engine.tool(tool)?.specHash ?? '';
    await specs.engine.dispose();
    const fresh = madeExample(madeTrial('r1', 300, 1), 'Fresh');
    fresh.provenance.specHash = specHash;
    store.recordTrial({ trial: madeTrial('r1', 300, 1), lessons: [], fixes: [], example: fresh });
    await store.close();

    const { engine } = await testEngine(workspace.folder);
    const { ids } = await engine.learned.list({ list: 'examples', filter: {}, order: newest });
    const rows = await engine.learned.listRows('examples', ids);
    const stale = rows.flatMap((row) => ('stale' in row ? [[row.example.tool, row.stale]] : []));
    assert.deepEqual(stale[0], [tool, false]);
    assert.ok(stale.slice(1).every(([of, is]) => is === (of !== 'imaginarium.yaml#tool_2')));
    assert.equal((await engine.learned.listRows('failures', [1, 2, 999])).length, 2);
    assert.equal((await engine.learned.listRows('trials', [3, 1])).length, 2);
    const many = Array.from({ length: 201 }, (_, index) => index);
    await assert.rejects(engine.learned.listRows('trials', many), { name: 'UserError' });
    await engine.dispose();
  });

  it('examples are written in each form, in the order asked for', async () => {
    const { engine } = await testEngine(workspace.folder);
    const { rows } = await engine.learned.examples({ limit: 2 });
    const ids = rows.map(({ id }) => id);
    for (const form of ['messages', 'input_examples', 'objects', 'react', 'markdown'] as const) {
      const text = await engine.learned.writeExamples(ids, form);
      assert.match(text, /tool_\d/, form);
    }
    const objects = JSON.parse(await engine.learned.writeExamples([...ids].reverse(), 'objects')) as {
      query: string;
    }[];
    assert.deepEqual(
      objects.map(({ query }) => query),
      rows.map(({ query }) => query).reverse(),
    );
    await assert.rejects(engine.learned.writeExamples(['gone'], 'objects'), { name: 'WrongRequest' });
    await engine.dispose();
  });

  it('an example is deleted here, and the counts of its tool change', async () => {
    const { engine, events } = await testEngine(workspace.folder);
    const id = await firstExample(engine);
    const before = engine.tool(tool)?.counts.examples ?? 0;
    events.splice(0);
    assert.equal(await engine.learned.deleteExample(id), true);
    assert.equal(engine.tool(tool)?.counts.examples, before - 1);
    assert.equal(await engine.learned.example(id), null);
    assert.equal(await engine.learned.deleteExample(id), false);
    for (let tries = 0; tries < 100 && !events.some(({ type }) => type === 'catalogue'); tries++)
      await pause(10);
    assert.ok(events.some(({ type }) => type === 'catalogue'));
    await engine.dispose();
  });

  it('an example is deleted while this process explores, and what the run learns stays', async () => {
    const { engine } = await testEngine(workspace.folder);
    const id = await firstExample(engine);
    const settings = { episodes: 4, trials: 4 };
    const { runId } = await engine.explore({ tools: ['tool_0', 'tool_1'], model: 'offline', settings });
    assert.equal(await engine.learned.deleteExample(id), true);
    const run = await engine.finished(runId);
    assert.equal(run.status, 'finished');
    const after = await engine.learned.examples({ runId, limit: 1000 });
    assert.equal(after.rows.length, run.counts.examples);
    assert.equal(await engine.learned.example(id), null);
    const counted = await engine.learned.dashboard({ runId });
    assert.equal(counted.curve.at(-1)?.trials, run.counts.trials);
    assert.ok(counted.coverageByTool.every(({ covered, cells }) => covered === cells));
    await engine.dispose();
  });

  it('an example is not deleted without trust, nor while another process explores', async () => {
    const { engine } = await testEngine(workspace.folder);
    const id = await firstExample(engine);
    const other = await openStore({ folder: workspace.folder });
    await assert.rejects(engine.learned.deleteExample(id), /Another window or terminal explores/);
    await other.close();
    await engine.setTrusted(false);
    await assert.rejects(engine.learned.deleteExample(id), { name: 'UserError', message: /not trusted/ });
    await engine.setTrusted(true);
    assert.notEqual(await engine.learned.example(id), null);
    await engine.dispose();
  });

  it('without trust nothing that is kept is read; with it, what is there is told of', async () => {
    const { engine: before } = await testEngine(workspace.folder);
    const id = await firstExample(before);
    await before.dispose();
    const { engine } = await testEngine(workspace.folder, { trusted: false });
    assert.equal(await engine.learned.example(id), null);
    assert.equal((await engine.learned.dashboard({})).examples, 0);
    assert.deepEqual((await engine.learned.trials({ limit: 10 })).rows, []);
    assert.deepEqual((await engine.stateWhenOpen()).runs, []);
    assert.equal(engine.tool(tool)?.counts.trials, 0);
    const granted = engine.setTrusted(true);
    // Whoever asks at once gets what is there by then.
    assert.ok((await engine.stateWhenOpen()).runs.length > 0);
    await granted;
    assert.notEqual(await engine.learned.example(id), null);
    assert.notEqual(engine.tool(tool)?.counts.trials, 0);
    await engine.dispose();
  });

  it('nothing is there where nothing is kept', async () => {
    const empty = workspaceFixture([echo('a')]);
    const { engine } = await testEngine(empty.folder);
    assert.equal((await engine.learned.dashboard({})).examples, 0);
    const list = { list: 'failures', filter: {}, order: newest } as const;
    assert.deepEqual(await engine.learned.list(list), { ids: [], total: 0 });
    assert.deepEqual(await engine.learned.listRows('failures', [1]), []);
    assert.deepEqual(await engine.learned.nearestExamples('x', 3), []);
    assert.deepEqual(await engine.learned.failureCounts(tool), []);
    assert.equal(await engine.learned.deleteExample('x'), false);
    await engine.dispose();
    empty.remove();
  });
});
