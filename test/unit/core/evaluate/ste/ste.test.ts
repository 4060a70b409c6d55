import assert from 'node:assert/strict';
import { parsePythonJson } from '../../../../../src/core/evaluate/python/json.ts';
import { str } from '../../../../../src/core/evaluate/python/text.ts';
import type { PythonDict } from '../../../../../src/core/evaluate/python/values.ts';
import { gradeSte, type StePrediction } from '../../../../../src/core/evaluate/ste/grade.ts';
import { readSteAnswer } from '../../../../../src/core/evaluate/ste/readAnswer.ts';

const tools = ['add_date', 'get_today_date', 'Weather API%%Current'];

/** `tool {arguments}`, or the kind of what is no call. */
function read(output: string): string {
  const answer = readSteAnswer(output, tools);
  return answer.kind === 'call' ? `${answer.tool} ${str(answer.arguments)}` : answer.kind;
}

describe("The paper's reading of an answer", () => {
  const cases: [name: string, output: string, read: string][] = [
    ['a call', 'Thought: so\nAction: add_date\nAction Input: {"days": 1}', "add_date {'days': 1}"],
    ['a name as a token', 'Action: <tool_add_date> Action Input: {"days": 1}', "add_date {'days': 1}"],
    ['a name in brackets', 'Action: <Weather API%%Current>\nAction Input: {}', 'Weather API%%Current {}'],
    ['a name that is nearly one', 'Action: AddDate\nAction Input: {}', 'add_date {}'],
    ['a name that has nothing of any', 'Action: 日本\nAction Input: {}', 'null {}'],
    ['a call before a final answer', 'Action: add_date\nAction Input: {}\nFinal Answer: x', 'add_date {}'],
    ['a call behind a final answer', 'Final Answer: x\nAction: add_date\nAction Input: {}', 'noCall'],
    ['a final answer', 'Final Answer: x', 'noCall'],
    ['words', 'I do not know.', 'malformed'],
    ['no action', 'Action Input: {}', 'malformed'],
    ['two inputs', 'Action: add_date\nAction Input: {}\nAction Input: {}', 'malformed'],
    ['two actions', 'Action: a\nAction: add_date\nAction Input: {}', 'malformed'],
    ['no object', 'Action: add_date\nAction Input: days=1', 'malformed'],
    ['an object that is not closed', 'Action: add_date\nAction Input: {"days": 1', 'malformed'],
    ['no JSON', "Action: add_date\nAction Input: {'days': 1}", 'malformed'],
    ['doubled braces', 'Action: add_date\nAction Input: {{"days": 1}}', "add_date {'days': 1}"],
    ['an object at the end of an object', 'Action: add_date\nAction Input: {"a": {"b": 1}}', 'malformed'],
    [
      'an object inside',
      'Action: add_date\nAction Input: {"a": {"b": 1}, "c": 2}',
      "add_date {'a': {'b': 1}, 'c': 2}",
    ],
    [
      'prose around the object',
      'Action: add_date\nAction Input: so {"days": 1} there',
      "add_date {'days': 1}",
    ],
    ['what only Python reads', 'Action: add_date\nAction Input: {"a": NaN, "a": 5.0}', "add_date {'a': 5.0}"],
    ['braces the wrong way round', 'Action: add_date\nAction Input: } {', 'malformed'],
    ['line breaks written out', 'Action: add_date\\n\nAction Input: {"days": 1}\\n', "add_date {'days': 1}"],
    ['a line break in a text', 'Action: add_date\nAction Input: {"a": "x\ny"}', 'malformed'],
  ];
  for (const [name, output, expected] of cases)
    it(`takes ${name}`, () => assert.equal(read(output), expected));
});

describe("The paper's grader", () => {
  /** `add_date` is compared as text; `search` was judged. */
  function grade(
    tool: string,
    gold: string,
    input: string,
    verdicts: 'recorded' | 'fresh' | 'judged' = 'fresh',
    recorded: boolean | null = null,
  ): string {
    const prediction: StePrediction = {
      id: '1',
      tool,
      query: '',
      output: `Action: ${tool}\nAction Input: ${input}`,
      gold: parsePythonJson(gold) as PythonDict,
      recorded,
    };
    const { verdict, undecided } = gradeSte(prediction, ['add_date', 'search'], verdicts);
    assert.equal(verdict.correct, verdict.failure === null);
    return [verdict.failure ?? 'right', verdict.judge, undecided === null ? undefined : 'open']
      .filter((part) => part !== undefined)
      .join(' ');
  }

  it('compares the keys of the right call as texts', () => {
    assert.equal(grade('add_date', '{"days": 5}', '{"days": "5"}'), 'right');
    assert.equal(grade('add_date', '{"days": 5}', '{"days": 5.0}'), 'invalid_value');
    assert.equal(grade('add_date', '{"date": "May 1"}', '{"date": " MAY 1 "}'), 'right');
    assert.equal(grade('add_date', '{"a": true}', '{"a": "True"}'), 'right');
    assert.equal(grade('add_date', '{"a": true}', '{"a": 1}'), 'invalid_value');
    assert.equal(grade('add_date', '{"a": null}', '{"a": "none"}'), 'right');
    assert.equal(grade('add_date', '{"a": ["x", 1]}', '{"a": "[\'x\', 1]"}'), 'right');
    assert.equal(grade('add_date', '{"a": 1}', '{"a": 1, "more": 2}'), 'right');
    assert.equal(grade('add_date', '{"a": 1, "b": 2}', '{"a": 1}'), 'missing_argument');
    assert.equal(grade('add_date', '{}', '{"whatever": 1}'), 'right');
  });

  it('takes the recorded verdict where it is asked to, and that of the judge always', () => {
    assert.equal(grade('add_date', '{"days": 5}', '{"days": 5}', 'recorded', false), 'invalid_value');
    assert.equal(grade('add_date', '{"days": 5}', '{"days": 6}', 'recorded', true), 'right');
    assert.equal(grade('add_date', '{"days": 5}', '{"days": 5}', 'fresh', false), 'right');
    assert.equal(grade('search', '{"q": "a"}', '{"q": "b"}', 'fresh', true), 'right recorded');
    assert.equal(grade('search', '{"q": "a"}', '{"q": "b"}', 'recorded', false), 'invalid_value recorded');
  });

  it('leaves to a judge what no judge has ruled on, and what says the same to the letter to none', () => {
    assert.equal(grade('search', '{"q": "a"}', '{"q": "b"}'), 'invalid_value open');
    assert.equal(grade('search', '{"q": "a"}', '{"q": "b"}', 'judged', true), 'invalid_value open');
    assert.equal(grade('search', '{"q": "a"}', '{"q": "A"}'), 'right');
    assert.equal(grade('add_date', '{"q": "a"}', '{"q": "b"}', 'judged', true), 'invalid_value');
  });

  it('takes what the reference had read already', () => {
    const parsed = (text: string) => {
      const output = parsePythonJson(text) as PythonDict;
      const { verdict } = gradeSte(
        { id: '1', tool: 'add_date', query: '', output, gold: new Map([['days', 1n]]), recorded: null },
        ['add_date'],
        'fresh',
      );
      return verdict.failure ?? 'right';
    };
    const read = '"finish": false, "parse_successful": true';
    assert.equal(parsed(`{${read}, "action": "add_date", "action_input": "{\\"days\\": 1}"}`), 'right');
    assert.equal(parsed(`{${read}, "action": "adddate", "action_input": "{\\"days\\": 1}"}`), 'unknown_tool');
    assert.equal(parsed(`{${read}, "action": "add_date", "action_input": "days"}`), 'malformed');
    assert.equal(parsed('{"finish": false, "parse_successful": false}'), 'malformed');
    assert.equal(parsed('{"finish": true, "final_ans": "x"}'), 'malformed');
  });

  it('tells a wrong tool from one that there is not', () => {
    const wrong = (name: string) =>
      gradeSte(
        {
          id: '1',
          tool: 'add_date',
          query: '',
          output: `Action: ${name}\nAction Input: {}`,
          gold: new Map(),
          recorded: null,
        },
        ['add_date', 'search'],
        'fresh',
      ).verdict;
    assert.equal(wrong('search').failure, 'wrong_tool');
    assert.equal(wrong('search_web').failure, 'unknown_tool');
    assert.equal(wrong('adddate').correct, true);
  });
});
