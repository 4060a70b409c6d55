import assert from 'node:assert/strict';
import type { Example } from '../../../../src/core/trial.ts';
import { exampleFormats } from '../../../../src/engine/exampleFormats/index.ts';
import { sampleTool } from '../../../helpers/corePorts.ts';

const tool = sampleTool();
const tools = new Map([[tool.id, tool]]);

function example(parts: Partial<Example> = {}): Example {
  return {
    id: 't1',
    tool: tool.id,
    query: 'What is two days after\nChristmas?',
    calls: [{ tool: tool.id, arguments: { date: '2024-12-25', days: 2 }, observation: '2024-12-27' }],
    answer: 'The 27th.',
    verification: 'unverified',
    provenance: {
      model: 'm',
      languageModel: true,
      runId: 'r',
      trialId: 't1',
      seed: 1,
      specHash: 'x',
      judge: null,
      edited: false,
    },
    ...parts,
  };
}

describe('forms of examples', () => {
  it('openai: messages whose tool calls have results, with ids of their own', () => {
    const twice = example({ calls: [...example().calls, ...example().calls], answer: null });
    const messages = JSON.parse(exampleFormats.openai([example(), twice], tools));
    assert.deepEqual(messages.slice(0, 4), [
      { role: 'user', content: 'What is two days after\nChristmas?' },
      {
        role: 'assistant',
        content: '',
        tool_calls: [
          {
            id: 'call_1',
            type: 'function',
            function: { name: 'add_date', arguments: '{"date":"2024-12-25","days":2}' },
          },
        ],
      },
      { role: 'tool', tool_call_id: 'call_1', content: '2024-12-27' },
      { role: 'assistant', content: 'The 27th.' },
    ]);
    const ids = messages.flatMap(
      (m: { tool_calls?: { id: string }[] }) => m.tool_calls?.map(({ id }) => id) ?? [],
    );
    assert.deepEqual(ids, ['call_1', 'call_2', 'call_3']);
    assert.equal(messages.at(-1).role, 'tool');
  });

  it('anthropic: each tool once, each input once', () => {
    const again = example({
      calls: [{ tool: tool.id, arguments: { days: 2, date: '2024-12-25' }, observation: 'x' }],
    });
    const gone = example({ calls: [{ tool: 'old.yaml#gone', arguments: {}, observation: '' }] });
    assert.deepEqual(JSON.parse(exampleFormats.anthropic([example(), again, gone], tools)), [
      {
        name: 'add_date',
        description: tool.description,
        input_schema: tool.parameters,
        input_examples: [{ date: '2024-12-25', days: 2 }],
      },
      { name: 'gone', input_examples: [{}] },
    ]);
  });

  it('react: the text protocol', () => {
    assert.equal(
      exampleFormats.react([example({ query: 'Two days after Christmas?' })], tools),
      [
        'User Query: Two days after Christmas?',
        'Action: add_date',
        'Action Input: {"date":"2024-12-25","days":2}',
        'Observation: 2024-12-27',
        'Final Answer: The 27th.',
        '',
      ].join('\n'),
    );
  });

  it('markdown: a fence that the content cannot close, long results cut', () => {
    const calls = [{ tool: tool.id, arguments: {}, observation: '```\nx'.padEnd(2000, 'y') }];
    const text = exampleFormats.markdown([example({ calls })], tools);
    assert.match(text, /^### What is two days after Christmas\?\n\nCall `add_date`:\n\n```json\n\{\}\n```\n/);
    assert.match(text, /\n````\n```\nxy+…\n````\n\nAnswer: The 27th\.\n$/);
    assert.ok(text.length < 900);
  });

  it('jsonl: whole examples, one a line', () => {
    const lines = exampleFormats
      .jsonl([example(), example({ id: 't2' })], tools)
      .trimEnd()
      .split('\n');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      [example(), example({ id: 't2' })],
    );
  });

  it('nothing is nothing', () => {
    assert.equal(exampleFormats.openai([], tools), '[]\n');
    assert.equal(exampleFormats.anthropic([], tools), '[]\n');
    for (const name of ['react', 'markdown', 'jsonl'] as const)
      assert.equal(exampleFormats[name]([], tools), '');
  });
});
