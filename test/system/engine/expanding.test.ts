import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Job } from '../../../src/core/job.ts';
import type { Example } from '../../../src/core/trial.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import type { ExpandParams, ExpandResult } from '../../../src/protocol/exploit.ts';
import { eventually } from '../../helpers/eventually.ts';
import {
  type FakeOpenAI,
  type FakeReply,
  type FakeRequest,
  startFakeOpenAI,
} from '../../helpers/fakeOpenAI.ts';
import { runCli } from '../../helpers/testCli.ts';
import { testEngine } from '../../helpers/testEngine.ts';
import { examplesOf, idOf, keepTrials, madeTrial } from '../../helpers/verified.ts';
import { type TestTool, type WorkspaceFixture, workspaceFixture } from '../../helpers/workspaceFixture.ts';

const text = { type: 'string' };
const weather: TestTool = {
  name: 'get_weather',
  risk: 'read',
  body: `return 'sunny';`,
  parameters: { type: 'object', properties: { city: text, unit: text }, required: ['city'] },
};
const now: TestTool = {
  name: 'get_time',
  risk: 'read',
  body: `return '12:00';`,
  parameters: { type: 'object' },
};

/** What the model was asked, in a word. */
type Asked = 'paraphrase' | 'near_miss' | 'missing_value' | 'judge';

function askedFor({ body }: FakeRequest): { kind: Asked; prompt: string } {
  const prompt = (body.messages as { content: string }[])[0]?.content ?? '';
  if (prompt.includes('"holds"')) return { kind: 'judge', prompt };
  if (prompt.includes('"reason"')) return { kind: 'near_miss', prompt };
  return { kind: prompt.includes('"question"') ? 'missing_value' : 'paraphrase', prompt };
}

const openings = [
  'Tell me',
  'I wonder',
  'Please look up',
  'Quick question',
  'For my trip',
  'Could somebody say',
  'Let us see',
  'Report',
];
const said = (queries: unknown): string => JSON.stringify({ queries });

/** A model that does what it is asked, each time with other words. */
function obliging(): FakeReply {
  let number = 0;
  return (request) => {
    const { kind, prompt } = askedFor(request);
    number += 1;
    const word = openings[number % openings.length];
    if (kind === 'judge') return '{"holds": true, "why": "It is so."}';
    if (kind === 'near_miss') {
      return said([
        { query: `${word}: who forecasts storms best, number nobody`, reason: 'That is an opinion.' },
        { query: `${word}, why is the sky blue above mountains`, reason: 'That is physics.' },
      ]);
    }
    if (kind === 'missing_value') {
      return said([
        { query: `${word}: will it rain in the afternoon over there?`, question: 'In which city?' },
      ]);
    }
    const city = /"city":"(\w+)"/.exec(prompt)?.[1];
    return said([`${word} how warm ${city} is`, `${word}: the sky above ${city}, is it clear`]);
  };
}

describe('The job expand', function () {
  this.timeout(30_000);
  let workspace: WorkspaceFixture;
  let server: FakeOpenAI;
  let engine: Engine;
  let reply: FakeReply;

  beforeEach(async () => {
    reply = obliging();
    workspace = workspaceFixture([weather, now]);
    server = await startFakeOpenAI({ reply: (request) => reply(request) });
  });
  afterEach(async () => {
    await engine?.dispose();
    await server.close();
    workspace.remove();
  });

  const asked = (name: string, city: string) =>
    madeTrial(name, [{ tool: 'get_weather', arguments: { city }, said: 'sunny' }], {
      query: `What is the weather in ${city}?`,
    });

  async function keeping(...cities: string[]): Promise<void> {
    await keepTrials(
      workspace.folder,
      cities.map((city, index) => asked(`t${index + 1}`, city)),
    );
    ({ engine } = await testEngine(workspace.folder));
  }

  async function begin(more: Partial<ExpandParams> = {}): Promise<string> {
    const model = { model: 'fake', baseUrl: server.baseUrl };
    return (await engine.expansions.expand({ tools: [], paraphrases: 0, abstentions: 0, ...model, ...more }))
      .id;
  }

  async function expanded(more: Partial<ExpandParams> = {}): Promise<{ job: Job; result: ExpandResult }> {
    const job = await engine.jobs.finished(await begin(more));
    return { job, result: job.result as unknown as ExpandResult };
  }

  const ofKind = async (test: (one: Example) => boolean): Promise<Example[]> =>
    [...(await examplesOf(engine)).values()].filter(test);
  const paraphrases = (): Promise<Example[]> => ofKind(({ paraphraseOf }) => paraphraseOf !== undefined);

  it('says examples in other words up to a number a tool, each seed its share, and writes them to the file', async () => {
    await keeping('Oslo', 'Rome');
    const { job, result } = await expanded({ paraphrases: 8 });
    assert.equal(job.status, 'finished', JSON.stringify(job.error));
    assert.deepEqual([result.paraphrases, result.tools[0]?.examples, result.tools[0]?.notes], [6, 8, []]);
    const found = await paraphrases();
    assert.deepEqual(
      [...Map.groupBy(found, (one) => one.paraphraseOf)].map(([, all]) => all.length),
      [3, 3],
    );
    for (const one of found) {
      const city = one.paraphraseOf === 't1' ? 'Oslo' : 'Rome';
      assert.ok(one.query.includes(city));
      assert.deepEqual(one.calls[0]?.arguments, { city });
      assert.equal(one.provenance.model, 'fake');
      assert.equal(one.verification, (await engine.learned.example(one.paraphraseOf ?? ''))?.verification);
    }
    const file = join(workspace.folder, '.imaginarium/examples', `${idOf('get_weather')}.jsonl`);
    assert.equal(readFileSync(file, 'utf8').trim().split('\n').length, 8);
    assert.equal(engine.tool(idOf('get_weather'))?.counts.examples, 8);

    const again = await expanded({ paraphrases: 8 });
    assert.deepEqual([again.result.paraphrases, again.job.usage.modelCalls], [0, 0], 'nothing is missing');
  });

  it('asks at most six times a seed where the model changes values, repeats itself or talks', async () => {
    await keeping('Oslo');
    const answers = [
      said([
        'What is the weather in Bergen?',
        'What is the weather in Oslo on 5 May?',
        'what is the weather in oslo',
      ]),
      'I am sorry, I cannot do that.',
      said(['Is Oslo sunny?']),
      said(['Is Oslo sunny', 'IS OSLO SUNNY?']),
      { status: 400, errorBody: { error: { message: 'the content filter says no' } } },
      '{"queries": [17, null, {}]}',
      said(['Would be a seventh: Oslo']),
    ];
    let next = 0;
    reply = () => answers[next++] ?? '';
    const { job, result } = await expanded({ paraphrases: 30 });
    assert.equal(job.status, 'finished', JSON.stringify(job.error));
    assert.equal(next, 6);
    assert.deepEqual(
      (await paraphrases()).map(({ query }) => query),
      ['Is Oslo sunny?'],
    );
    assert.deepEqual([result.paraphrases, result.turnedDown], [1, 5]);
    assert.match(result.tools[0]?.notes[0] ?? '', /^2 of 30 examples/);
    const second = askedFor(server.requests[1] as FakeRequest).prompt;
    assert.match(second, /in Bergen\? \(It has lost the value "Oslo"\.\)/, 'it is told what was wrong');
  });

  it('imagines what must not be called and what lacks a value, and believes a judge at temperature 0', async () => {
    await keeping('Oslo');
    let judged = 0;
    const usual = obliging();
    reply = (request) => {
      const { kind } = askedFor(request);
      if (kind === 'missing_value')
        return said([
          { query: 'Is it raining there?', question: 'Where?' },
          { query: 'Weather in Oslo, please', question: 'Where?' },
          { query: 'And tomorrow, how will it be?', question: 'Say where.' },
        ]);
      if (kind === 'judge' && judged++ === 0) return '{"holds": false, "why": "The tool can do that."}';
      return usual(request);
    };
    const { job, result } = await expanded({ abstentions: 2 });
    assert.equal(job.status, 'finished', JSON.stringify(job.error));
    const nearMisses = await ofKind(({ kind }) => kind === 'near_miss');
    assert.equal(nearMisses.length, 2);
    for (const one of nearMisses) {
      assert.deepEqual([one.calls, one.verification, one.provenance.judge], [[], 'verified', 'fake']);
      assert.ok(one.answer);
    }
    const missing = await ofKind(({ kind }) => kind === 'missing_value');
    assert.deepEqual(
      missing.map(({ query, answer, lacks }) => [query, answer, lacks]),
      [['Is it raining there?', 'Where?', '/city']],
    );
    assert.deepEqual([result.nearMisses, result.missingValues], [2, 1]);
    assert.match(result.tools[0]?.notes.join() ?? '', /1 of 2 queries with a missing value/);
    const judges = server.requests.filter((one) => askedFor(one).kind === 'judge');
    assert.ok(judges.length > 0 && judges.every(({ body }) => body.temperature === 0));
    assert.ok(
      judges.every((one) => !askedFor(one).prompt.includes('Oslo, please')),
      'a value is seen without one',
    );
    const told = askedFor(server.requests.find((one) => askedFor(one).kind === 'near_miss') as FakeRequest);
    assert.match(told.prompt, /get_time/, 'the siblings are named');
  });

  it('makes no query with a missing value for a tool that needs none', async () => {
    await keeping('Oslo');
    const { result } = await expanded({ tools: ['get_time'], abstentions: 1 });
    assert.deepEqual(
      result.tools.map(({ tool, missingValues }) => [tool, missingValues]),
      [[idOf('get_time'), 0]],
    );
    assert.match(result.tools[0]?.notes.join() ?? '', /needs no value that has no default/);
  });

  it('ends with its budget, and goes on after what it has', async () => {
    await keeping('Oslo', 'Rome', 'Bern');
    const { job, result } = await expanded({ paraphrases: 9, abstentions: 1, budget: { modelCalls: 2 } });
    assert.equal(job.status, 'budget');
    assert.equal(server.requests.length, 2);
    const before = (await paraphrases()).map(({ id }) => id);
    assert.equal(result.paraphrases, before.length);
    assert.ok(before.length > 0);

    await engine.dispose();
    ({ engine } = await testEngine(workspace.folder));
    await engine.jobs.resume(job.id, { modelCalls: 100 });
    const ended = await engine.jobs.finished(job.id);
    assert.equal(ended.status, 'finished', JSON.stringify(ended.error));
    const all = await paraphrases();
    assert.equal(all.length, 6);
    assert.ok(before.every((id) => all.some((one) => one.id === id)));
    assert.equal((ended.result as unknown as ExpandResult).paraphrases, 6, 'the first part counts');
    assert.equal(new Set(all.map(({ query }) => query)).size, 6);
    assert.equal(ended.done, ended.of);
  });

  it('stops when somebody wants that, and keeps what it has', async () => {
    await keeping('Oslo', 'Rome');
    const usual = obliging();
    let held = false;
    reply = (request) => {
      if (server.requests.length < 3) return usual(request);
      held = true;
      return { text: '', delayMs: 20_000 };
    };
    const id = await begin({ paraphrases: 20 });
    await eventually('the model is being asked', () => held);
    await engine.jobs.stop();
    assert.equal((await engine.jobs.finished(id)).status, 'stopped');
    assert.ok((await paraphrases()).length > 0);
  });

  it('says other words of nothing that is turned down, simulated or made up by the sampler', async () => {
    await keeping('Oslo', 'Rome');
    await engine.verifications.review('t1', false);
    await expanded({ paraphrases: 4 });
    assert.ok((await paraphrases()).every(({ paraphraseOf }) => paraphraseOf === 't2'));
    await engine.verifications.review('t2', false);
    assert.ok((await paraphrases()).every(({ withheld }) => withheld !== undefined));
    assert.equal(engine.tool(idOf('get_weather'))?.counts.examples, 0);
    await engine.verifications.review('t2', true);
    assert.equal(engine.tool(idOf('get_weather'))?.counts.examples, 4);
    assert.ok((await paraphrases()).every(({ withheld }) => withheld === undefined));
  });

  it('is estimated, and refuses what makes no sense', async () => {
    await keeping('Oslo', 'Rome');
    const model = { model: 'fake', baseUrl: server.baseUrl };
    const of = (more: Partial<ExpandParams>) =>
      engine.expansions.estimate({ tools: [], paraphrases: 0, abstentions: 0, ...model, ...more });
    const some = await of({ paraphrases: 10, abstentions: 2 });
    assert.deepEqual([some.examples, some.toolCalls, some.model?.includes('fake')], [2, 0, true]);
    // Two seeds six times; two kinds, three imaginings each, and as many judges as there are queries.
    assert.equal(some.modelCalls, 12 + 2 * (3 + 3 * 2));
    assert.ok(some.tokens > 1_000);
    assert.equal((await of({ paraphrases: 2 })).modelCalls, 0, 'there are two already');
    await assert.rejects(of({}), /Nothing is asked for/);
    await assert.rejects(of({ paraphrases: -1 }), /no such number/);
    await assert.rejects(of({ paraphrases: 5, model: 'offline' }), /need a language model/);
    await assert.rejects(of({ paraphrases: 5, tools: ['get_wether'] }), /no tool "get_wether"/);
  });

  it('runs from the command line, for people and for scripts', async () => {
    await keeping('Oslo');
    await engine.dispose();
    const env = { IMAGINARIUM_API_KEY: 'k' };
    const flags = ['-w', workspace.folder, '--model', 'fake', '--base-url', server.baseUrl];
    const json = await runCli(['expand', ...flags, '--paraphrases', '3', '--abstentions', '0', '--json'], {
      env,
    });
    assert.equal(json.code, 0, json.said);
    const { status, result } = JSON.parse(json.out) as { status: string; result: ExpandResult };
    assert.deepEqual([status, result.paraphrases], ['finished', 2]);
    const text = await runCli(['expand', ...flags, '--paraphrases', '0', '--abstentions', '1'], { env });
    assert.equal(text.code, 0, text.said);
    assert.match(
      text.out,
      /^Added: 0 paraphrases, 1 near miss, 1 query with a missing value\. Turned down: \d+\./,
    );
    assert.match(text.out, /get_weather: 3 examples, 1 not to call, 1 to ask back/);
    const offline = await runCli(['expand', '-w', workspace.folder, '--model', 'offline'], { env });
    assert.equal(offline.code, 2);
    assert.match(offline.said, /need a language model; the offline sampler makes none/);
    ({ engine } = await testEngine(workspace.folder));
  });
});
