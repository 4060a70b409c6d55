import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Example } from '../../../../src/core/trial.ts';
import { conversationOf } from '../../../../src/engine/training/conversation.ts';
import { dataFormats, type Row } from '../../../../src/engine/training/formats/index.ts';
import { jsonLinesFile } from '../../../../src/engine/training/formats/jsonLines.ts';
import { failedOn, pairsOf } from '../../../../src/engine/training/pairs.ts';
import type { Loss } from '../../../../src/engine/training/turns.ts';
import { trainingExamples, trainingTool, trainingTools } from '../../../helpers/trainingExamples.ts';
import { readAxolotl } from '../../../helpers/trainingReaders/axolotl.ts';
import {
  readAnthropic,
  readBfcl,
  readDspy,
  readPromptfoo,
} from '../../../helpers/trainingReaders/foreign.ts';
import { readLlamaFactory } from '../../../helpers/trainingReaders/llamaFactory.ts';
import { readMistral } from '../../../helpers/trainingReaders/mistral.ts';
import { readOpenai, readOpenaiPreferences } from '../../../helpers/trainingReaders/openai.ts';
import type { ReadRow } from '../../../helpers/trainingReaders/reading.ts';
import { readPromptCompletion, readTrl, readTrlPreferences } from '../../../helpers/trainingReaders/trl.ts';

type Name = keyof typeof dataFormats;

/** The files of examples in a format, by their names. */
async function filesOf(
  name: Name,
  path: string,
  { examples = trainingExamples, loss = 'all' as Loss } = {},
): Promise<Map<string, string>> {
  const format = dataFormats[name];
  const rows = examples.flatMap((example): Row[] => {
    const conversation = conversationOf(example, trainingTool);
    const pairs = pairsOf(
      example,
      conversation,
      failedOn(example, [], []),
      (id) => trainingTool(id)?.name ?? null,
    );
    return format.rows({ conversation, pairs }, { loss });
  });
  const tools = trainingTools.map(({ name: called, description, parameters }) => ({
    name: called,
    description,
    parameters: { type: 'object', properties: {}, ...parameters },
  }));
  const around = { side: 'train', trainPath: path, tools, read: async () => null } as const;
  const files = (await format.files?.(rows, path, around)) ?? [jsonLinesFile(rows, path, name)];
  return new Map(files.map((file) => [basename(file.path), [...file.text].join('')]));
}

async function fileOf(name: Name, options?: Parameters<typeof filesOf>[2]): Promise<string> {
  return (await filesOf(name, '/data/train.jsonl', options)).get('train.jsonl') ?? '';
}

/** What a reader has to find of an example: all of it. */
function expected(example: Example, learned: number): ReadRow {
  const called = example.calls.map(({ tool }) => tool);
  const offered = new Set([example.tool, ...called].map((id) => trainingTool(id)?.name ?? ''));
  return {
    query: example.query,
    calls: example.calls.map((call, index) => ({
      name: trainingTool(call.tool)?.name ?? '',
      arguments: call.arguments,
      result: example.answer === null && index === example.calls.length - 1 ? null : call.observation,
    })),
    answer: example.answer,
    learned,
    tools: [...offered].sort(),
  };
}

function turns({ calls, answer }: Example): number {
  return calls.length + (answer === null ? 0 : 1);
}

const whole = trainingExamples.map((example) => expected(example, turns(example)));

describe('Training data is read back by readers of their own', () => {
  it('OpenAI and Azure', async () => {
    assert.deepEqual(readOpenai(await fileOf('openai')), whole);
  });

  it('TRL and Unsloth', async () => {
    assert.deepEqual(readTrl(await fileOf('trl')), whole);
  });

  it('Axolotl, by the configuration that is written beside', async () => {
    const files = await filesOf('axolotl', '/data/train.jsonl');
    assert.deepEqual(readAxolotl(files, 'train.axolotl.yml', 'datasets'), whole);
  });

  it('LLaMA-Factory, by its entry in dataset_info.json', async () => {
    assert.deepEqual(readLlamaFactory(await filesOf('llama-factory', '/data/train.jsonl'), 'train'), whole);
  });

  it('Mistral: a row a turn, of which the last message alone is learned', async () => {
    const rows = readMistral(await fileOf('mistral'));
    assert.ok(rows.every(({ learned }) => learned === 1));
    // Together, the rows of an example learn each of its turns; the longest of them is all of it.
    for (const example of trainingExamples) {
      const own = rows.filter(({ query }) => query === example.query);
      assert.equal(own.length, turns(example));
      assert.deepEqual(own.at(-1), expected(example, 1));
      assert.deepEqual(
        own.slice(0, example.calls.length).map(({ calls }) => calls.at(-1)?.arguments),
        example.calls.map((call) => call.arguments),
      );
    }
  });

  it('the paper’s own: a row for each call, one for the answer', async () => {
    const rows = readPromptCompletion(await fileOf('paper'));
    assert.equal(
      rows.length,
      trainingExamples.reduce((sum, example) => sum + turns(example), 0),
    );
    const [first, second, third] = rows.filter(({ prompt }) => prompt.includes('a week from today'));
    assert.equal(first?.completion, 'Action: today\nAction Input: {}');
    assert.match(first?.prompt ?? '', /User Query: Which day is a week from today\?\n$/);
    assert.equal(second?.completion, 'Action: add_date\nAction Input: {"date":"2026-11-26","days":7}');
    assert.match(second?.prompt ?? '', /\nAction: today\nAction Input: \{\}\nObservation: 2026-11-26\n$/);
    assert.equal(third?.completion, 'Final Answer: A week from today is 2026-12-03.');
    assert.match(third?.prompt ?? '', /\nObservation: \{"date":"2026-12-03"\}\n$/);
  });

  it('preference pairs of TRL and of OpenAI say the same', async () => {
    const pairs = readTrlPreferences(await fileOf('dpo'));
    assert.deepEqual(pairs, [
      {
        query: 'Which day is ten days after 2024-02-20?',
        before: 0,
        chosen: { name: 'add_date', arguments: { date: '2024-02-20', days: 10 } },
        rejected: { name: 'add_date', arguments: { date: '20.02.2024', days: 10 } },
      },
    ]);
    assert.deepEqual(readOpenaiPreferences(await fileOf('openai-dpo')), pairs);
  });

  it('preference pairs stand at the call that mended the failed one, after the calls before it', () => {
    const tool = 'tools.json#add_date';
    const call = (days: number) => ({ tool, arguments: { date: '2024-02-20', days } });
    const example: Example = {
      ...(trainingExamples[0] as Example),
      calls: [1, 2].map((days) => ({ ...call(days), observation: `day ${days}` })),
      contrasts: [{ ...call(-2), failure: { type: 'rejected', message: 'no' } }],
    };
    const fix = {
      tool,
      trialId: 'e1',
      failed: call(-2),
      failure: { type: 'rejected' as const, message: 'no' },
      worked: call(2),
      changed: ['/days'],
      sentence: 'Days count forward.',
    };
    const siblings = [call(-3), call(-2), call(1), { tool: 'gone', arguments: {} }];
    const conversation = conversationOf(example, trainingTool);
    const pairs = pairsOf(
      example,
      conversation,
      failedOn(example, [fix], siblings),
      (id) => trainingTool(id)?.name ?? null,
    );
    assert.deepEqual(
      pairs.map(({ before, chosen, rejected }) => [
        before.length,
        chosen.call.arguments.days,
        rejected.call.arguments.days,
      ]),
      [
        [1, 2, -2],
        [0, 1, -3],
      ],
    );
    // A paraphrase was never tried: the fix of its trial belongs to the example that it says in other words.
    assert.deepEqual(failedOn({ ...example, contrasts: [], paraphraseOf: 'e0' }, [fix], []), []);
  });

  it('BFCL: one call a question; defaults may be left out', async () => {
    const files = await filesOf('bfcl', '/data/bfcl.jsonl');
    const questions = readBfcl(files.get('bfcl.jsonl') ?? '', files.get('bfcl.answers.jsonl') ?? '');
    const kept = trainingExamples.filter(({ calls }) => calls.length < 2);
    assert.deepEqual(
      questions.map(({ query }) => query),
      kept.map(({ query }) => query),
    );
    assert.deepEqual(questions[0]?.truth, [
      { name: 'add_date', arguments: { date: ['2024-02-20'], days: [10], calendar: ['', 'iso'] } },
    ]);
    assert.deepEqual(questions[2]?.truth, [
      {
        name: 'find_place',
        arguments: {
          name: ['Café {{name}} 🍵'],
          near: [{ lat: [47.5], lon: [7.6] }],
          kinds: [['bar', 'pub']],
        },
      },
    ]);
    assert.deepEqual(
      questions.slice(3).map(({ truth }) => truth),
      [null, null],
    );
  });

  for (const ending of ['yaml', 'json']) {
    it(`promptfoo as ${ending}: each test passes for its own call and for no other`, async () => {
      const files = await filesOf('promptfoo', `/data/promptfoo.${ending}`);
      const { tests, tools } = readPromptfoo(files.get(`promptfoo.${ending}`) ?? '');
      assert.deepEqual(
        tools,
        trainingTools.map(({ name }) => name),
      );
      assert.deepEqual(
        tests.map(({ query }) => query),
        trainingExamples.map(({ query }) => query),
      );
      for (const [index, example] of trainingExamples.entries()) {
        const call = example.calls[0];
        const test = tests[index];
        const name = trainingTool(call?.tool ?? '')?.name ?? 'add_date';
        const given = JSON.stringify(call?.arguments ?? { date: '2024-01-01', days: 1 });
        const openai = [{ id: 'x', type: 'function', function: { name, arguments: given } }];
        const responses = `{"type":"function_call","name":${JSON.stringify(name)},"arguments":${JSON.stringify(given)}}`;
        const messages = `I will call it.\n{"type":"tool_use","id":"t","name":${JSON.stringify(name)},"input":${given}}`;
        for (const output of [openai, responses, messages])
          assert.equal(test?.passes(output), call !== undefined, example.id);
        assert.equal(test?.passes('The answer is 7.'), call === undefined);
        assert.equal(test?.passes([{ ...openai[0], function: { name, arguments: '{"date":"x"}' } }]), false);
        assert.equal(test?.passes([{ ...openai[0], function: { name: 'other', arguments: given } }]), false);
      }
    });
  }

  it('DSPy: inputs and labels', async () => {
    const read = readDspy(await fileOf('dspy'));
    assert.deepEqual(
      read.map(({ inputs }) => inputs.question),
      trainingExamples.map(({ query }) => query),
    );
    assert.deepEqual(read[2]?.labels.tool_calls, {
      tool_calls: [
        { name: 'today', args: {} },
        { name: 'add_date', args: { date: '2026-11-26', days: 7 } },
      ],
    });
    assert.equal(read[4]?.labels.answer, 'A leap year has 366 days.');
  });

  it('Anthropic: arguments that worked, each once', async () => {
    const files = await filesOf('anthropic', '/data/tools.json');
    const tools = readAnthropic(files.get('tools.json') ?? '');
    assert.deepEqual([...tools.keys()], ['add_date', 'find_place', 'today']);
    assert.deepEqual(tools.get('add_date'), [
      { date: '2024-02-20', days: 10 },
      { date: '2026-11-26', days: 7 },
    ]);
    assert.deepEqual(tools.get('today'), [{}]);
  });
});

describe('Training data: what is learned', () => {
  const calls = { loss: 'calls' as Loss };

  it('with --loss calls an answer after a call has weight 0, or is left out where there are no weights', async () => {
    const learned = trainingExamples.map(({ calls: made }) => Math.max(1, made.length));
    assert.deepEqual(
      readOpenai(await fileOf('openai', calls)).map((row) => row.learned),
      learned,
    );
    const axolotl = readAxolotl(
      await filesOf('axolotl', '/data/train.jsonl', calls),
      'train.axolotl.yml',
      'datasets',
    );
    assert.deepEqual(
      axolotl.map((row) => row.learned),
      learned,
    );
    const trl = readTrl(await fileOf('trl', calls));
    assert.deepEqual(
      trl.map((row) => row.learned),
      learned,
    );
    assert.deepEqual(
      trl.map(({ answer }) => answer !== null),
      [false, false, false, false, true, true],
    );
    assert.equal(
      readMistral(await fileOf('mistral', calls)).length,
      learned.reduce((a, b) => a + b),
    );
  });

  it('ids are nine letters and digits, the same each time and different within a row', async () => {
    const first = await fileOf('mistral');
    assert.equal(first, await fileOf('mistral'));
    const many = {
      ...(trainingExamples[0] as Example),
      calls: Array.from({ length: 100 }, (_, days) => ({
        tool: 'tools.json#add_date',
        arguments: { date: '2024-02-20', days },
        observation: 'ok',
      })),
    };
    const [row] = readTrl(await fileOf('trl', { examples: [many] }));
    assert.equal(row?.calls.length, 100);
  });

  it('an observation is cut where a model would not have been shown more', async () => {
    const [example] = trainingExamples as [Example];
    const long = {
      ...example,
      calls: example.calls.map((call) => ({ ...call, observation: '🍵'.repeat(5000) })),
    };
    const [row] = readTrl(await fileOf('trl', { examples: [long] }));
    assert.equal(row?.calls[0]?.result, `${'🍵'.repeat(2048)}…`);
  });

  it('what cannot be seen is written as an escape', async () => {
    for (const name of ['openai', 'trl', 'mistral', 'llama-factory', 'dspy'] as const)
      assert.ok(!(await fileOf(name)).includes('\u202e'), name);
    for (const ending of ['yaml', 'json']) {
      const [[, text] = []] = await filesOf('promptfoo', `/data/promptfoo.${ending}`);
      assert.ok(!text?.includes('\u202e') && text?.includes('\\u202e'), ending);
    }
  });
});

describe('Training data: goldens', () => {
  const golden = (file: string) =>
    fileURLToPath(new URL(`../../../fixtures/training/${file}`, import.meta.url));
  const paths: Record<Name, string> = {
    openai: 'openai.jsonl',
    trl: 'trl.jsonl',
    axolotl: 'axolotl.jsonl',
    'llama-factory': 'llama_factory.jsonl',
    mistral: 'mistral.jsonl',
    paper: 'paper.jsonl',
    dpo: 'dpo.jsonl',
    'openai-dpo': 'openai_dpo.jsonl',
    promptfoo: 'promptfoo.yaml',
    bfcl: 'bfcl.jsonl',
    dspy: 'dspy.jsonl',
    anthropic: 'anthropic.json',
  };
  for (const [name, path] of Object.entries(paths) as [Name, string][]) {
    it(name, async () => {
      for (const [file, text] of await filesOf(name, `/data/${path}`)) {
        // A missing one is written on a person's machine, and is an error where nobody would look at it.
        if (!existsSync(golden(file)) && process.env.CI === undefined) writeFileSync(golden(file), text);
        assert.equal(text, readFileSync(golden(file), 'utf8'), file);
      }
    });
  }
});
