import assert from 'node:assert/strict';
import type { Example } from '../../../src/core/trial.ts';
import { openStore } from '../../../src/store/index.ts';
import { madeExample, madeRun, madeTrial } from '../../bench/storeFixtures.ts';
import { testEngine } from '../../helpers/testEngine.ts';
import { echo, type WorkspaceFixture, workspaceFixture } from '../../helpers/workspaceFixture.ts';

const tool = 'imaginarium.yaml#tool_0';

function example(id: string, changes: Partial<Example> = {}): Example {
  const { provenance, ...rest } = madeExample(madeTrial('r1', 0, 1), `Query ${id}`);
  return { ...rest, id, provenance: { ...provenance, specHash: '', trialId: '' }, ...changes };
}

/** Two families and one that a person has turned down, an orphan, and one that waits. */
const kept: Example[] = [
  example('a'),
  example('a1', { paraphraseOf: 'a' }),
  example('a2', { paraphraseOf: 'a' }),
  example('a3', { paraphraseOf: 'a', verification: 'rejected' }),
  example('b', { verification: 'rejected' }),
  example('b1', { paraphraseOf: 'b' }),
  example('d1', { paraphraseOf: 'gone' }),
  example('c', { verification: 'review' }),
];

async function withExamples(): Promise<WorkspaceFixture> {
  const workspace = workspaceFixture([echo('tool_0')]);
  const store = await openStore({ folder: workspace.folder });
  store.createRun(madeRun('r1', { status: 'finished' }));
  store.addExamples(kept);
  store.putLifts([{ example: 'a', lift: 0.2, low: 0.1, high: 0.3, queries: 40, job: 'j1' }]);
  await store.flushExamples();
  await store.close();
  return workspace;
}

describe('Examples as views show them', function () {
  this.timeout(20_000);
  let workspace: WorkspaceFixture;
  before(async () => {
    workspace = await withExamples();
  });
  after(() => workspace.remove());

  it('are a row a family, with how many paraphrases it has, page by page', async () => {
    const { engine } = await testEngine(workspace.folder);
    const first = await engine.learned.shownExamples({ tool, limit: 1 });
    const rest = await engine.learned.shownExamples({ tool, limit: 5, after: first.next ?? '' });
    const rows = [...first.rows, ...rest.rows];
    assert.deepEqual(rows.map(({ example: { id }, paraphrases }) => [id, paraphrases]).sort(), [
      ['a', 2],
      // The one that it says in other words is not there; that of `b1` was turned down, and it with it.
      ['d1', 0],
    ]);
    assert.deepEqual(rows.find(({ example: { id } }) => id === 'a')?.lift, {
      example: 'a',
      lift: 0.2,
      low: 0.1,
      high: 0.3,
      queries: 40,
      mark: '+',
    });
    await engine.dispose();
  });

  it('below a family are its paraphrases, and what was turned down is listed on its own', async () => {
    const { engine } = await testEngine(workspace.folder);
    const ids = async (filter: { family?: string; rejected?: boolean }) =>
      (await engine.learned.shownExamples({ tool, limit: 10, ...filter })).rows
        .map(({ example: { id } }) => id)
        .sort();
    assert.deepEqual(await ids({ family: 'a' }), ['a1', 'a2']);
    assert.deepEqual(await ids({ rejected: true }), ['a3', 'b']);
    assert.equal(engine.sources().review, 1);
    await engine.dispose();
  });
});
