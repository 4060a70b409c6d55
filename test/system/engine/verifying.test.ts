import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleOf } from '../../../src/core/exploit/example.ts';
import type { Job } from '../../../src/core/job.ts';
import type { Example } from '../../../src/core/trial.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import type { VerifyParams, VerifyResult } from '../../../src/protocol/exploit.ts';
import { eventually } from '../../helpers/eventually.ts';
import { type FakeOpenAI, type FakeReply, startFakeOpenAI } from '../../helpers/fakeOpenAI.ts';
import { testEngine } from '../../helpers/testEngine.ts';
import { examplesOf, idOf, judgedName, judging, keepTrials, madeTrial } from '../../helpers/verified.ts';
import { type TestTool, type WorkspaceFixture, workspaceFixture } from '../../helpers/workspaceFixture.ts';

const measure: TestTool = { name: 'measure', risk: 'read', body: `return String(args.text.length);` };
const news: TestTool = { name: 'news', risk: 'read', body: `return 'nothing happened';` };
const append: TestTool = {
  name: 'append',
  risk: 'write',
  body: `const { appendFileSync } = await import('node:fs');
    appendFileSync(new URL('./written', import.meta.url), args.text);
    return 'written';`,
};

describe('The job verify', function () {
  this.timeout(30_000);
  let workspace: WorkspaceFixture;
  let server: FakeOpenAI;
  let engine: Engine;
  let reply: FakeReply;

  beforeEach(async () => {
    reply = judging();
    workspace = workspaceFixture([measure, news, append]);
    server = await startFakeOpenAI({ reply: (request) => reply(request) });
  });
  afterEach(async () => {
    await engine?.dispose();
    await server.close();
    workspace.remove();
  });

  const measured = (name: string, text = name) =>
    madeTrial(name, [{ tool: 'measure', arguments: { text }, said: String(text.length) }]);

  async function keeping(...trials: Parameters<typeof keepTrials>[1]): Promise<void> {
    await keepTrials(workspace.folder, trials);
    ({ engine } = await testEngine(workspace.folder));
  }

  async function verified(more: Partial<VerifyParams> = {}): Promise<{ job: Job; result: VerifyResult }> {
    const { id } = await engine.verifications.verify({
      tools: [],
      model: 'judge',
      baseUrl: server.baseUrl,
      ...more,
    });
    const job = await engine.jobs.finished(id);
    return { job, result: job.result as unknown as VerifyResult };
  }

  const fileLines = (tool: string): Example[] =>
    readFileSync(join(workspace.folder, '.imaginarium/examples', `${idOf(tool)}.jsonl`), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Example);

  it('makes cheap calls that only read again, asks a judge, and sends what is in doubt to a person', async () => {
    await keeping(
      measured('t1'),
      measured('t2'),
      madeTrial('t3', [{ tool: 'append', arguments: { text: 'x' }, said: 'written' }]),
      measured('t4', 'wrong by now'),
    );
    // The tool refuses now what it took in the trial.
    workspace.write([
      {
        ...measure,
        body: `if (args.text.startsWith('wrong')) throw new RangeError('no such text'); ${measure.body}`,
      },
      news,
      append,
    ]);
    reply = judging((name) => (name === 't2' ? { faithful: false, reasons: 'It says too much.' } : {}));
    const { job, result } = await verified();
    assert.equal(job.status, 'finished', JSON.stringify(job.error));
    const examples = await examplesOf(engine);
    const stand = (id: string) => {
      const { verification, checks } = examples.get(id) ?? assert.fail(id);
      return [verification, checks?.format, checks?.execution, checks?.judge?.faithful ?? null];
    };
    assert.deepEqual(stand('t1'), ['verified', true, 'repeated', true]);
    assert.deepEqual(stand('t2'), ['review', true, 'repeated', false]);
    assert.deepEqual(stand('t3'), ['verified', true, 'recorded', true]);
    assert.deepEqual(stand('t4'), ['review', true, 'failed', null]);
    // No write was made again, and no judge was asked what the evidence has settled.
    assert.ok(!existsSync(join(workspace.folder, 'written')));
    assert.deepEqual(server.requests.map(judgedName).sort(), ['t1', 't2', 't3']);
    assert.ok(server.requests.every(({ body }) => body.temperature === 0));
    assert.equal(examples.get('t1')?.provenance.judge, 'judge');
    assert.deepEqual(
      { ...result },
      {
        examples: 4,
        verified: 2,
        executed: 0,
        review: 2,
        ruled: 0,
        unverified: 0,
        unjudged: 0,
        madeAgain: 3,
        candidates: { asked: 0, found: 0 },
        changed: 0,
        agreement: { agreed: 0, of: 0 },
      },
    );

    // It is in the files, and what is in doubt is neither counted nor offered.
    const written = fileLines('measure');
    assert.deepEqual(
      written.map(({ id, verification }) => [id, verification]),
      [
        ['t1', 'verified'],
        ['t2', 'review'],
        ['t4', 'review'],
      ],
    );
    assert.equal(written[1]?.checks?.judge?.reasons, 'It says too much.');
    assert.equal(written[0]?.provenance.edited, false);
    const counts = engine.tool(idOf('measure'))?.counts;
    assert.deepEqual([counts?.examples, counts?.review, counts?.stale], [1, 2, undefined]);
    assert.equal(engine.sources().review, 2);
    const near = await engine.learned.nearestExamples('t1 and t2', 9);
    assert.ok(near.length > 0 && near.every(({ verification }) => verification === 'verified'));
    const filter = {
      list: 'examples' as const,
      filter: {},
      order: { by: 'time' as const, descending: true },
    };
    assert.equal((await engine.learned.list(filter)).total, 2);
    assert.equal((await engine.learned.dashboard({})).examples, 2);
    const queue = await engine.verifications.reviewQueue({ limit: 1 });
    assert.equal(queue.total, 2);
    assert.equal(queue.rows.length, 1);
    assert.notEqual(queue.next, null);

    // Who is judged is not judged again unasked.
    assert.equal((await verified()).result.examples, 1);
    assert.equal(server.requests.length, 3);
    const again = await verified({ again: true });
    assert.equal(again.result.examples, 4);
    assert.equal(server.requests.length, 6);
  });

  it('asks nobody without a language model, and says so of the example', async () => {
    await keeping(
      measured('t1'),
      madeTrial('t2', [{ tool: 'append', arguments: { text: 'x' }, said: 'written' }]),
    );
    const { id } = await engine.verifications.verify({ tools: [] });
    const job = await engine.jobs.finished(id);
    assert.equal(job.status, 'finished', JSON.stringify(job.error));
    assert.equal(job.model, null);
    const examples = await examplesOf(engine);
    assert.equal(examples.get('t1')?.verification, 'executed');
    assert.deepEqual(examples.get('t1')?.checks?.execution, 'repeated');
    assert.equal(examples.get('t1')?.checks?.judge, null);
    assert.equal(examples.get('t2')?.checks?.execution, 'recorded');
    assert.equal(job.usage.modelCalls, 0);
    const offline = await engine.verifications.verify({ tools: [], model: 'offline', again: true });
    assert.equal((await engine.jobs.finished(offline.id)).model, null);
  });

  it('leaves an example unjudged when nobody can read the judge, and asks again the next time', async () => {
    await keeping(measured('t1'), measured('t2'));
    reply = judging((name) => (name === 't1' ? 'Looks good to me!' : {}));
    const { job, result } = await verified();
    assert.equal(job.status, 'finished');
    assert.deepEqual([result.unjudged, result.verified, result.executed], [1, 1, 1]);
    assert.equal(server.requests.filter((request) => judgedName(request) === 't1').length, 2);
    assert.equal((await examplesOf(engine)).get('t1')?.verification, 'executed');
    reply = judging();
    const next = await verified();
    assert.deepEqual([next.result.examples, next.result.verified], [1, 1]);
  });

  it('fails with the server, keeps what it has, and goes on when it is resumed', async () => {
    await keeping(...['t1', 't2', 't3', 't4', 't5', 't6'].map((name) => measured(name)));
    const down = { status: 503, headers: { 'retry-after-ms': '1' } };
    let asked = 0;
    reply = judging(() => (++asked > 2 ? down : {}));
    const { job, result } = await verified();
    assert.equal(job.status, 'failed');
    assert.ok(job.error?.message);
    assert.equal(result.verified, 2);
    reply = judging();
    const before = server.requests.length;
    await engine.jobs.resume(job.id);
    const resumed = await engine.jobs.finished(job.id);
    assert.equal(resumed.status, 'finished');
    assert.equal((resumed.result as unknown as VerifyResult).verified, 6);
    assert.equal(server.requests.length - before, 4);
  });

  it('ends with its budget, and goes on within another', async () => {
    await keeping(...['t1', 't2', 't3', 't4', 't5'].map((name) => measured(name)));
    const estimate = await engine.verifications.estimate({
      tools: [],
      model: 'judge',
      baseUrl: server.baseUrl,
    });
    assert.deepEqual([estimate.examples, estimate.modelCalls, estimate.toolCalls], [5, 10, 5]);
    assert.ok(estimate.tokens > 1000);
    assert.equal(server.requests.length, 0);

    const { job, result } = await verified({ budget: { modelCalls: 2 } });
    assert.equal(job.status, 'budget');
    assert.equal(result.verified, 2);
    assert.equal(server.requests.length, 2);
    await engine.jobs.resume(job.id, { modelCalls: 5 });
    const resumed = await engine.jobs.finished(job.id);
    assert.equal(resumed.status, 'finished');
    assert.deepEqual([resumed.done, resumed.of, resumed.usage.modelCalls], [5, 5, 5]);
    assert.deepEqual(server.requests.map(judgedName).sort(), ['t1', 't2', 't3', 't4', 't5']);
  });

  it('never changes a person’s word, and says how often judge and person agree', async () => {
    await keeping(measured('t1'), measured('t2'), measured('t3'));
    reply = judging((name) => (name === 't3' ? {} : { informative: false }));
    await verified();
    assert.equal(await engine.verifications.review('t1', true), true);
    assert.equal(await engine.verifications.review('t2', false), true);
    assert.equal(await engine.verifications.review('unknown', true), false);
    assert.deepEqual((await engine.verifications.reviewQueue({ limit: 9 })).agreement, { agreed: 1, of: 2 });
    assert.deepEqual(
      fileLines('measure').map(({ verification }) => verification),
      ['accepted', 'rejected', 'verified'],
    );
    const counts = engine.tool(idOf('measure'))?.counts;
    assert.deepEqual([counts?.examples, counts?.review], [2, undefined]);

    const asked = server.requests.length;
    const { result } = await verified({ again: true });
    assert.equal(result.ruled, 1);
    // What a person turned down is not asked about any more.
    assert.equal(server.requests.length - asked, 2);
    const examples = await examplesOf(engine);
    assert.equal(examples.get('t1')?.verification, 'accepted');
    assert.equal(examples.get('t1')?.checks?.judge?.informative, false);
    assert.equal(examples.get('t2')?.verification, 'rejected');
  });

  it('keeps the word that a person gives while the judge thinks, and judges no text that is another by now', async () => {
    await keeping(measured('t1'), measured('t2'), measured('t3'));
    const { promise: held, resolve: let_ } = Promise.withResolvers<void>();
    reply = async (request) => {
      await held;
      return judging(() => ({ proper: false }))(request);
    };
    const { id } = await engine.verifications.verify({ tools: [], model: 'judge', baseUrl: server.baseUrl });
    await eventually('all are asked about', () => server.requests.length === 3);
    await engine.verifications.review('t1', true);
    const path = join(workspace.folder, '.imaginarium/examples', `${idOf('measure')}.jsonl`);
    writeFileSync(path, readFileSync(path, 'utf8').replace('What of t2?', 'How long is t2?'));
    await engine.refresh(path);
    await engine.learned.deleteExample('t3');
    let_();
    const job = await engine.jobs.finished(id);
    assert.equal(job.status, 'finished', JSON.stringify(job.error));
    assert.equal((job.result as unknown as VerifyResult).changed, 2);
    const examples = await examplesOf(engine);
    assert.equal(examples.get('t1')?.verification, 'accepted');
    assert.equal(examples.get('t1')?.checks?.judge?.proper, false);
    assert.equal(examples.get('t2')?.verification, 'executed');
    assert.equal(examples.get('t2')?.provenance.edited, true);
    assert.equal(examples.has('t3'), false);

    // A person's words are judged as they are, and stay.
    reply = judging();
    await verified();
    const [, edited] = fileLines('measure');
    assert.equal(edited?.query, 'How long is t2?');
    assert.equal(edited?.verification, 'verified');

    // Of other words than those that were judged nothing is known.
    const asked = server.requests.length;
    writeFileSync(path, readFileSync(path, 'utf8').replace('How long is t2?', 'Is t2 long?'));
    await engine.refresh(path);
    await verified();
    assert.equal(server.requests.length, asked + 1);
    await verified();
    assert.equal(server.requests.length, asked + 1);
  });

  it('makes no call again from which a secret was taken, and takes it for recorded', async () => {
    const secret = ['ghp_', 'Qz7Rw2Lm9Xc4Vb8Nk3Hj6Tg1Yf5Pd0SaUeIo'].join('');
    await keeping(measured('t1', secret), measured('t2'));
    const { result } = await verified();
    assert.equal(result.madeAgain, 1);
    const examples = await examplesOf(engine);
    assert.equal(examples.get('t1')?.checks?.execution, 'recorded');
    assert.equal(examples.get('t2')?.checks?.execution, 'repeated');
    assert.ok(
      !readFileSync(
        join(workspace.folder, '.imaginarium/examples', `${idOf('measure')}.jsonl`),
        'utf8',
      ).includes(secret),
    );
  });

  it('uses no other words, as a person wrote them, of what is turned down while they are judged', async () => {
    const seed = exampleOf(measured('t1'), { languageModel: true });
    assert.ok(seed);
    const provenance = { ...seed.provenance, edited: true };
    const words = { ...seed, id: 't1~p1', query: 'What of t9?', paraphraseOf: 't1', provenance };
    await keepTrials(workspace.folder, [measured('t1')], [words]);
    ({ engine } = await testEngine(workspace.folder));
    const { promise: held, resolve: let_ } = Promise.withResolvers<void>();
    reply = async (request) => {
      await held;
      return judging()(request);
    };
    const { id } = await engine.verifications.verify({ tools: [], model: 'judge', baseUrl: server.baseUrl });
    await eventually('both are asked about', () => server.requests.length === 2);
    await engine.verifications.review('t1', false);
    let_();
    await engine.jobs.finished(id);
    const { rows } = await engine.learned.examples({ limit: 9, usable: true });
    assert.deepEqual(rows, []);
    assert.match((await engine.learned.example('t1~p1'))?.withheld ?? '', /turned down/);
  });

  it('asks a judge about trials that call themselves unfulfilled, once, and a person about its yes', async () => {
    const doubted = (name: string) => ({ ...measured(name), outcome: 'unfulfilled' as const });
    await keeping(doubted('t1'), doubted('t2'), measured('t3'));
    assert.equal((await examplesOf(engine)).size, 1);
    reply = judging((name) => ({ informative: name !== 't2' }));
    const { result } = await verified();
    assert.deepEqual(result.candidates, { asked: 2, found: 1 });
    assert.equal((await examplesOf(engine)).get('t1')?.verification, 'review');
    assert.equal((await examplesOf(engine)).size, 2);
    assert.deepEqual(
      fileLines('measure').map(({ id }) => id),
      ['t1', 't3'],
    );

    const asked = server.requests.length;
    await verified();
    assert.equal(server.requests.length, asked);
    // Judged again its own doubt stands: only a person takes it away. What a person has deleted does not come back.
    await verified({ again: true });
    assert.equal((await examplesOf(engine)).get('t1')?.verification, 'review');
    await engine.learned.deleteExample('t1');
    await verified({ again: true });
    assert.deepEqual([...(await examplesOf(engine)).keys()], ['t3']);
  });

  it('cuts a call that the judge calls unneeded once the rest of the path has worked without it', async () => {
    const calls = (said: string) => [
      { tool: 'news', arguments: { text: 'paris' }, said },
      { tool: 'measure', arguments: { text: 'abcd' }, said: '4' },
    ];
    await keeping(
      madeTrial('t1', calls('nothing happened'), { answer: 'It is 4.' }),
      madeTrial('t2', calls('nothing happened'), { answer: 'It is 4, and nothing happened.' }),
    );
    reply = judging(() => ({ unneeded: [1] }));
    await verified();
    const examples = await examplesOf(engine);
    assert.deepEqual(
      examples.get('t1')?.calls.map(({ tool }) => tool),
      [idOf('measure')],
    );
    // The answer says what it told.
    assert.equal(examples.get('t2')?.calls.length, 2);
  });

  describe('after a change of a spec', () => {
    const renamed = {
      type: 'object',
      properties: { words: { type: 'string' } },
      required: ['words'],
      additionalProperties: false,
    };

    it('verifies just the examples that knew the other one', async () => {
      await keeping(
        measured('t1'),
        measured('t2'),
        madeTrial('t3', [{ tool: 'news', arguments: { text: 'x' }, said: 'nothing happened' }]),
      );
      await verified();
      await engine.verifications.review('t2', true);
      assert.equal(engine.sources().stale, undefined);
      const before = engine.tool(idOf('measure'))?.specHash;
      const asked = server.requests.length;

      // Another description and a further parameter: the calls still fit.
      const parameters = {
        type: 'object',
        properties: { text: { type: 'string' }, unit: { type: 'string' } },
        required: ['text'],
      };
      workspace.write([
        { ...measure, parameters, body: `return args.text.length + ' letters';` },
        news,
        append,
      ]);
      await engine.refresh();
      const now = engine.tool(idOf('measure'));
      assert.notEqual(now?.specHash, before);
      assert.equal(now?.counts.stale, 2);
      assert.equal(engine.sources().stale, 2);

      const { result } = await verified({ stale: true });
      assert.deepEqual([result.examples, result.verified, result.ruled, result.madeAgain], [2, 1, 1, 2]);
      assert.equal(server.requests.length - asked, 2);
      const examples = await examplesOf(engine);
      const [t1, t2] = [examples.get('t1'), examples.get('t2')];
      assert.equal(t1?.verification, 'verified');
      assert.equal(t1?.provenance.specHash, now?.specHash);
      assert.equal(t1?.checks?.specHash, now?.specHash);
      // What the tool says now, with which the judge found the answer to agree.
      assert.equal(t1?.calls[0]?.observation, '2 letters');
      assert.equal(t2?.verification, 'accepted');
      assert.equal(t2?.provenance.specHash, now?.specHash);
      assert.equal(engine.sources().stale, undefined);
      assert.equal((await verified({ stale: true })).result.examples, 0);
    });

    it('sends those whose calls do not fit any more to a person, without asking a judge', async () => {
      await keeping(measured('t1'), measured('t2'));
      await verified();
      await engine.verifications.review('t2', true);
      const asked = server.requests.length;
      workspace.write([
        { ...measure, parameters: renamed, body: 'return String(args.words.length);' },
        news,
        append,
      ]);
      await engine.refresh();
      const { result } = await verified({ stale: true });
      assert.deepEqual([result.review, result.ruled], [1, 1]);
      assert.equal(server.requests.length, asked);
      const examples = await examplesOf(engine);
      assert.deepEqual(
        [examples.get('t1')?.verification, examples.get('t1')?.checks?.format],
        ['review', false],
      );
      assert.deepEqual(
        [examples.get('t2')?.verification, examples.get('t2')?.checks?.format],
        ['accepted', false],
      );
      // They were checked against the spec as it is now, and are not stale any more.
      assert.equal(engine.sources().stale, undefined);
    });

    it('keeps what was recorded where a call may not be made again, and an old observation where the new one does not fit', async () => {
      await keeping(
        madeTrial('t1', [{ tool: 'append', arguments: { text: 'x' }, said: 'written' }]),
        measured('t2'),
      );
      await verified();
      reply = judging((name) => ({ faithful: name !== 't2' }));
      const described = (tool: TestTool): TestTool => ({
        ...tool,
        parameters: {
          type: 'object',
          properties: { text: { type: 'string', minLength: 1 } },
          required: ['text'],
        },
      });
      workspace.write([{ ...described(measure), body: `return 'many';` }, news, described(append)]);
      await engine.refresh();
      await verified({ stale: true });
      const examples = await examplesOf(engine);
      assert.equal(examples.get('t1')?.checks?.execution, 'recorded');
      assert.equal(examples.get('t1')?.verification, 'verified');
      assert.equal(existsSync(join(workspace.folder, 'written')), false);
      const t2 = examples.get('t2');
      assert.deepEqual([t2?.verification, t2?.checks?.execution], ['review', 'repeated']);
      assert.equal(t2?.calls[0]?.observation, '2');
    });
  });

  it('looks at the form alone of what a model played, and lets other words of an example follow it', async () => {
    const seed = exampleOf(measured('t1'), { languageModel: true });
    assert.ok(seed);
    const played = madeTrial('t2', [{ tool: 'measure', arguments: { text: 'ab' }, said: '2' }], {
      simulated: true,
    });
    for (const { observation } of played.steps) observation.simulated = true;
    await keepTrials(
      workspace.folder,
      [measured('t1'), played],
      [{ ...seed, id: 't1~p1', query: 'And what of t1?', paraphraseOf: 't1' }],
    );
    ({ engine } = await testEngine(workspace.folder));
    await verified({ again: true });
    assert.deepEqual(server.requests.map(judgedName), ['t1']);
    const examples = await examplesOf(engine);
    const { verification, checks } = examples.get('t2') ?? assert.fail();
    assert.deepEqual(
      [verification, checks?.format, checks?.execution, checks?.judge],
      ['unverified', true, null, null],
    );
    assert.equal(examples.get('t1~p1')?.verification, 'verified');
    assert.equal(examples.get('t1~p1')?.checks?.judge?.model, 'judge');
    await engine.verifications.review('t1', false);
    assert.equal(engine.tool(idOf('measure'))?.counts.examples, 1);
  });

  it('asks of a query in which nothing is to be called whether it is still one', async () => {
    const example = exampleOf(measured('t1'), { languageModel: true });
    assert.ok(example);
    const abstention = (id: string, more: Partial<Example>): Example => {
      const { checks: _checks, ...rest } = { ...example, id, calls: [], ...more };
      return rest;
    };
    await keepTrials(
      workspace.folder,
      [],
      [
        abstention('a1', { kind: 'near_miss', query: 'How long is a rope?' }),
        abstention('a2', {
          kind: 'missing_value',
          query: 'Measure it.',
          answer: 'Measure what?',
          lacks: '/text',
        }),
        abstention('a3', { kind: 'missing_value', query: 'Measure that.', answer: 'What?', lacks: '/unit' }),
      ],
    );
    ({ engine } = await testEngine(workspace.folder));
    reply = ({ body }) =>
      JSON.stringify({ holds: !JSON.stringify(body).includes('a rope'), why: 'Ropes can be measured.' });
    await verified();
    const examples = await examplesOf(engine);
    assert.deepEqual(
      ['a1', 'a2', 'a3'].map((id) => examples.get(id)?.verification),
      ['review', 'verified', 'review'],
    );
    assert.equal(examples.get('a1')?.checks?.judge?.reasons, 'Ropes can be measured.');
    // The tool needs no such value.
    assert.equal(examples.get('a3')?.checks?.format, false);
    assert.equal(server.requests.length, 2);
  });

  it('makes no call and asks no model in a workspace that is not trusted', async () => {
    await keeping(measured('t1'));
    await engine.setTrusted(false);
    await assert.rejects(verified(), /not trusted/);
    await assert.rejects(engine.verifications.review('t1', true), { name: 'UserError' });
    assert.equal(server.requests.length, 0);
  });
});
