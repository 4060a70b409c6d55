import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Verdict } from '../../../src/core/evaluate/grade.ts';
import type { Summary } from '../../../src/core/evaluate/summary.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { startFakeOpenAI } from '../../helpers/fakeOpenAI.ts';
import { sharedData } from '../../helpers/sharedData.ts';
import { jsonLines, runCli } from '../../helpers/testCli.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'imaginarium-grade-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | object[]): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    typeof content === 'string' ? content : content.map((row) => `${JSON.stringify(row)}\n`).join(''),
  );
  return name;
}

async function grade(...flags: string[]): Promise<Summary> {
  const { code, out, said } = await runCli(['grade', ...flags, '--json'], { cwd: folder });
  assert.equal(code, 0, said);
  assert.equal(out.trim().split('\n').length, 1);
  return JSON.parse(out) as Summary;
}

/** The file of what is wrong, as the command says it. */
async function refused(...flags: string[]): Promise<string> {
  const { code, out, said } = await runCli(['grade', ...flags], { cwd: folder });
  assert.equal(code, 2, said);
  assert.equal(out, '');
  return said;
}

const questions = [
  {
    id: 'simple_python_0',
    question: [[{ role: 'user', content: 'Convert 5 miles to kilometres.' }]],
    function: [
      {
        name: 'units.convert',
        description: 'Converts.',
        parameters: {
          type: 'dict',
          properties: {
            amount: { type: 'float' },
            from: { type: 'string' },
            to: { type: 'string' },
            digits: { type: 'integer' },
          },
          required: ['amount', 'from', 'to'],
        },
      },
    ],
  },
  {
    id: 'irrelevance_0',
    question: [[{ role: 'user', content: 'Sing.' }]],
    function: [{ name: 'sum', parameters: { type: 'dict', properties: {}, required: [] } }],
  },
];
const answers = [
  {
    id: 'simple_python_0',
    ground_truth: [
      {
        'units.convert': { amount: [5.0], from: ['miles', 'mi'], to: ['km', 'kilometres'], digits: [2, ''] },
      },
    ],
  },
];
const right = { id: 'simple_python_0', result: 'units.convert(amount=5, from="mi", to="km")' };

describe('imaginarium grade', () => {
  it('grades answers to questions of the leaderboard, with the right answers found beside them', async () => {
    write('q.jsonl', questions);
    write('q.answers.jsonl', answers);
    write('possible/q.json', questions);
    write('possible/possible_answer/q.json', answers);
    const call = { 'units.convert': { amount: 5, from: 'Mi', to: 'km' } };
    write('p.jsonl', [
      { id: 'simple_python_0', result: [call] },
      { id: 'irrelevance_0', result: 'I cannot sing.' },
    ]);
    const expected = {
      n: 2,
      wellFormed: 100,
      apiMatch: 100,
      correct: 100,
      perTool: {
        'units.convert': { n: 1, wellFormed: 100, apiMatch: 100, correct: 100 },
        sum: { n: 1, wellFormed: 100, apiMatch: 100, correct: 100 },
      },
      failures: {},
    };
    assert.deepEqual(await grade('--predictions', 'p.jsonl', '--data', 'q.jsonl'), expected);
    assert.deepEqual(await grade('--predictions', 'p.jsonl', '--data', 'possible/q.json'), expected);
    write('elsewhere.jsonl', questions);
    const two = ['--data', 'elsewhere.jsonl', '--data', 'q.answers.jsonl'];
    assert.deepEqual(await grade('--predictions', 'p.jsonl', ...two), expected);
    write('list.json', JSON.stringify([{ id: 'simple_python_0', result: [call] }]));
    write('map.json', JSON.stringify({ irrelevance_0: 'No.', simple_python_0: [call] }));
    assert.equal((await grade('--predictions', 'map.json', '--data', 'q.jsonl')).correct, 100);
    const message = { role: 'assistant', content: 'No.' };
    const response = { body: { choices: [{ message }] } };
    write('batch.jsonl', [{ id: 'b', custom_id: 'irrelevance_0', response }]);
    const batch = await grade('--predictions', 'batch.jsonl', '--data', 'q.jsonl');
    assert.deepEqual([batch.n, batch.correct], [1, 100]);
    const one = await runCli(['grade', '--predictions', 'list.json', '--data', 'q.jsonl', '--json'], {
      cwd: folder,
    });
    assert.equal((JSON.parse(one.out) as Summary).n, 1);
    assert.match(one.said, /1 of 2 questions have no answer/);
    assert.doesNotMatch(one.said, /counts by itself/);
    write(
      'twice.jsonl',
      [1, 2].map(() => ({ id: 'simple_python_0', result: [call] })),
    );
    const twice = await runCli(['grade', '--predictions', 'twice.jsonl', '--data', 'q.jsonl', '--json'], {
      cwd: folder,
    });
    assert.match(twice.said, /2 answers are to 1 questions: each answer counts by itself/);
  });

  it('writes the verdict on each answer where it is told to', async () => {
    write('q.jsonl', questions);
    write('q.answers.jsonl', answers);
    write('p.jsonl', [
      { id: 'simple_python_0', result: [{ 'units.convert': { amount: 5, to: 'KM', digits: 2 } }] },
      { id: 'irrelevance_0', result: 'I cannot sing.' },
    ]);
    const summary = await grade('--predictions', 'p.jsonl', '--data', 'q.jsonl', '--details', 'd.jsonl');
    assert.deepEqual(summary.failures, { missing_argument: 1 });
    assert.equal(summary.correct, 50);
    const details = jsonLines<Verdict & JsonObject>(readFileSync(join(folder, 'd.jsonl'), 'utf8'));
    assert.deepEqual(
      details.map(({ id, correct, failure, message }) => [id, correct, failure, message]),
      [
        ['simple_python_0', false, 'missing_argument', '"from" is required and missing.'],
        ['irrelevance_0', true, null, ''],
      ],
    );
  });

  it('grades answers to examples', async () => {
    const example = (id: string, more: object) => ({
      id,
      tool: 'tools/x.json#sum',
      query: 'q',
      calls: [],
      ...more,
    });
    write('e.jsonl', [
      example('a', { calls: [{ tool: 'tools/x.json#sum', arguments: { a: 1, b: [2] }, observation: '' }] }),
      example('b', { kind: 'near_miss' }),
    ]);
    write('p.jsonl', [
      { id: 'a', result: 'sum(a=1, b=[2])' },
      { id: 'b', result: [{ name: 'sum', arguments: {} }] },
    ]);
    const summary = await grade('--predictions', 'p.jsonl', '--data', 'e.jsonl');
    assert.deepEqual([summary.n, summary.correct, summary.failures], [2, 50, { wrong_tool: 1 }]);
    assert.deepEqual(Object.keys(summary.perTool), ['sum']);
  });

  const testSet = {
    add_date: [
      { query: 'one', action: 'add_date', action_input: '{"days": 1}' },
      { query: 'two', action: 'add_date', action_input: '{"days": 2}' },
    ],
    search: [{ query: 'three', action: 'search', action_input: '{"q": "cats"}' }],
  };

  it('grades files of the paper, whatever fields they lack', async () => {
    write('t.json', JSON.stringify(testSet));
    write(
      'p.json',
      JSON.stringify({
        add_date: [
          { query: 'two', model_output: 'Action: add_date\nAction Input: {"days": 2}' },
          { query: 'one', model_output: 'Action: search\nAction Input: {}', api_match: 0, err: 0 },
        ],
        search: [
          { query: 'three', model_output: 'Action: search\nAction Input: {"q": "cat"}', args_correct: 1 },
        ],
      }),
    );
    const summary = await grade('--predictions', 'p.json', '--data', 't.json');
    assert.deepEqual(summary, {
      n: 3,
      wellFormed: 100,
      apiMatch: 66.667,
      correct: 66.667,
      perTool: {
        add_date: { n: 2, wellFormed: 100, apiMatch: 50, correct: 50 },
        search: { n: 1, wellFormed: 100, apiMatch: 100, correct: 100 },
      },
      failures: { wrong_tool: 1 },
    });
    const strict = await grade('--predictions', 'p.json', '--data', 't.json', '--grader', 'strict');
    assert.deepEqual(strict.failures, { wrong_tool: 1, invalid_value: 1 });
    const { out } = await runCli(['grade', '--predictions', 'p.json', '--data', 't.json'], { cwd: folder });
    assert.match(out, /answers +well-formed +API match +correct +tool\n/);
    assert.match(out, / 3 +100\.000 +66\.667 +66\.667 +all\n/);
    assert.match(out, /Wrong: wrong_tool 1\n/);
  });

  it('asks a judge about words, and says so', async () => {
    const server = await startFakeOpenAI({
      reply: ({ body }) => `{"reason": "so", "same": ${JSON.stringify(body.messages).includes('kitties')}}`,
    });
    try {
      write('t.json', JSON.stringify(testSet));
      const answer = (q: string) => ({
        query: 'three',
        model_output: `Action: search\nAction Input: {"q": "${q}"}`,
      });
      write('p.json', JSON.stringify({ search: [answer('kitties'), answer('dogs'), answer('cats')] }));
      const { code, out, said } = await runCli(
        [
          'grade',
          '--predictions',
          'p.json',
          '--data',
          't.json',
          '--model',
          'judge-1',
          '--base-url',
          server.baseUrl,
          '--details',
          'd.jsonl',
        ],
        { cwd: folder, env: { OPENAI_API_KEY: 'k' } },
      );
      assert.equal(code, 0, said);
      assert.equal(server.requests.length, 2);
      assert.equal(server.requests[0]?.body.temperature, 0);
      assert.match(said, /2 answers for the judge, judge-1\./);
      assert.match(out, /A judge ruled on 2 answers: judge-1/);
      const details = jsonLines<Verdict & JsonObject>(readFileSync(join(folder, 'd.jsonl'), 'utf8'));
      assert.deepEqual(
        details.map(({ correct, judge }) => [correct, judge]),
        [
          [true, 'judge-1'],
          [false, 'judge-1'],
          [true, undefined],
        ],
      );
    } finally {
      await server.close();
    }
  });

  it('says where a file is wrong, and what to write instead', async () => {
    write('q.jsonl', questions.slice(0, 1));
    write('q.answers.jsonl', answers);
    write('t.json', JSON.stringify(testSet));
    const p = (rows: string | object[]) => ['--predictions', write('p.jsonl', rows), '--data', 'q.jsonl'];
    assert.match(await refused('--predictions', 'no.json', '--data', 'q.jsonl'), /There is no file no\.json/);
    assert.match(
      await refused(...p('{"id": "simple_python_0", "result": 1}\n{"id": ')),
      /p\.jsonl:2: .*no JSON/,
    );
    assert.match(await refused(...p('hello')), /p\.jsonl:1: This is no JSON/);
    assert.match(await refused(...p('')), /no JSON/);
    assert.match(await refused(...p('[]')), /holds no answers/);
    assert.match(
      await refused(...p([{ id: 'x', result: 'f()' }])),
      /p\.jsonl:1: "id" is "x", and there is no such/,
    );
    assert.match(await refused(...p([{ id: 'simple_python_0' }])), /p\.jsonl:1: "result" is missing/);
    assert.match(await refused('--predictions', 'q.jsonl', '--data', 'p.jsonl'), /holds no questions/);
    assert.match(await refused('--predictions', 'p.jsonl', '--data', 'q.answers.jsonl'), /no questions/);
    assert.match(
      await refused('--predictions', 'p.jsonl', '--data', 't.json'),
      /holds no answers to t\.json/,
    );
    const lone = write('lone.jsonl', questions);
    assert.match(
      await refused('--predictions', 'p.jsonl', '--data', lone),
      /lone\.jsonl:1: There is no accepted answer/,
    );
    assert.match(await refused(...p([right]), '--grader', 'ste'), /no such set/);
    assert.match(await refused(...p([right]), '--grader', 'other'), /--grader/);
    assert.match(await refused('--data', 'q.jsonl'), /--predictions/);
    write('s.json', '{"add_date": [\n{"query": "one",\n"model_output": 5}]}');
    assert.match(
      await refused('--predictions', 's.json', '--data', 't.json'),
      /s\.json:2: "model_output" is no text/,
    );
    write('s.json', '{"add_date": [{"query": "one", "model_output": "x"}], "b":\n 5}');
    assert.match(await refused('--predictions', 's.json', '--data', 't.json'), /"b" is no list of answers/);
    write('s.json', '{"add_date": [{"query": "one", "model_output": "x"}]}');
    assert.match(
      await refused('--predictions', 's.json', '--data', 'q.jsonl'),
      /answers the paper's test set/,
    );
    assert.match(await refused('--predictions', 's.json', '--data', 'r.json'), /There is no file r\.json/);
    write('a.jsonl', [{ id: 'simple_python_0', ground_truth: [{ f: { x: 1 } }] }]);
    write('r.jsonl', [right]);
    assert.match(
      await refused('--predictions', 'r.jsonl', '--data', 'q.jsonl', '--data', 'a.jsonl'),
      /a\.jsonl:1: "ground_truth" has no list of right values for "x"/,
    );
  });

  it('is not harmed by hostile files', async () => {
    write('q.jsonl', questions.slice(0, 1));
    write('q.answers.jsonl', answers);
    write(
      'p.jsonl',
      [
        `{"id": "simple_python_0", "result": "${'['.repeat(50_000)}"}`,
        `{"id": "simple_python_0", "result": [{"__proto__": {"polluted": true}}]}`,
        `{"id": "simple_python_0", "result": [{"units.convert": {"__proto__": 1, "constructor": 2, "amount": 5, "from": "mi", "to": "km"}}]}`,
        `{"id": "simple_python_0", "result": "units.convert(amount=9**9**9)"}`,
        `{"id": "simple_python_0", "result": "\\u001b[31m\\u202eunits.convert(\\u0000"}`,
      ].join('\n'),
    );
    const summary = await grade('--predictions', 'p.jsonl', '--data', 'q.jsonl', '--details', 'd.jsonl');
    assert.equal(summary.correct, 0);
    assert.deepEqual(summary.failures, { malformed: 3, unknown_tool: 1, unexpected_argument: 1 });
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
    const details = readFileSync(join(folder, 'd.jsonl'), 'utf8');
    assert.ok(!details.includes('\u202e') && !details.includes('\u001b'));

    write('deep.jsonl', `{"id": "x", "result": ${'['.repeat(100_000)}`);
    assert.match(
      await refused('--predictions', 'deep.jsonl', '--data', 'q.jsonl'),
      /deep\.jsonl:1: .*nested too deeply/,
    );
    write('t.json', '{"__proto__": [{"query": "one", "action_input": "{}"}]}');
    write(
      'p.json',
      '{"__proto__": [{"query": "one", "model_output": "Action: __proto__\\nAction Input: {}"}]}',
    );
    const strange = await grade('--predictions', 'p.json', '--data', 't.json');
    assert.deepEqual(Object.keys(strange.perTool), ['__proto__']);
    assert.equal(strange.correct, 100);
  });

  const table: [file: string, wellFormed: number, apiMatch: number, correct: number][] = [
    ['mistral', 61.733, 69.33, 30.133],
    ['mistral_ICL', 69.867, 88.359, 47.867],
    ['llama-7Bf', 34.533, 40.154, 10.667],
    ['llama-7Bf_FT', 99.2, 94.892, 73.333],
    ['CL_round_0', 99.444, 98.883, 80.556],
    ['CL_round_1', 98.933, 95.957, 80.267],
    ['CL_round_1_no_replay', 99.467, 51.743, 46.4],
  ];
  for (const [name, wellFormed, apiMatch, correct] of table) {
    const file = sharedData(`ste/predictions/${name}.json`);
    const data = sharedData('ste/tool_test.json');
    if (file === null || data === null) continue;
    it(`prints the paper's figures of ${name}`, async () => {
      const recorded = await grade('--predictions', file, '--data', data);
      assert.deepEqual(
        [recorded.wellFormed, recorded.apiMatch, recorded.correct],
        [wellFormed, apiMatch, correct],
      );
      const fresh = await grade('--predictions', file, '--data', data, '--verdicts', 'fresh');
      assert.deepEqual([fresh.n, fresh.wellFormed, fresh.apiMatch], [recorded.n, wellFormed, apiMatch]);
      assert.ok(fresh.correct >= correct && fresh.correct - correct <= 2.3, String(fresh.correct));
    });
  }
});
