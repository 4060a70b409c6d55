import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noUsage } from '../../../../src/core/chat.ts';
import { type ReadAnswer, readAnswer } from '../../../../src/core/evaluate/answer.ts';
import { readGold } from '../../../../src/core/evaluate/goldText.ts';
import { gradeAnswer } from '../../../../src/core/evaluate/gradeAnswer.ts';
import { OfferedTools } from '../../../../src/core/evaluate/offered.ts';
import { isDict, type PythonValue } from '../../../../src/core/evaluate/python/values.ts';
import type { JsonObject } from '../../../../src/core/json.ts';
import type { Tool } from '../../../../src/core/tool.ts';
import { type ReadData, readData } from '../../../../src/engine/jobs/evaluate/readData.ts';
import { sharedData } from '../../../helpers/sharedData.ts';

describe('Files of questions', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'imaginarium-data-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const nothing = { tools: [], offered: new OfferedTools([]), limit: 4 };

  function write(name: string, ...lines: object[]): string {
    const path = join(folder, name);
    writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return path;
  }

  function asked(data: ReadData, index: number) {
    const question = data.questions[index] ?? assert.fail(`no question ${index}`);
    return { question, tools: question.offered.map((id) => data.tools.get(id) as Tool) };
  }

  function graded(data: ReadData, index: number, name: string, args: JsonObject) {
    const { question, tools } = asked(data, index);
    const read: ReadAnswer = { kind: 'calls', calls: [{ name, arguments: args }] };
    return gradeAnswer(question, read, tools, data.grader);
  }

  it('of the leaderboard bring their tools and find their answers beside them', async () => {
    const parameters = {
      type: 'dict',
      properties: { x: { type: 'float' }, unit: { type: 'string' } },
      required: ['x'],
    };
    const path = write(
      'q.jsonl',
      {
        id: 'simple_0',
        question: [[{ role: 'user', content: 'The root of 2?' }]],
        function: [{ name: 'math.root', description: 'Finds roots.', parameters }],
      },
      {
        id: 'irrelevance_1',
        question: [[{ role: 'user', content: 'Who am I?' }]],
        function: [{ name: 'math.root', description: 'Finds roots.', parameters }],
      },
    );
    write(
      'q.answers.jsonl',
      { id: 'simple_0', ground_truth: [{ 'math.root': { x: [2.0], unit: ['', 'm'] } }] },
      { id: 'irrelevance_1', ground_truth: [] },
    );
    const data = await readData(path, nothing);
    assert.equal(data.grader, 'strict');
    assert.equal(data.tools.size, 1);
    const { tools } = asked(data, 0);
    assert.deepEqual(
      tools.map(({ name, description }) => [name, description]),
      [['math_root', 'Finds roots.']],
    );
    assert.equal(graded(data, 0, 'math_root', { x: 2 }).right, true);
    assert.equal(graded(data, 0, 'math_root', { x: 2, unit: 'm' }).right, true);
    assert.equal(graded(data, 0, 'math_root', { x: 3 }).failure, 'invalid_value');
    assert.equal(graded(data, 1, 'math_root', { x: 2 }).failure, 'wrong_tool');
    const { question } = asked(data, 1);
    assert.equal(gradeAnswer(question, { kind: 'text' }, tools).right, true);
  });

  it('of other languages tell the model that values are texts of them', async () => {
    const path = write('BFCL_v4_simple_java.json', {
      id: 'simple_java_0',
      question: [[{ role: 'user', content: 'Go.' }]],
      function: [
        {
          name: 'go',
          description: '',
          parameters: {
            type: 'dict',
            properties: { far: { type: 'long', description: 'How far.' } },
            required: ['far'],
          },
        },
      ],
      ground_truth: [{ go: { far: [5] } }],
    });
    const data = await readData(path, nothing);
    const { tools } = asked(data, 0);
    const [, far] = Object.entries(tools[0]?.parameters.properties as JsonObject)[0] ?? [];
    assert.deepEqual(far, {
      type: 'string',
      description: 'How far. A value of java of the type long, written as a text.',
    });
    assert.equal(graded(data, 0, 'go', { far: '5L' }).right, true);
  });

  it('that are none are refused with what would be one', async () => {
    await assert.rejects(
      readData(write('a.json', { some: 'thing' }), nothing),
      /no questions that are known/,
    );
    const path = write('q.jsonl', { id: 'x', question: 'Q', function: [{ name: 'f' }] });
    await assert.rejects(readData(path, nothing), /q\.jsonl:1: There is no accepted answer to "x"/);
    await assert.rejects(readData(folder, nothing), /cannot be read/);
  });

  it("of the paper offer the right API among its neighbours, and are graded by the paper's rule", async () => {
    const api = (description: string) =>
      JSON.stringify({ description, required_parameters: [], optional_parameters: [] });
    const path = write('tool_test.json', {
      add_date: [
        {
          query: '90 days from 2022-10-14?',
          action: 'add_date',
          action_input: '{"date": "2022-10-14", "days": 90}',
        },
        { query: '14 days after May?', action: 'add_date', action_input: { date: 'May', days: 14 } },
      ],
      'Talk%%Answer me': [{ query: 'Hi', action: 'Talk%%Answer me', action_input: '{"text": "Hi"}' }],
      gone: [{ query: 'Where?', action: 'gone', action_input: '{}' }],
    });
    write('API_descriptions.json', {
      add_date:
        'Adds days. Your input should be a json (args json schema): {{"date" : string, "days" : integer, }}',
      'Dates%%Subtract days': api('Takes days off a date.'),
      'Talk%%Answer me': api('Talks.'),
      'Maps%%Find': api('Finds places.'),
    });
    const data = await readData(path, { ...nothing, limit: 3 });
    assert.equal(data.grader, 'ste');
    assert.deepEqual(
      data.questions.map(({ id }) => id),
      ['add_date#1', 'add_date#2', 'Talk%%Answer me#1'],
    );
    assert.match(data.notes.join('\n'), /^1 question is left out/);
    assert.match(data.notes.join('\n'), /^1 question is for an API whose arguments a judge model ruled on/m);
    const { question, tools } = asked(data, 0);
    assert.equal(tools.length, 3);
    assert.ok(tools.some(({ id }) => id === question.tool));
    assert.equal(graded(data, 0, 'add_date', { date: '2022-10-14', days: '90', more: 1 }).right, true);
    assert.equal(graded(data, 0, 'add_date', { date: '2022-10-14' }).failure, 'missing_argument');
    assert.equal(graded(data, 1, 'add_date', { date: 'may ', days: 14 }).right, true);
    assert.equal(graded(data, 1, 'add_date', { date: 'June', days: 14 }).failure, 'invalid_value');
    const other = tools.find(({ id }) => id !== question.tool)?.name ?? '';
    assert.equal(graded(data, 0, other, {}).failure, 'wrong_tool');
    assert.equal(graded(data, 0, 'no_tool', {}).failure, 'unknown_tool');
    assert.equal(graded(data, 2, 'Talk_Answer_me', { text: 'Hi' }).right, true);
    assert.equal(gradeAnswer(question, { kind: 'text' }, tools, 'ste').wellFormed, false);
  });

  const ste = sharedData('ste/tool_test.json');
  const leaderboard = sharedData('bfcl/simple_python.jsonl');
  if (ste !== null) {
    it('the whole test set of the paper is asked', async () => {
      const data = await readData(ste, { ...nothing, limit: 8 });
      assert.equal(data.questions.length, 750);
      assert.ok(data.questions.every(({ offered }) => offered.length === 8));
      assert.match(data.notes.join(), /285 questions are for APIs/);
      for (const tool of data.tools.values()) assert.match(tool.name, /^[a-zA-Z0-9_-]{1,64}$/);
    }).timeout(20_000);
  }
  if (leaderboard !== null) {
    it('all 400 of a category of the leaderboard are asked, and are right with their own answers', async () => {
      const data = await readData(leaderboard, nothing);
      assert.equal(data.questions.length, 400);
      const wrong = data.questions.filter((question) => {
        const tools = question.offered.map((id) => data.tools.get(id) as Tool);
        return !gradeAnswer(question, goldAnswer(question.gold), tools).right;
      });
      assert.deepEqual(
        wrong.map(({ id }) => id),
        [],
      );
    }).timeout(20_000);
  }
});

/** An answer with the first right value of each argument, written as the file has it. */
function goldAnswer(text: string): ReadAnswer {
  const gold = readGold(text);
  const calls = gold.kind === 'calls' ? gold.calls : [];
  const made = calls.map(({ tool, arguments: accepted }, index) => {
    const members = [...accepted].flatMap(([name, values]) => {
      const value = values.find((one) => one !== '');
      return value === undefined ? [] : [`${JSON.stringify(name)}: ${written(value)}`];
    });
    return { id: `c${index}`, name: tool, arguments: `{${members.join(', ')}}` };
  });
  const tools = calls.map(({ tool }) => ({ name: tool }) as Tool);
  const answer = { text: '', toolCalls: made, finish: 'stop' as const, usage: noUsage() };
  return readAnswer(answer, tools, 'tools');
}

/** JSON in which 5.0 is written as such; of nested objects each key lists its right values. */
function written(value: PythonValue): string {
  if (typeof value === 'number') return Number.isInteger(value) ? `${value}.0` : String(value);
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (!isDict(value)) return JSON.stringify(value);
  const members = [...value].map(([key, values]) => {
    const right = Array.isArray(values) ? (values.find((one) => one !== '') ?? null) : values;
    return `${JSON.stringify(String(key))}: ${written(right)}`;
  });
  return `{${members.join(', ')}}`;
}
