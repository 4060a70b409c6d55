import assert from 'node:assert/strict';
import type { Example } from '../../../../src/core/trial.ts';
import { exampleFormats } from '../../../../src/engine/exampleFormats/index.ts';
import { sampleTool } from '../../../helpers/corePorts.ts';
import { hostileTexts } from '../../../helpers/hostileTexts.ts';

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

/** Lines of Markdown that stand in no code block; asserts that every block is closed. */
function outsideFences(text: string): string[] {
  let fence: string | null = null;
  const outside = text.split('\n').filter((line) => {
    const mark: string | undefined = /^`{3,}/.exec(line)?.[0];
    if (fence === null && mark !== undefined) fence = mark;
    else if (fence === null) return true;
    else if (mark !== undefined && mark.length >= fence.length && line === mark) fence = null;
    return false;
  });
  assert.equal(fence, null);
  return outside;
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
        'Thought: I need add_date for this.',
        'Action: add_date',
        'Action Input: {"date":"2024-12-25","days":2}',
        'Observation: 2024-12-27',
        'Thought: I know the answer now.',
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

  it('objects: what a prompt needs, without provenance', () => {
    assert.deepEqual(JSON.parse(exampleFormats.objects([example()], tools)), [
      {
        query: 'What is two days after\nChristmas?',
        calls: [{ tool: 'add_date', arguments: { date: '2024-12-25', days: 2 }, observation: '2024-12-27' }],
        answer: 'The 27th.',
      },
    ]);
  });

  it('what the offline sampler invented carries a mark wherever one can be', () => {
    const made = example({ provenance: { ...example().provenance, languageModel: false } });
    assert.equal(JSON.parse(exampleFormats.openai([made], tools))[0].name, 'demonstration');
    assert.equal(JSON.parse(exampleFormats.objects([made], tools))[0].demonstration, true);
    for (const name of ['react', 'markdown'] as const) {
      assert.match(exampleFormats[name]([made], tools), /^\(Demonstration: invented by the offline sampler/m);
      assert.doesNotMatch(exampleFormats[name]([example()], tools), /Demonstration/);
    }
  });

  it('what a model played carries a mark wherever one can be', () => {
    const { provenance } = example();
    const played = example({ provenance: { ...provenance, simulated: true } });
    assert.equal(JSON.parse(exampleFormats.openai([played], tools))[0].name, 'simulated');
    assert.equal(JSON.parse(exampleFormats.objects([played], tools))[0].simulated, true);
    assert.equal(JSON.parse(exampleFormats.jsonl([played], tools)).provenance.simulated, true);
    for (const name of ['react', 'markdown'] as const) {
      assert.match(exampleFormats[name]([played], tools), /^\(Simulated: the results are those of a model/m);
      assert.doesNotMatch(exampleFormats[name]([example()], tools), /Simulated/);
    }
    const both = example({ provenance: { ...provenance, languageModel: false, simulated: true } });
    assert.match(JSON.parse(exampleFormats.openai([both], tools))[0].name, /^[a-zA-Z0-9_-]+$/);
    assert.match(exampleFormats.markdown([both], tools), /\(Demonstration: .* Simulated: /);
  });

  it('an observation of a megabyte is cut in every form for prompts', () => {
    const calls = [{ tool: tool.id, arguments: {}, observation: 'x'.repeat(1 << 20) }];
    for (const name of ['openai', 'objects', 'react', 'markdown'] as const) {
      assert.ok(exampleFormats[name]([example({ calls })], tools).length < 1500, name);
    }
  });

  describe('are inert whatever tools and models said', () => {
    const hostile = (text: string): Example =>
      example({
        query: text,
        answer: text,
        calls: [{ tool: tool.id, arguments: { [text.slice(0, 50)]: text }, observation: text }],
      });
    const unseen = /(?!\n)\p{Cc}|[\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\p{Cs}]/u;

    for (const [index, text] of hostileTexts.entries()) {
      it(`text ${index + 1}: ${JSON.stringify(text.slice(0, 30))}`, () => {
        const messages = JSON.parse(exampleFormats.openai([hostile(text)], tools));
        assert.equal(messages[0].content, text);
        assert.equal(JSON.parse(exampleFormats.objects([hostile(text)], tools))[0].answer, text);
        for (const format of Object.values(exampleFormats)) {
          if (format !== exampleFormats.jsonl) assert.doesNotMatch(format([hostile(text)], tools), unseen);
        }
        const lines = exampleFormats
          .react([hostile(text)], tools)
          .trimEnd()
          .split('\n');
        const labels = lines.filter((line) => !line.startsWith('  ')).map((line) => line.split(':')[0]);
        assert.deepEqual(labels, [
          ...['User Query', 'Thought', 'Action', 'Action Input', 'Observation', 'Thought', 'Final Answer'],
        ]);
        const outside = outsideFences(exampleFormats.markdown([hostile(text)], tools));
        assert.equal(outside.filter((line) => line.startsWith('#')).length, 1);
        assert.doesNotMatch(outside.join('\n'), /(?<!\\)[<[*]|^\s*(?:>|-|\||\d\.)/m);
      });
    }
  });

  it('nothing is nothing', () => {
    assert.equal(exampleFormats.openai([], tools), '[]\n');
    assert.equal(exampleFormats.anthropic([], tools), '[]\n');
    assert.equal(exampleFormats.objects([], tools), '[]\n');
    for (const name of ['react', 'markdown', 'jsonl'] as const)
      assert.equal(exampleFormats[name]([], tools), '');
  });
});

describe('Calls that failed, beside the one that worked', () => {
  const failed = example({
    contrasts: [
      {
        tool: tool.id,
        arguments: { date: '25 December', days: 2 },
        failure: { type: 'rejected', message: 'date must be\n`YYYY-MM-DD`' },
      },
    ],
  });

  it('markdown: not this, and why; then this', () => {
    const text = exampleFormats.markdown([failed], tools);
    assert.match(
      text,
      /Not this \(date must be \\`YYYY-MM-DD\\`\):\n\n```json\n\{\n {2}"date": "25 December"/,
    );
    assert.match(text, /```\n\nThis: call `add_date`:\n\n```json\n\{\n {2}"date": "2024-12-25"/);
    assert.equal(
      exampleFormats.markdown([failed], tools, { contrasts: false }),
      exampleFormats.markdown([example()], tools),
    );
  });

  it('react: before the query, as what is no part of the protocol', () => {
    const [first, second] = exampleFormats.react([failed], tools).split('\n');
    assert.equal(first, '(Not this: add_date {"date":"25 December","days":2} (date must be `YYYY-MM-DD`))');
    assert.match(second ?? '', /^User Query: /);
  });

  it('openai: only when asked for, as a call with its error before the one that works', () => {
    assert.equal(exampleFormats.openai([failed], tools), exampleFormats.openai([example()], tools));
    const messages = JSON.parse(exampleFormats.openai([failed], tools, { contrasts: true }));
    const roles = messages.map(({ role }: { role: string }) => role);
    assert.deepEqual(roles, ['user', 'assistant', 'tool', 'assistant', 'tool', 'assistant']);
    assert.deepEqual(messages[2], {
      role: 'tool',
      tool_call_id: 'call_1',
      content: 'Error: date must be `YYYY-MM-DD`',
    });
  });

  it('objects: only when asked for; anthropic: never, since its examples have to be valid', () => {
    assert.equal(exampleFormats.objects([failed], tools), exampleFormats.objects([example()], tools));
    const [one] = JSON.parse(exampleFormats.objects([failed], tools, { contrasts: true }));
    assert.deepEqual(one.notThis, [
      { tool: 'add_date', arguments: { date: '25 December', days: 2 }, why: 'date must be `YYYY-MM-DD`' },
    ]);
    assert.equal(
      exampleFormats.anthropic([failed], tools, { contrasts: true }),
      exampleFormats.anthropic([example()], tools),
    );
  });

  it('stay what they are, whatever a tool has said', () => {
    for (const hostile of hostileTexts) {
      const one = example({
        contrasts: [
          { tool: tool.id, arguments: { a: hostile }, failure: { type: 'rejected', message: hostile } },
        ],
      });
      const lines = exampleFormats.react([one], tools).split('\n');
      assert.equal(lines.filter((line) => line.startsWith('(Not this: ')).length, 1);
      const own = lines.slice(1).filter((line) => !line.startsWith('  '));
      assert.equal(
        own.filter((line) => /^(?:Action|Final Answer|User Query):/.test(line)).length,
        3,
        hostile,
      );
      const outside = outsideFences(exampleFormats.markdown([one], tools));
      assert.equal(outside.filter((line) => line.startsWith('#')).length, 1);
      assert.doesNotThrow(() => JSON.parse(exampleFormats.openai([one], tools, { contrasts: true })));
    }
  });
});

describe('Examples in which nothing is called', () => {
  const nearMiss = example({
    kind: 'near_miss',
    calls: [],
    query: 'How old is Christmas?',
    answer: 'No date to add to.',
  });
  const missing = example({
    kind: 'missing_value',
    calls: [],
    query: 'What is two days later?',
    answer: 'From which day?',
  });

  it('markdown says so, and what to answer', () => {
    const text = exampleFormats.markdown([nearMiss, missing], tools);
    assert.match(text, /No call: add_date is not meant for this\.\n\nAnswer: No date to add to\./);
    assert.match(
      text,
      /No call yet: a value that add_date needs is missing, so it is asked for\.\n\nAnswer: From/,
    );
  });

  it('react thinks so, and answers', () => {
    const text = exampleFormats.react([missing], tools);
    assert.equal(
      text,
      'User Query: What is two days later?\nThought: A value that add_date needs is missing, so I ask for it.\nFinal Answer: From which day?\n',
    );
    assert.doesNotMatch(exampleFormats.react([nearMiss], tools), /Action/);
  });

  it('openai answers in text, also where no answer is kept', () => {
    const silent = example({ kind: 'near_miss', calls: [], query: 'Q', answer: null });
    assert.deepEqual(JSON.parse(exampleFormats.openai([missing, silent], tools)), [
      { role: 'user', content: 'What is two days later?' },
      { role: 'assistant', content: 'From which day?' },
      { role: 'user', content: 'Q' },
      { role: 'assistant', content: 'None of the tools is meant for this.' },
    ]);
  });

  it('objects name their kind; anthropic has no place for them; jsonl keeps them whole', () => {
    const [one] = JSON.parse(exampleFormats.objects([nearMiss], tools));
    assert.deepEqual([one.kind, one.calls], ['near_miss', []]);
    assert.equal(exampleFormats.anthropic([nearMiss], tools), '[]\n');
    assert.deepEqual(JSON.parse(exampleFormats.jsonl([nearMiss], tools)), nearMiss);
  });
});
