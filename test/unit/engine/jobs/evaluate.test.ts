import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EvaluationReport } from '../../../../src/core/evaluate/report.ts';
import { splitFamilies } from '../../../../src/core/evaluate/split.ts';
import { familyOf } from '../../../../src/core/exploit/usable.ts';
import type { Job } from '../../../../src/core/job.ts';
import { toolFileName } from '../../../../src/core/toolFileName.ts';
import type { Engine } from '../../../../src/engine/engine.ts';
import type { EvaluateParams } from '../../../../src/protocol/engine.ts';
import {
  evaluatedExamples,
  evaluatedLessons,
  evaluatedWorkspace,
  shownStudent,
} from '../../../helpers/evaluated.ts';
import { eventually } from '../../../helpers/eventually.ts';
import { type FakeOpenAI, type FakeReply, startFakeOpenAI } from '../../../helpers/fakeOpenAI.ts';
import { testEngine } from '../../../helpers/testEngine.ts';
import type { WorkspaceFixture } from '../../../helpers/workspaceFixture.ts';

describe('The job evaluate', function () {
  this.timeout(20_000);
  let workspace: WorkspaceFixture;
  let server: FakeOpenAI;
  let engine: Engine;
  let reply: FakeReply;

  beforeEach(async () => {
    reply = shownStudent;
    workspace = await evaluatedWorkspace();
    // By meaning, all that asks to be reminded is alike.
    const embed = (text: string) => (/remind/i.test(text) ? [1, 0.1 * (text.length % 3)] : [0, 1]);
    server = await startFakeOpenAI({ reply: (request) => reply(request), embed });
    ({ engine } = await testEngine(workspace.folder));
  });
  afterEach(async () => {
    await engine.dispose();
    await server.close();
    workspace.remove();
  });

  const params = (more: EvaluateParams = {}): EvaluateParams => ({
    model: 'fake',
    baseUrl: server.baseUrl,
    ...more,
  });

  async function evaluated(more: EvaluateParams = {}): Promise<{ job: Job; report: EvaluationReport }> {
    const { id } = await engine.evaluations.start(params(more));
    const job = await engine.jobs.finished(id);
    const { report } = await engine.evaluations.report(id);
    return { job, report: report ?? assert.fail(`no report: ${JSON.stringify(job.error)}`) };
  }

  it('asks the same queries under each condition, and shows what each is worth', async () => {
    const { job, report } = await evaluated();
    assert.equal(job.status, 'finished', JSON.stringify(job.error));
    // 4 of 12 families of each of 3 tools, and 1 of 4 near misses.
    assert.equal(report.questions, 13);
    assert.equal(server.stats.requests, 52);
    assert.equal(job.usage.modelCalls, 52);
    const share = Object.fromEntries(
      report.perTool.map(({ name, correct }) => [name, Object.values(correct)]),
    );
    assert.deepEqual(share.remind, [0, 1, 1, 1]);
    assert.deepEqual(share.shelve, [0, 1, 0, 1]);
    assert.equal(share.tally?.[0], 0.8);
    const [zero, examples] = report.conditions;
    assert.equal(zero?.failures.wrong_tool, 5);
    assert.equal(zero?.failures.invalid_value, 4);
    assert.ok((examples?.difference?.low ?? 0) > 0);
    assert.ok((examples?.difference?.p ?? 1) < 0.01);
    assert.ok((examples?.usage.inputTokens ?? 0) > (zero?.usage.inputTokens ?? 0));
    assert.ok(
      report.confusion.some(
        ({ condition, expected, called, count }) =>
          condition === 'zero-shot' && expected === 'shelve' && called === 'store_away' && count === 4,
      ),
    );
    // It is in the database whole, as another process reads it.
    await engine.dispose();
    const { engine: later } = await testEngine(workspace.folder);
    assert.deepEqual((await later.evaluations.report(job.id)).report, report);
    await later.dispose();
  });

  it('never shows an example of a family that is asked', async () => {
    const { job } = await evaluated({ conditions: ['examples'] });
    assert.equal(job.status, 'finished');
    const families = new Map(evaluatedExamples().map((example) => [example.query, familyOf(example)]));
    let shown = 0;
    for (const { body } of server.requests) {
      const queries = (body.messages as { role: string; content: string }[])
        .filter(({ role }) => role === 'user')
        .map(({ content }) => families.get(content));
      const asked = queries.pop();
      assert.ok(asked !== undefined);
      shown += queries.length;
      assert.ok(!queries.includes(asked), `${asked} was shown`);
      assert.equal(new Set(queries).size, queries.length);
      assert.equal(body.temperature, 0);
    }
    assert.ok(shown > 13, `${shown} examples were shown`);
  });

  it('tells no lesson that only what is asked has taught', async () => {
    const { test } = splitFamilies(evaluatedExamples(), { share: 0.3, seed: 1 });
    const held = test.find(({ tool }) => tool.endsWith('#remind')) ?? assert.fail();
    const lesson = { ...evaluatedLessons[0], trials: [held.provenance.trialId] };
    const lines = [
      { ...lesson, id: 'leak', text: 'It takes nothing but what is asked.' },
      { ...lesson, id: 'both', text: 'It is known from elsewhere, too.', trials: [...lesson.trials, 'x'] },
      { ...lesson, id: 'gone', text: 'It was believed once.', trials: ['x'], retired: 'It is wrong.' },
    ];
    const file = join(workspace.folder, '.imaginarium', 'lessons', `${toolFileName(held.tool)}.jsonl`);
    writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const { job } = await evaluated({ conditions: ['lessons'] });
    assert.equal(job.status, 'finished');
    const told = server.requests.map(
      ({ body }) => (body.messages as { content: string }[])[0]?.content ?? '',
    );
    assert.ok(told.every((text) => text.includes('known from elsewhere')));
    assert.ok(!told.some((text) => /what is asked\.|believed once/.test(text)));
  });

  it('asks over the text protocol as well', async () => {
    reply = ({ body }) => {
      const [system, user] = body.messages as { content: string }[];
      assert.equal(body.tools, undefined);
      assert.match(system?.content ?? '', /Action Input/);
      const word = /(\w+)$/.exec(user?.content ?? '')?.[1];
      return { text: `Thought: I count.\nAction: tally\nAction Input: {"word": "${word}"}\nObservation: 7` };
    };
    const { report } = await evaluated({ protocol: 'react', conditions: ['zero-shot', 'examples'] });
    const tally = report.perTool.find(({ name }) => name === 'tally');
    assert.deepEqual(tally?.correct, { 'zero-shot': 0.8, examples: 0.8 });
    assert.equal(report.protocol, 'react');
  });

  it('stops where its budget ends, keeps what is answered, and goes on with a higher one to the same report', async () => {
    const whole = await evaluated();
    const asked = server.stats.requests;
    const part = await evaluated({ budget: { modelCalls: 21 } });
    assert.equal(part.job.status, 'budget');
    assert.equal(server.stats.requests - asked, 21);
    assert.ok(part.report.questions >= 3 && part.report.questions < 13, String(part.report.questions));
    assert.equal(part.report.planned, 13);
    await engine.jobs.resume(part.job.id, { modelCalls: 100 });
    const job = await engine.jobs.finished(part.job.id);
    assert.equal(job.status, 'finished');
    assert.equal(server.stats.requests - asked, 52);
    assert.deepEqual((await engine.evaluations.report(job.id)).report, whole.report);
  });

  it('is stopped and resumed without asking anything twice', async () => {
    let count = 0;
    reply = async (request) => {
      count += 1;
      if (count === 15) void engine.jobs.stop();
      return shownStudent(request);
    };
    const { job } = await evaluated();
    assert.equal(job.status, 'stopped');
    const before = job.done;
    assert.ok(before > 0 && before < 52);
    const start = server.stats.requests;
    await engine.jobs.resume(job.id);
    const after = await engine.jobs.finished(job.id);
    assert.equal(after.status, 'finished');
    assert.equal(server.stats.requests - start, 52 - before);
  });

  it('counts a request that the model refuses as a wrong answer, unless it refuses all', async () => {
    let count = 0;
    reply = (request) => {
      count += 1;
      if (count === 20) return { status: 400, errorBody: { error: { message: 'This is not for me.' } } };
      return shownStudent(request);
    };
    const { job, report } = await evaluated();
    assert.equal(job.status, 'finished');
    assert.equal(
      report.conditions.reduce((sum, { errors }) => sum + errors, 0),
      1,
    );

    reply = () => ({ status: 400, errorBody: { error: { message: 'This is not for me.' } } });
    const { id } = await engine.evaluations.start(params());
    const failed = await engine.jobs.finished(id);
    assert.equal(failed.status, 'failed');
    assert.match(failed.error?.message ?? '', /not for me/);
    assert.equal(failed.done, 0);
  });

  it('repeats, draws a sample, and is estimated before it starts', async () => {
    const shape: EvaluateParams = { conditions: ['zero-shot', 'both'], repeat: 3, limit: 5, k: 2 };
    const estimate = await engine.evaluations.estimate(params(shape));
    assert.equal(estimate.questions, 5);
    assert.equal(estimate.modelCalls, 30);
    const { job, report } = await evaluated(shape);
    assert.equal(job.usage.modelCalls, 30);
    assert.equal(report.repeat, 3);
    assert.equal(report.conditions[1]?.shown, 2);
    const sent = server.requests.map(({ body }) => JSON.stringify([body.messages, body.tools]).length / 4);
    const took = sent.reduce((sum, one) => sum + one, 0);
    assert.ok(estimate.tokens > took * 0.9 && estimate.tokens < took * 1.5, `${estimate.tokens} for ${took}`);
  });

  it('asks the lines of a file of examples, and shows none of their families', async () => {
    const file = join(workspace.folder, 'questions.jsonl');
    const asked = evaluatedExamples().filter(({ id }) => ['remind-milk', 'shelve-sofa'].includes(id));
    writeFileSync(file, asked.map((example) => `${JSON.stringify(example)}\n`).join(''));
    const { report } = await evaluated({ data: file, conditions: ['zero-shot', 'examples'] });
    assert.equal(report.questions, 2);
    assert.equal(report.data, 'questions.jsonl');
    assert.equal(report.demonstrations, evaluatedExamples().length - 4);
    assert.deepEqual(
      report.conditions.map(({ correct }) => correct),
      [0, 1],
    );
  });

  it('also chooses by meaning where an embedding model is set, and fails where that does', async () => {
    const { job } = await evaluated({ conditions: ['examples'], k: 3, embeddingModel: 'e' });
    assert.equal(job.status, 'finished');
    assert.ok(server.embeddings.length > 0);
    for (const { body } of server.requests) {
      const messages = body.messages as { role: string; content: string }[];
      const queries = messages.filter(({ role }) => role === 'user').map(({ content }) => content);
      const asked = queries.pop() ?? '';
      if (/remind/i.test(asked)) assert.ok(queries.every((query) => /remind/i.test(query)));
    }
    await assert.rejects(
      engine.evaluations.estimate(params({ embeddingModel: 'e', baseUrl: 'http://127.0.0.1:9/v1' })),
      { name: 'ModelError' },
    );
  });

  it('is held against another one of the same questions', async () => {
    const good = await evaluated({ conditions: ['zero-shot', 'examples'] });
    reply = () => ({ text: 'I do not know.' });
    const bad = await evaluated({ conditions: ['examples'] });
    const compared = await engine.evaluations.compare(bad.job.id, good.job.id);
    assert.deepEqual(
      compared.map(({ condition, questions, before, after }) => [condition, questions, before, after]),
      [['examples', 13, 1 / 13, 1]],
    );
    assert.equal(compared[0]?.difference.gained, 12);
    await assert.rejects(engine.evaluations.compare(bad.job.id, 'j0'), /no evaluation "j0"/);
  });

  it('is refused in plain words where it cannot be', async () => {
    const start = (more: EvaluateParams) => engine.evaluations.start(params(more));
    await assert.rejects(start({ model: 'offline' }), /needs a language model; the offline sampler is none/);
    await assert.rejects(start({ conditions: [] }), /needs a condition/);
    await assert.rejects(start({ repeat: 0 }), /"repeat" is 0/);
    await assert.rejects(
      engine.evaluations.estimate(params({ data: join(workspace.folder, 'none.jsonl') })),
      /cannot be read/,
    );
    const broken = join(workspace.folder, 'broken.jsonl');
    writeFileSync(broken, '{"id": "a", "tool": "x#y", "query": "Q", "calls": 1}\n');
    await assert.rejects(engine.evaluations.estimate(params({ data: broken })), /broken\.jsonl:1: /);
    const sampled = evaluatedExamples().map((example) => ({
      ...example,
      provenance: { ...example.provenance, languageModel: false },
    }));
    writeFileSync(
      broken,
      sampled
        .map(
          (example) =>
            `${JSON.stringify({ ...example, tool: 'x#y', calls: [{ tool: 'x#y', arguments: {} }] })}\n`,
        )
        .join(''),
    );
    await assert.rejects(engine.evaluations.estimate(params({ data: broken })), /None of the tools/);
    await eventually('no job was made', async () => (await engine.jobs.page({ limit: 5 })).rows.length === 0);
  });
});
