import assert from 'node:assert/strict';
import { testEngine } from '../../../helpers/testEngine.ts';
import { keepTrials, madeTrial } from '../../../helpers/verified.ts';
import { echo, workspaceFixture } from '../../../helpers/workspaceFixture.ts';

describe('Jobs', function () {
  this.timeout(20_000);

  it('that are begun in the same moment are one, and the other is told so', async () => {
    const workspace = workspaceFixture([echo('alpha')]);
    try {
      const calls = [{ tool: 'alpha', arguments: { text: 'a' }, said: 'a' }];
      await keepTrials(workspace.folder, [madeTrial('t1', calls)]);
      const { engine } = await testEngine(workspace.folder);
      const begun = await Promise.allSettled([0, 1, 2].map(() => engine.verifications.verify({ tools: [] })));
      const began = begun.filter((one) => one.status === 'fulfilled');
      assert.equal(began.length, 1);
      const refused = begun.filter((one) => one.status === 'rejected');
      for (const { reason } of refused) assert.match(String(reason), /under way already/);
      const ended = await engine.jobs.finished(began[0]?.value.id ?? '');
      assert.equal(ended.status, 'finished');
      assert.equal((await engine.jobs.page({ limit: 10 })).rows.length, 1);
      await engine.dispose();
    } finally {
      workspace.remove();
    }
  });
});
