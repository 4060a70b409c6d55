import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineOptions } from '../../../src/engine/ports.ts';
import type { ExploreParams } from '../../../src/protocol/engine.ts';
import { answeringModel } from '../../helpers/answeringModel.ts';
import { type FakeOpenAI, type FakeReply, startFakeOpenAI } from '../../helpers/fakeOpenAI.ts';
import { type TestEngine, testEngine } from '../../helpers/testEngine.ts';
import {
  echo,
  type TestTool,
  type WorkspaceFixture,
  workspaceFixture,
} from '../../helpers/workspaceFixture.ts';

const small = { episodes: 2, trials: 2, callFirstShare: 0, siblings: 0 };
const textModel = answeringModel((_tool, hash) => ({ text: hash }));

/** Real store, real tool processes; only the model is on a wire that the test holds. */
describe('Engine: exploring', () => {
  const workspaces: WorkspaceFixture[] = [];
  const engines: TestEngine[] = [];
  const servers: FakeOpenAI[] = [];

  afterEach(async () => {
    await Promise.all(engines.splice(0).map(({ engine }) => engine.dispose()));
    await Promise.all(servers.splice(0).map((server) => server.close()));
    for (const workspace of workspaces.splice(0)) workspace.remove();
  });

  async function open(folder: string, options: Partial<EngineOptions> = {}): Promise<TestEngine> {
    const opened = await testEngine(folder, options);
    engines.push(opened);
    return opened;
  }

  async function setUp(
    tools: TestTool[],
    reply: FakeReply = textModel,
    options: Partial<EngineOptions> = {},
  ) {
    const workspace = workspaceFixture(tools);
    workspaces.push(workspace);
    const server = await startFakeOpenAI({ reply });
    servers.push(server);
    const opened = await open(workspace.folder, options);
    const params: ExploreParams = {
      tools: [],
      model: 'fake',
      baseUrl: server.baseUrl,
      settings: small,
      seed: 1,
    };
    return { ...opened, workspace, server, params };
  }

  it('keeps every trial, then tells of it; writes examples to their files', async () => {
    const { engine, events, workspace, server, params } = await setUp([echo('a'), echo('b')]);
    const { runId, estimate } = await engine.explore(params);
    assert.deepEqual([estimate.tools, estimate.trials], [2, 8]);
    const summary = await engine.finished(runId);

    assert.equal(summary.status, 'finished', JSON.stringify(summary.error));
    assert.deepEqual(summary.counts, { trials: 8, examples: 8, failures: 0, lessons: 0 });
    assert.equal(summary.usage.modelCalls, server.stats.requests);
    // What a server on this machine costs is not known: it may be a gateway.
    assert.equal(summary.usage.usd, null);

    const rows = events.flatMap((event) => (event.type === 'trial' ? [event.row] : []));
    assert.equal(rows.length, 8);
    for (const row of rows) assert.equal((await engine.learned.trial(row.id))?.outcome, 'fulfilled');
    for (const id of ['imaginarium.yaml#a', 'imaginarium.yaml#b']) {
      const places = rows
        .filter(({ tool }) => tool === id)
        .map(({ episode, trial }) => `${episode}.${trial}`);
      assert.deepEqual(places, ['1.1', '1.2', '2.1', '2.2']);
    }
    const last = events.findLast((event) => event.type === 'run');
    assert.equal(last?.type === 'run' && last.run.status, 'finished');
    assert.equal(readdirSync(join(workspace.folder, '.imaginarium', 'examples')).length, 2);
    const tools = engine.catalogue().sources.flatMap((source) => source.tools);
    assert.deepEqual(
      tools.map(({ counts }) => counts.examples),
      [4, 4],
    );
  });

  for (const concurrency of [1, 4]) {
    it(`never exceeds a limit on calls, ${concurrency} at once, and counts no trial that was cut off`, async () => {
      const tools = [echo('a'), echo('b'), echo('c'), echo('d')];
      const { engine, server, params } = await setUp(tools);
      const limited = { ...params, concurrency, budget: { modelCalls: 10 } };
      const { runId } = await engine.explore(limited);
      const summary = await engine.finished(runId);
      assert.equal(summary.status, 'budget');
      assert.equal(server.stats.requests, 10);
      assert.equal(summary.usage.modelCalls, 10);
      assert.equal(summary.counts.trials, (await engine.learned.trials({ runId, limit: 100 })).rows.length);

      assert.deepEqual(await engine.resume(), { runId });
      assert.equal((await engine.finished(runId)).status, 'budget');
      assert.equal(server.stats.requests, 10);

      assert.deepEqual(await engine.resume(runId, { budget: { modelCalls: 1000 } }), { runId });
      const whole = await engine.finished(runId);
      assert.equal(whole.status, 'finished');
      assert.equal(whole.counts.trials, 16);
    });
  }

  it('stops within a second, killing a running tool, and goes on where it was', async () => {
    const stuck: TestTool = {
      name: 'stuck',
      risk: 'read',
      body: `const { existsSync } = await import('node:fs');
        while (!existsSync(new URL('./go', import.meta.url))) await new Promise((r) => setTimeout(r, 20));
        return 'done';`,
    };
    const { engine, events, workspace, params } = await setUp([stuck]);
    const { runId } = await engine.explore(params);
    while (!events.some((event) => event.type === 'progress' && event.doing === 'calling stuck'))
      await sleep(10);
    const before = performance.now();
    assert.deepEqual(await engine.stop(), { stopped: [runId] });
    assert.ok(performance.now() - before < 1000, `stopped after ${performance.now() - before} ms`);
    const stopped = await engine.finished(runId);
    assert.deepEqual([stopped.status, stopped.counts.trials, stopped.error], ['stopped', 0, null]);

    const { writeFileSync } = await import('node:fs');
    writeFileSync(join(workspace.folder, 'go'), '');
    assert.deepEqual(await engine.resume(), { runId });
    assert.equal((await engine.finished(runId)).status, 'finished');
    assert.match(
      ((await engine.resume(runId)) as { nothing: string }).nothing,
      /^Nothing to resume: .*finished/,
    );
    assert.match(((await engine.resume()) as { nothing: string }).nothing, /^Nothing to resume/);
  });

  it('stops while the model thinks', async () => {
    const { engine, server, params } = await setUp([echo('a')], () => ({ text: 'late', delayMs: 60_000 }));
    const { runId } = await engine.explore(params);
    while (server.inFlight === 0) await sleep(5);
    const before = performance.now();
    await engine.stop(runId);
    assert.ok(performance.now() - before < 1000);
    assert.equal((await engine.finished(runId)).status, 'stopped');
  });

  it('a wrong key fails the run, keeps the error, and the run can go on', async () => {
    let wrong = true;
    const { engine, params } = await setUp([echo('a')], (request) =>
      wrong ? { status: 401, errorBody: { error: { message: 'Incorrect API key' } } } : textModel(request),
    );
    const { runId } = await engine.explore(params);
    const failed = await engine.finished(runId);
    assert.equal(failed.status, 'failed');
    assert.match(`${failed.error?.message} ${failed.error?.advice}`, /key/);
    assert.doesNotMatch(JSON.stringify(failed), /test-key/);
    wrong = false;
    await engine.resume(runId);
    assert.equal((await engine.finished(runId)).status, 'finished');
  });

  it('an answer that is too long for the model ends its trial, not the run', async () => {
    let calls = 0;
    const tooLong = { error: { message: 'too long', code: 'context_length_exceeded' } };
    const { engine, params } = await setUp([echo('a')], (request) =>
      calls++ === 1 ? { status: 400, errorBody: tooLong } : textModel(request),
    );
    const { runId } = await engine.explore(params);
    const summary = await engine.finished(runId);
    assert.equal(summary.status, 'finished');
    const { rows } = await engine.learned.trials({ runId, limit: 10, outcome: 'error' });
    assert.equal(rows.length, 1);
  });

  it('an approval that nobody answers pauses its tool alone, and a stop ends the question', async () => {
    const asked: string[] = [];
    const write: TestTool = { ...echo('book'), risk: 'write' };
    const { engine, events, params } = await setUp([write, echo('look')], textModel, {
      approvals: {
        ask: (request) => {
          asked.push(request.name);
          return new Promise(() => {});
        },
      },
    });
    const { runId } = await engine.explore({ ...params, concurrency: 1 });
    const done = () =>
      events.filter((event) => event.type === 'trial' && event.row.tool.endsWith('#look')).length;
    while (done() < 4) await sleep(10);
    assert.deepEqual(asked, ['book']);
    await engine.stop(runId);
    assert.equal((await engine.finished(runId)).counts.trials, 4);
  });

  it('what is not allowed is blocked, and the trial says so', async () => {
    const write: TestTool = { ...echo('book'), risk: 'write' };
    const { engine, params } = await setUp([write]);
    const { runId } = await engine.explore(params);
    assert.equal((await engine.finished(runId)).counts.examples, 0);
    const { rows } = await engine.learned.failures({ limit: 10, failureType: 'blocked' });
    assert.equal(rows.length, 4);
    assert.match(rows[0]?.details.observation.content ?? '', /^Not run: "book" may change things/);
  });

  it('a write that a stop has cut off is kept as one that may have run, and is not made again', async () => {
    const slow: TestTool = {
      name: 'append',
      risk: 'write',
      body: `const { appendFileSync } = await import('node:fs');
        appendFileSync(new URL('./written', import.meta.url), args.text + '\\n');
        await new Promise((r) => setTimeout(r, 120));
        return 'written';`,
    };
    const { engine, workspace, params } = await setUp([slow]);
    const written = join(workspace.folder, 'written');
    const { runId } = await engine.explore({ ...params, allowWrites: true });
    while (!existsSync(written)) await sleep(10);
    await engine.stop(runId);
    const { rows } = await engine.learned.trials({ runId, limit: 10 });
    assert.deepEqual(
      rows.map(({ outcome, trial }) => [outcome, trial]),
      [['error', 1]],
    );
    const kept = await engine.learned.trial(rows[0]?.id ?? '');
    assert.equal(kept?.steps.at(-1)?.observation.status, 'may_have_run');
    await engine.resume(runId);
    assert.equal((await engine.finished(runId)).counts.trials, 4);
    const { readFileSync } = await import('node:fs');
    const lines = readFileSync(written, 'utf8').trimEnd().split('\n');
    assert.equal(new Set(lines).size, lines.length);
    assert.equal(lines.length, 4);
  });

  it('without trust nothing is run', async () => {
    const { engine, server, params, workspace } = await setUp([echo('a')], textModel, { trusted: false });
    await assert.rejects(engine.explore(params), { name: 'WrongRequest', message: /not trusted/ });
    await assert.rejects(engine.resume(), { name: 'WrongRequest' });
    assert.equal(server.stats.requests, 0);
    assert.equal(engine.catalogue().sources.length, 1);
    assert.equal(existsSync(join(workspace.folder, '.imaginarium')), false);
  });

  it('refuses what cannot be, before anything is kept', async () => {
    const { engine, params, workspace } = await setUp([echo('a')]);
    const wrong: [Partial<ExploreParams>, RegExp][] = [
      [{ tools: ['b'] }, /no tool "b"/],
      [{ budget: { usd: 1 }, baseUrl: 'https://models.example/v1' }, /price of "fake" is not known/],
      [{ settings: { preset: 'paper', protocol: 'tools' } }, /cannot use the protocol/],
      [{ concurrency: 0 }, /concurrency/],
      [{ promptsDir: join(workspace.folder, 'none') }, /no such folder/],
      [{ promptsDir: workspace.folder }, /no prompts in/],
      [{ model: 'editor:x' }, /model of an editor/],
    ];
    for (const [part, message] of wrong) {
      await assert.rejects(engine.explore({ ...params, ...part }), { name: 'WrongRequest', message });
    }
    const { model: _, ...nobody } = params;
    await assert.rejects(engine.explore(nobody), { name: 'WrongRequest', message: 'No model is chosen.' });
    assert.deepEqual((await engine.runs({ limit: 10 })).rows, []);
  });

  it('a tool is explored once at a time; another one may be', async () => {
    const { engine, server, params } = await setUp([echo('a'), echo('b')], () => ({
      text: 'x',
      delayMs: 60_000,
    }));
    await engine.explore({ ...params, tools: ['a'] });
    await assert.rejects(engine.explore(params), { name: 'WrongRequest', message: /"a" is being explored/ });
    await engine.explore({ ...params, tools: ['b'] });
    while (server.inFlight < 2) await sleep(5);
    assert.equal((await engine.stop()).stopped.length, 2);
  });

  it('while one process explores, another one reads; an idle one leaves the workspace free', async () => {
    const { engine, server, params, workspace } = await setUp([echo('a')]);
    const second = await open(workspace.folder);
    const { runId } = await second.engine.explore(params);
    assert.equal((await second.engine.finished(runId)).status, 'finished');
    assert.equal((await second.engine.learned.trials({ limit: 10 })).rows.length, 4);
    assert.equal((await engine.learned.trials({ limit: 10 })).rows.length, 4);

    server.requests.splice(0);
    const slow = await startFakeOpenAI({ reply: () => ({ text: 'x', delayMs: 60_000 }) });
    servers.push(slow);
    await engine.explore({ ...params, baseUrl: slow.baseUrl });
    await assert.rejects(second.engine.explore(params), /another|process|explor/i);
    assert.equal(second.engine.state().readOnly, true);
    assert.equal((await second.engine.learned.trials({ limit: 10 })).rows.length, 4);
    await engine.stop();
    const again = await second.engine.explore(params);
    assert.equal((await second.engine.finished(again.runId)).status, 'finished');
    assert.equal(second.engine.state().readOnly, false);
  });

  it('goes on with the new spec of a tool that has changed, and without one that has gone', async () => {
    const { engine, events, workspace, params } = await setUp([echo('a'), echo('b')]);
    const { runId } = await engine.explore({ ...params, budget: { modelCalls: 14 }, concurrency: 1 });
    await engine.finished(runId);
    workspace.write([{ ...echo('a'), parameters: { type: 'object', properties: { text: {}, more: {} } } }]);
    await engine.refresh();
    await engine.resume(runId, { budget: { modelCalls: null } });
    assert.equal((await engine.finished(runId)).status, 'finished');
    const notices = events.flatMap((event) => (event.type === 'notice' ? [event.message] : []));
    assert.ok(
      notices.some((text) => /"a" has changed since this run began/.test(text)),
      notices.join('\n'),
    );
    assert.ok(
      notices.some((text) => /#b" is not there any more/.test(text)),
      notices.join('\n'),
    );
  });

  it('a clock that jumps back harms nothing', async () => {
    const { engine, params } = await setUp([echo('a')]);
    const real = Date.now;
    let jumps = 0;
    Date.now = () => real() - jumps++ * 60_000;
    try {
      const { runId } = await engine.explore(params);
      const summary = await engine.finished(runId);
      assert.equal(summary.status, 'finished');
      assert.ok((summary.endedAt ?? 0) >= summary.startedAt);
      const { rows } = await engine.learned.trials({ runId, limit: 10 });
      assert.ok(rows.every(({ ms }) => ms >= 0));
    } finally {
      Date.now = real;
    }
  });

  it('a full disk fails the run and loses nothing from before', async () => {
    const { engine, params } = await setUp([echo('a')], textModel, { maxPages: 90 });
    const settings = { ...small, episodes: 50, stopRule: false };
    const { runId } = await engine.explore({ ...params, settings });
    const summary = await engine.finished(runId);
    assert.equal(summary.status, 'failed');
    assert.match(summary.error?.message ?? '', /full/i);
    const { rows } = await engine.learned.trials({ runId, limit: 1000 });
    assert.ok(rows.length > 0);
    for (const row of rows) assert.notEqual(await engine.learned.trial(row.id), null);
  });
});
