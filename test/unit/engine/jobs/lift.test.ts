import assert from 'node:assert/strict';
import type { Engine } from '../../../../src/engine/engine.ts';
import { evaluatedWorkspace, shownStudent } from '../../../helpers/evaluated.ts';
import { type FakeOpenAI, startFakeOpenAI } from '../../../helpers/fakeOpenAI.ts';
import { testEngine } from '../../../helpers/testEngine.ts';
import type { WorkspaceFixture } from '../../../helpers/workspaceFixture.ts';

describe('The job lift', function () {
  this.timeout(20_000);
  let workspace: WorkspaceFixture;
  let server: FakeOpenAI;
  let engine: Engine;

  beforeEach(async () => {
    // One example a tool may be shown, so that nothing can take its place.
    workspace = await evaluatedWorkspace(2);
    server = await startFakeOpenAI({ reply: shownStudent });
    ({ engine } = await testEngine(workspace.folder));
  });
  afterEach(async () => {
    await engine.dispose();
    await server.close();
    workspace.remove();
  });

  const params = (more: object = {}) => ({
    model: 'fake',
    baseUrl: server.baseUrl,
    k: 1,
    share: 0.5,
    ...more,
  });

  it('measures what each chosen example is worth, and keeps a badge for it', async () => {
    const estimate = await engine.evaluations.estimateLift(params());
    const { id } = await engine.evaluations.startLift(params());
    const job = await engine.jobs.finished(id);
    assert.equal(job.status, 'finished', JSON.stringify(job.error));
    assert.equal(server.stats.requests, estimate.modelCalls);
    const { report } = await engine.evaluations.lifts(id);
    const lifts = report?.examples ?? [];
    const of = (tool: string) => lifts.find((one) => one.tool.endsWith(`#${tool}`));
    assert.deepEqual([of('remind')?.lift, of('shelve')?.lift], [1, 1]);
    assert.equal(of('tally')?.lift, 0);
    const badges = await engine.learned.lifts(lifts.map(({ example }) => example));
    assert.equal(badges.length, lifts.length);
    for (const { example, lift } of badges)
      assert.equal(lift, lifts.find((one) => one.example === example)?.lift);
  });

  it('stops where its budget ends with what is measured so far, and goes on', async () => {
    const { id } = await engine.evaluations.startLift(params({ budget: { modelCalls: 3 } }));
    assert.equal((await engine.jobs.finished(id)).status, 'budget');
    const part = (await engine.evaluations.lifts(id)).report;
    assert.ok((part?.pairs ?? 0) >= 1 && (part?.pairs ?? 0) < (part?.planned ?? 0));
    assert.equal(server.stats.requests, 3);
    await engine.jobs.resume(id, { modelCalls: null });
    assert.equal((await engine.jobs.finished(id)).status, 'finished');
    const { id: whole } = await engine.evaluations.startLift(params());
    await engine.jobs.finished(whole);
    assert.deepEqual(
      (await engine.evaluations.lifts(id)).report,
      (await engine.evaluations.lifts(whole)).report,
    );
  });

  it('is what the smallest set begins with', async () => {
    const before = await engine.evaluations.smallest({ tokens: 1000 }, () => 10);
    assert.equal(before.forLift, 0);
    assert.equal(before.covered, before.coverable);
    const { id } = await engine.evaluations.startLift(params());
    await engine.jobs.finished(id);
    const after = await engine.evaluations.smallest({ tokens: 20 }, () => 10);
    assert.equal(after.forLift, 2);
    assert.deepEqual(
      after.examples.map(({ tool }) => tool.split('#')[1]),
      ['remind', 'shelve'],
    );
    const one = await engine.evaluations.smallest({ tokens: 1000, tool: 'imaginarium.yaml#tally' }, () => 10);
    assert.ok(one.examples.every(({ tool }) => tool === 'imaginarium.yaml#tally'));
  });
});
