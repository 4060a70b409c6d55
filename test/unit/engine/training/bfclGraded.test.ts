import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrainingTool } from '../../../../src/core/exploit/training/candidates.ts';
import type { JsonObject } from '../../../../src/core/json.ts';
import { conversationOf } from '../../../../src/engine/training/conversation.ts';
import { dataFormats, type Row } from '../../../../src/engine/training/formats/index.ts';
import { runCli } from '../../../helpers/testCli.ts';
import { trainingExample, trainingExamples, trainingTool } from '../../../helpers/trainingExamples.ts';

const awkward: TrainingTool = {
  id: 'tools.json#awkward',
  name: 'awkward',
  description: 'Takes everything.',
  parameters: {
    type: 'object',
    properties: {
      either: { type: ['string', 'number', 'null'] },
      anything: {},
      list: { type: 'array', items: { type: 'object', properties: { n: { type: 'number' } } } },
      deep: {
        type: 'object',
        properties: { inner: { type: 'object', properties: { ok: { type: 'boolean' } } } },
      },
      empty: { type: 'array' },
      rate: { type: 'number', default: 1 },
      note: { type: 'string', default: 'none' },
    },
    required: ['either'],
  },
  source: { path: 'tools.json', line: 1, column: 1 },
  specHash: 'aaaa000000000004',
};

function awkwardExample(id: string, given: JsonObject) {
  const calls = [{ tool: awkward.id, arguments: given, observation: 'ok' }];
  return trainingExample({ id, tool: awkward.id, query: `Do it, ${id}.`, calls });
}

const examples = [
  ...trainingExamples.filter(({ calls }) => calls.length < 2),
  awkwardExample('texts', { either: 'text', anything: 'x' }),
  awkwardExample('numbers', { either: 2, anything: 1.5, rate: 3 }),
  awkwardExample('lists', { either: 1, list: [{ n: 1 }, { n: 2.5 }], empty: [] }),
  awkwardExample('deep', { either: 'a', anything: true, deep: { inner: { ok: false } }, rate: 1 }),
  awkwardExample('object', { either: 'a', anything: { a: [1, 2], b: { c: 'd' } } }),
];

describe('BFCL rows, graded by the strict grader', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'imaginarium-bfcl-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function grade(answer: (given: JsonObject, index: number) => JsonObject) {
    const tool = (id: string) => (id === awkward.id ? awkward : trainingTool(id));
    const rows = examples.flatMap((example): Row[] =>
      dataFormats.bfcl.rows({ conversation: conversationOf(example, tool), pairs: [] }, { loss: 'all' }),
    );
    const path = join(folder, 'bfcl.jsonl');
    const around = { side: 'train' as const, trainPath: path, tools: [], read: async () => null };
    const files = (await dataFormats.bfcl.files?.(rows, path, around)) ?? [];
    for (const file of files) writeFileSync(file.path, [...file.text].join(''));
    const lines = [...(files[0]?.text ?? [])].join('').trimEnd().split('\n');
    const ids = lines.map((line) => (JSON.parse(line) as { id: string }).id);
    const predictions = examples.map(({ calls, answer: said }, index) => {
      const [call] = calls;
      const name = call && tool(call.tool)?.name;
      const result = call ? [{ [name ?? '']: answer(call.arguments, index) }] : said;
      return JSON.stringify({ id: ids[index], result });
    });
    writeFileSync(join(folder, 'answers.jsonl'), `${predictions.join('\n')}\n`);
    const done = await runCli(
      ['grade', '--predictions', 'answers.jsonl', '--data', 'bfcl.jsonl', '--grader', 'strict', '--json'],
      { cwd: folder },
    );
    assert.equal(done.code, 0, done.said);
    return JSON.parse(done.out) as { n: number; correct: number; failures: Record<string, number> };
  }

  it('the calls themselves are all right', async () => {
    const { n, correct, failures } = await grade((given) => given);
    assert.deepEqual({ n, correct, failures }, { n: examples.length, correct: 100, failures: {} });
  });

  it('what has a default may be left out, or be said', async () => {
    const { correct, failures } = await grade(({ rate, ...given }) =>
      rate === undefined || rate === 1
        ? 'either' in given
          ? { ...given, note: 'none' }
          : given
        : { ...given, rate },
    );
    assert.deepEqual({ correct, failures }, { correct: 100, failures: {} });
  });

  it('other values, and arguments too many, are wrong', async () => {
    const called = examples.filter(({ calls }) => calls.length > 0).length;
    const { n, failures } = await grade((given) => ({ ...given, more: 1 }));
    assert.deepEqual([n, failures], [examples.length, { unexpected_argument: called }]);
  });
});
