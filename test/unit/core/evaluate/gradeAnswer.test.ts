import assert from 'node:assert/strict';
import { noUsage } from '../../../../src/core/chat.ts';
import { readAnswer } from '../../../../src/core/evaluate/answer.ts';
import { exampleQuestion } from '../../../../src/core/evaluate/exampleQuestion.ts';
import { readGold, writeGold } from '../../../../src/core/evaluate/goldText.ts';
import { gradeAnswer } from '../../../../src/core/evaluate/gradeAnswer.ts';
import { OfferedTools } from '../../../../src/core/evaluate/offered.ts';
import type { Example } from '../../../../src/core/trial.ts';
import { exampleWith, toolWith } from './examples.ts';

const weather = toolWith(
  'weather',
  { city: { type: 'string' }, days: { type: 'integer', default: 1 }, units: { enum: ['C', 'F'] } },
  ['city'],
);
const places = toolWith('places', { name: { type: 'string' } }, ['name']);
const catalogue = [weather, places, toolWith('echo')];
const offered = new OfferedTools(catalogue);

function made(calls: [string, object | string][], text = '') {
  return {
    text,
    toolCalls: calls.map(([name, args], index) => ({
      id: `c${index}`,
      name,
      arguments: typeof args === 'string' ? args : JSON.stringify(args),
    })),
    finish: 'stop' as const,
    usage: noUsage(),
  };
}

function graded(example: Example, calls: [string, object | string][], text = '') {
  const { question, tools } = exampleQuestion(example, offered) ?? assert.fail('no question');
  return gradeAnswer(question, readAnswer(made(calls, text), tools, 'tools'), tools);
}

const one = exampleWith('one', {
  tool: weather.id,
  calls: [{ tool: weather.id, arguments: { city: 'Bonn', days: 1 }, observation: '' }],
});
const path = exampleWith('path', {
  tool: weather.id,
  calls: [
    { tool: places.id, arguments: { name: 'Bonn' }, observation: '' },
    { tool: weather.id, arguments: { city: 'Bonn' }, observation: '' },
  ],
});
const nearMiss = exampleWith('near', { tool: weather.id, kind: 'near_miss', calls: [] });

describe('An answer to the query of an example', () => {
  it('is right with the same call, and with what only repeats a default', () => {
    const right = { wellFormed: true, matched: true, right: true, failure: null };
    assert.deepEqual(graded(one, [['weather', { city: 'Bonn', days: 1 }]]), right);
    assert.deepEqual(graded(one, [['weather', { city: 'Bonn' }]]), right);
    assert.equal(graded(one, [['weather', { city: 'Bonn', days: 2 }]]).right, false);
    assert.equal(graded(one, [['weather', { city: 'Bonn', units: 'C' }]]).failure, 'unexpected_argument');
    assert.equal(graded(one, [['weather', {}]]).failure, 'missing_argument');
    assert.equal(graded(one, [['weather', { city: 'Berlin' }]]).failure, 'invalid_value');
  });

  it('is wrong with another tool, one that there is not, no call, and arguments that cannot be read', () => {
    assert.deepEqual(graded(one, [['places', { name: 'Bonn' }]]), {
      wellFormed: true,
      matched: false,
      right: false,
      failure: 'wrong_tool',
    });
    assert.equal(graded(one, [['forecast', 'no JSON']]).failure, 'unknown_tool');
    assert.equal(graded(one, [['weather', 'no JSON']]).failure, 'malformed');
    assert.equal(graded(one, [], 'It rains.').wellFormed, false);
    assert.equal(graded(one, [], '').wellFormed, false);
  });

  it('is held against the first call of a path, or against as many as it makes', () => {
    assert.equal(graded(path, [['places', { name: 'Bonn' }]]).right, true);
    assert.equal(
      graded(path, [
        ['weather', { city: 'Bonn' }],
        ['places', { name: 'Bonn' }],
      ]).right,
      true,
    );
    assert.equal(graded(path, [['weather', { city: 'Bonn' }]]).failure, 'wrong_tool');
  });

  it('is right for a near miss only when it is words without a call', () => {
    assert.equal(graded(nearMiss, [], 'None of these can do that.').right, true);
    assert.equal(graded(nearMiss, [['weather', { city: 'Bonn' }]]).failure, 'wrong_tool');
    assert.equal(graded(nearMiss, [], '{"name": "weather", "arguments": {}}').right, false);
    assert.equal(graded(nearMiss, [], 'I call weather(city="Bonn").').failure, 'malformed');
    assert.equal(graded(nearMiss, [], '').right, false);
  });

  it('cannot be asked for when a tool of the example has gone', () => {
    assert.equal(exampleQuestion(exampleWith('x', { tool: 'tools.yaml#gone' }), offered), null);
  });
});

describe('What is right, as a text', () => {
  it('keeps 5 and 5.0 apart', () => {
    const gold = {
      kind: 'calls' as const,
      calls: [
        {
          tool: 'a.b',
          arguments: new Map<string, (bigint | number | string | Map<string, bigint[]>)[]>([
            ['whole', [5n]],
            ['not', [5, 2.5, 1e300]],
            ['may lack', ['', new Map([['inner', [1n]]])]],
          ]),
        },
      ],
    };
    assert.deepEqual(readGold(writeGold(gold)), gold);
    assert.deepEqual(readGold(writeGold({ kind: 'abstention' })), { kind: 'abstention' });
  });
});

describe('The tools that are offered', () => {
  it('are those needed and the nearest, in the order of the catalogue, no two of one name', () => {
    const many = [
      toolWith('send_mail'),
      { ...toolWith('read_mail'), description: 'Reads mail from the mailbox.' },
      { ...toolWith('find_mail'), description: 'Finds mail in the mailbox.' },
      { ...toolWith('find_mail'), id: 'else.yaml#find_mail' },
      toolWith('weather'),
    ];
    const found = new OfferedTools(many, 3).around([many[2]?.id ?? '']);
    assert.equal(found?.length, 3);
    assert.deepEqual(
      found?.map(({ name }) => name),
      [...new Set(found?.map(({ name }) => name))],
    );
    assert.ok(found?.some(({ name }) => name === 'read_mail'));
    assert.equal(new OfferedTools(many, 3).around([many[2]?.id ?? '', 'else.yaml#find_mail']), null);
  });
});
