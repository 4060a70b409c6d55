import assert from 'node:assert/strict';
import { nothingSet } from '../../../src/protocol/engine.ts';
import { answeringModel } from '../../helpers/answeringModel.ts';
import { startCli } from '../../helpers/cliProcess.ts';
import { type FakeOpenAI, startFakeOpenAI } from '../../helpers/fakeOpenAI.ts';
import { jsonLines } from '../../helpers/testCli.ts';
import { testEngine } from '../../helpers/testEngine.ts';
import { echo, type WorkspaceFixture, workspaceFixture } from '../../helpers/workspaceFixture.ts';

const tools = Array.from({ length: 16 }, (_, i) => echo(`echo_${i + 1}`));

describe('A limit of model calls, with 16 tools at once', () => {
  let workspace: WorkspaceFixture;
  let server: FakeOpenAI;

  beforeEach(async () => {
    workspace = workspaceFixture(tools);
    server = await startFakeOpenAI({
      reply: answeringModel((_tool, hash) => ({ text: hash })),
      latencyMs: 20,
    });
  });
  afterEach(async () => {
    workspace.remove();
    await server.close();
  });

  async function explore(...args: string[]) {
    const model = ['--model', 'fake', '--base-url', server.baseUrl, '--concurrency', '16'];
    const all = ['explore', '--json', ...(args.includes('--resume') ? [] : model), ...args];
    const run = startCli(all, { cwd: workspace.folder, env: { OPENAI_API_KEY: 'k' } });
    const code = await run.ended;
    return { code, end: jsonLines(run.output.out).at(-1) };
  }

  it('is what the server gets, to the call; resumed, it holds for both parts together', async () => {
    const first = await explore('--max-calls', '37');
    assert.deepEqual([first.code, first.end?.status, server.stats.requests], [0, 'budget', 37]);
    assert.ok(server.maxInFlight > 8, `only ${server.maxInFlight} calls at once`);

    const again = await explore('--resume');
    assert.deepEqual([again.code, again.end?.status, server.stats.requests], [0, 'budget', 37]);

    const raised = await explore('--resume', '--max-calls', '50');
    assert.deepEqual([raised.code, raised.end?.status, server.stats.requests], [0, 'budget', 50]);
    const usage = raised.end?.usage as Record<string, unknown> | undefined;
    assert.equal(usage?.modelCalls, 50);
  });

  it('is raised by the settings where an editor resumes the run, and only by higher ones', async () => {
    const { engine } = await testEngine(workspace.folder);
    try {
      const settings = { episodes: 1, trials: 1 };
      const model = { model: 'fake', baseUrl: server.baseUrl, settings, budget: { modelCalls: 2 } };
      const { runId } = await engine.explore({ tools: ['echo_1'], ...model });
      assert.equal((await engine.finished(runId)).status, 'budget');
      for (const [maxCalls, status] of [
        [null, 'budget'],
        [1, 'budget'],
        [100, 'finished'],
      ] as const) {
        engine.setSettings({ ...nothingSet, maxCalls });
        await engine.resume(runId, { raised: true });
        assert.equal((await engine.finished(runId)).status, status, `${maxCalls}`);
      }
    } finally {
      await engine.dispose();
    }
  });

  it('of none asks nothing', async () => {
    const { code, end } = await explore('--max-calls', '0');
    assert.deepEqual([code, end?.status, server.stats.requests], [0, 'budget', 0]);
  });
});
