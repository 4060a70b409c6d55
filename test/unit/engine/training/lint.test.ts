import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lintFile, lintFormats } from '../../../../src/engine/training/lint/lintFile.ts';
import type { Finding } from '../../../../src/engine/training/lint/report.ts';
import { ArgumentCheck } from '../../../../src/tools/schema/argumentCheck.ts';

const golden = (file: string) =>
  fileURLToPath(new URL(`../../../fixtures/training/${file}`, import.meta.url));

type Row = Record<string, unknown>;

/** A part of a row that is an object. */
function part(row: Row, ...path: (string | number)[]): Row {
  return path.reduce<unknown>((value, key) => (value as Row)[key], row) as Row;
}

/** A part of a row that is a list. */
function list(row: Row, ...path: (string | number)[]): Row[] {
  return part(row, ...path) as unknown as Row[];
}

describe('Linter of training data', function () {
  this.timeout(20_000);
  let folder: string;
  let check: ArgumentCheck;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'imaginarium-lint-'));
    check = new ArgumentCheck(() => {});
  });
  after(async () => {
    await check.dispose();
    rmSync(folder, { recursive: true });
  });

  async function lint(path: string, options: { format?: string; maxTokens?: number } = {}) {
    const findings: Finding[] = [];
    const result = await lintFile(path, {
      ...options,
      checkArguments: (tool, args) => check.check(tool, args),
      found: (finding) => findings.push(finding),
    });
    return { ...result, findings };
  }

  async function lintText(
    text: string,
    options: { format?: string; name?: string; maxTokens?: number } = {},
  ) {
    const path = join(folder, options.name ?? 'file.jsonl');
    writeFileSync(path, text);
    const { name: _, ...rest } = options;
    return lint(path, rest);
  }

  /** What is said of the first row of a golden after a change. */
  async function afterChange(
    file: string,
    format: string,
    change: (row: Row) => unknown,
    row = 0,
  ): Promise<string[]> {
    const rows = readFileSync(golden(file), 'utf8').trimEnd().split('\n');
    const changed = JSON.parse(rows[row] ?? '') as Row;
    change(changed);
    const { findings } = await lintText(`${JSON.stringify(changed)}\n`, { format });
    return findings
      .filter(({ severity }) => severity === 'error')
      .map(({ line, field, message }) => `${line} ${field}: ${message}`);
  }

  for (const [file, format] of [
    ['openai.jsonl', 'openai'],
    ['trl.jsonl', 'trl'],
    ['axolotl.jsonl', 'axolotl'],
    ['llama_factory.jsonl', 'llama-factory'],
    ['mistral.jsonl', 'mistral'],
    ['paper.jsonl', 'paper'],
    ['dpo.jsonl', 'dpo'],
    ['openai_dpo.jsonl', 'openai-dpo'],
    ['bfcl.jsonl', 'bfcl'],
    ['bfcl.answers.jsonl', 'bfcl-answers'],
    ['dspy.jsonl', 'dspy'],
    ['promptfoo.yaml', 'promptfoo'],
    ['anthropic.json', 'anthropic'],
  ] as const) {
    it(`recognises ${format} and finds nothing wrong with what is exported`, async () => {
      const result = await lint(golden(file));
      assert.equal(result.format, format);
      assert.deepEqual(
        result.findings.filter(({ severity }) => severity === 'error'),
        [],
      );
      assert.ok(result.rows > 0);
      assert.ok(lintFormats.includes(format));
    });
  }

  it('arguments: a text where it has to be one, an object where not', async () => {
    const call = (row: Row) => part(row, 'messages', 1, 'tool_calls', 0, 'function');
    const parse = (row: Row) => Object.assign(call(row), { arguments: { date: '2024-02-20', days: 1 } });
    const field = '1 messages[1].tool_calls[0].function.arguments';
    assert.match(
      (await afterChange('openai.jsonl', 'openai', parse))[0] ?? '',
      /^1 messages\[1\]\.tool_calls\[0\]\.function\.arguments: it is an object, write it as a JSON text/,
    );
    assert.match((await afterChange('mistral.jsonl', 'mistral', parse))[0] ?? '', /write it as a JSON text/);
    const text = (row: Row) => Object.assign(call(row), { arguments: '{"date":"2024-02-20","days":1}' });
    assert.deepEqual(await afterChange('trl.jsonl', 'trl', text), [
      `${field}: it is a text, write it as an object: {"date":"2024-02-20","days":1}`,
    ]);
    const broken = (row: Row) => Object.assign(call(row), { arguments: '{"date": ' });
    assert.deepEqual(await afterChange('openai.jsonl', 'openai', broken), [
      `${field}: "{\\"date\\": " is no JSON, write the JSON text of an object`,
    ]);
  });

  it('arguments that do not fit the schema', async () => {
    const wrong = (row: Row) =>
      Object.assign(part(row, 'messages', 1, 'tool_calls', 0, 'function'), {
        arguments: '{"date":"2024-02-20","days":"ten"}',
      });
    const [said, ...more] = await afterChange('openai.jsonl', 'openai', wrong);
    assert.match(
      said ?? '',
      /^1 messages\[1\]\.tool_calls\[0\]\.function\.arguments: it does not fit the schema of the tool at \/days: .*integer/,
    );
    assert.deepEqual(more, []);
    const call = (row: Row) => part(row, 'conversations', 1);
    const turn = (row: Row) =>
      Object.assign(call(row), { value: '{"name":"add_date","arguments":{"date":"2024-02-20"}}' });
    assert.match(
      (await afterChange('llama_factory.jsonl', 'llama-factory', turn))[0] ?? '',
      /^1 conversations\[1\]\.value: it does not fit .* at \/days/,
    );
  });

  it('tools: missing, not declared, badly named', async () => {
    assert.deepEqual(await afterChange('trl.jsonl', 'trl', (row) => Reflect.deleteProperty(row, 'tools')), [
      '1 tools: it is missing, declare the tools that are called',
    ]);
    const other = (row: Row) =>
      Object.assign(part(row, 'messages', 1, 'tool_calls', 0, 'function'), { name: 'add_dates' });
    assert.deepEqual(await afterChange('openai.jsonl', 'openai', other), [
      '1 messages[1].tool_calls[0].function.name: "add_dates" is not among the tools of this row, declare it or name one that is',
    ]);
    const name = (row: Row) => Object.assign(part(row, 'tools', 0, 'function'), { name: 'add date' });
    assert.match(
      (await afterChange('openai.jsonl', 'openai', name, 4))[0] ?? '',
      /^1 tools\[0\]\.function\.name: "add date" is no legal name/,
    );
    const undescribed = (row: Row) =>
      Reflect.deleteProperty(part(row, 'tools', 0, 'function'), 'description');
    assert.match(
      (await afterChange('mistral.jsonl', 'mistral', undescribed))[0] ?? '',
      /^1 tools\[0\]\.function\.description: it is missing/,
    );
    const listed = (row: Row) => Object.assign(row, { tools: JSON.parse(row.tools as string) });
    assert.deepEqual(await afterChange('llama_factory.jsonl', 'llama-factory', listed), [
      '1 tools: it is a list, write the list of tools as a JSON text',
    ]);
  });

  it('ids: legal ones, and those of the call that is answered', async () => {
    const id = (value: string) => (row: Row) =>
      Object.assign(part(row, 'messages', 1, 'tool_calls', 0), { id: value });
    assert.deepEqual(await afterChange('mistral.jsonl', 'mistral', id('call_1')), [
      '1 messages[1].tool_calls[0].id: "call_1" is no legal id, write exactly nine letters and digits',
    ]);
    const [said] = await afterChange('openai.jsonl', 'openai', id('call_1'));
    assert.match(
      said ?? '',
      /^1 messages\[2\]\.tool_call_id: ".{9}" is the id of no open call, write "call_1"$/,
    );
  });

  it('roles: their order, and who is last', async () => {
    const cases: [string, (messages: Row[]) => unknown, RegExp][] = [
      [
        'the last is a tool',
        (all) => all.pop(),
        /^1 messages\[2\]\.role: the last message is "tool", end with/,
      ],
      [
        'a call is not answered',
        (all) => all.splice(2, 1),
        /^1 messages\[1\]\.tool_calls\[0\]: nobody answers this call/,
      ],
      [
        'a tool that nobody called',
        (all) => all.splice(1, 1),
        /^1 messages\[1\]\.role: a tool speaks that nobody has called/,
      ],
      ['the user is missing', (all) => all.shift(), /^1 messages\[0\]\.role: the assistant speaks before/],
      [
        'no such role',
        (all) => Object.assign(all[0] as Row, { role: 'human' }),
        /^1 messages\[0\]\.role: "human" is no role/,
      ],
      [
        'system in the middle',
        (all) => all.splice(1, 0, { role: 'system', content: 'x' }),
        /^1 messages\[1\]\.role: "system" stands first/,
      ],
    ];
    for (const [what, change, said] of cases) {
      const found = await afterChange('openai.jsonl', 'openai', (row) => change(list(row, 'messages')));
      assert.ok(
        found.some((one) => said.test(one)),
        `${what}: ${found.join('\n')}`,
      );
    }
  });

  it('contents and weights', async () => {
    const empty = (row: Row) => Object.assign(part(row, 'messages', 0), { content: ' ' });
    assert.deepEqual(await afterChange('openai.jsonl', 'openai', empty), [
      '1 messages[0].content: it is empty, write what the user says or leave the row out',
    ]);
    const silent = (row: Row) => Object.assign(part(row, 'messages', 3), { content: '' });
    assert.match(
      (await afterChange('trl.jsonl', 'trl', silent))[0] ?? '',
      /^1 messages\[3\]\.content: the assistant neither says nor calls anything/,
    );
    const both = (row: Row) => Object.assign(part(row, 'messages', 1), { content: 'I call.' });
    assert.match(
      (await afterChange('mistral.jsonl', 'mistral', both))[0] ?? '',
      /^1 messages\[1\]\.content: a message has either content or calls/,
    );
    const half = (row: Row) => Object.assign(part(row, 'messages', 1), { weight: 0.5 });
    assert.deepEqual(await afterChange('openai.jsonl', 'openai', half), [
      '1 messages[1].weight: write 0 or 1',
    ]);
    const none = (row: Row) =>
      list(row, 'messages').map((one) => one.weight !== undefined && Object.assign(one, { weight: 0 }));
    assert.match(
      (await afterChange('openai.jsonl', 'openai', none))[0] ?? '',
      /^1 messages: nothing of this row is learned/,
    );
    const more = (row: Row) => Object.assign(row, { metadata: { from: 'here' } });
    assert.match(
      (await afterChange('openai.jsonl', 'openai', more))[0] ?? '',
      /^1 metadata: this format has no such member/,
    );
    const unnamed = (row: Row) => Reflect.deleteProperty(part(row, 'messages', 2), 'name');
    assert.match(
      (await afterChange('trl.jsonl', 'trl', unnamed))[0] ?? '',
      /^1 messages\[2\]\.name: it is missing/,
    );
  });

  it('LLaMA-Factory: odd and even places, an even number of turns', async () => {
    const found = await afterChange('llama_factory.jsonl', 'llama-factory', (row) =>
      list(row, 'conversations').splice(2, 1),
    );
    assert.deepEqual(found, [
      '1 conversations: there are 3 turns, write an even number: it ends with what the model says',
      '1 conversations[2].from: "gpt" cannot stand at this place, write human or observation',
    ]);
  });

  it('preference: the two have to differ, and what was rejected may break the schema', async () => {
    assert.deepEqual(
      await afterChange('dpo.jsonl', 'dpo', (row) => Object.assign(row, { rejected: row.chosen })),
      ['1 rejected: it is the same as chosen, write what is worse or leave the row out'],
    );
    const days = (side: string) => (row: Row) =>
      Object.assign(part(row, side, 0, 'tool_calls', 0, 'function', 'arguments'), { days: 'ten' });
    assert.deepEqual(await afterChange('dpo.jsonl', 'dpo', days('rejected')), []);
    assert.match(
      (await afterChange('dpo.jsonl', 'dpo', days('chosen')))[0] ?? '',
      /^1 chosen\[0\]\.tool_calls\[0\]\.function\.arguments: it does not fit/,
    );
    const empty = (row: Row) => Object.assign(row, { non_preferred_output: [] });
    assert.match(
      (await afterChange('openai_dpo.jsonl', 'openai-dpo', empty))[0] ?? '',
      /^1 non_preferred_output: it is empty/,
    );
  });

  it('preference and prompt-completion in the other forms that TRL documents', async () => {
    const user = { role: 'user', content: 'What color is the sky?' };
    const says = (content: string) => ({ role: 'assistant', content });
    const cases: [object, string, string[]][] = [
      [{ prompt: 'The sky is', chosen: ' blue.', rejected: ' green.' }, 'dpo', []],
      [{ chosen: 'The sky is blue.', rejected: 'The sky is blue.' }, 'dpo', ['rejected']],
      [{ chosen: [user, says('Blue.')], rejected: [user, says('Green.')] }, 'dpo', []],
      [{ chosen: [user, says('Blue.')], rejected: [user] }, 'dpo', ['rejected[0].role']],
      [{ prompt: 'The sky is', completion: ' blue.' }, 'prompt-completion', []],
      [{ prompt: [user], completion: [says('Blue.')] }, 'prompt-completion', []],
      [{ prompt: 'The sky is', completion: '' }, 'prompt-completion', ['completion']],
    ];
    for (const [row, wanted, fields] of cases) {
      const { format, findings } = await lintText(`${JSON.stringify(row)}\n`);
      const errors = findings.filter(({ severity }) => severity === 'error').map(({ field }) => field);
      assert.deepEqual([format, errors], [wanted, fields], JSON.stringify(row));
    }
  });

  it('lines: which one is no JSON, which one stands there twice, which is longer than the trainer takes', async () => {
    const row = readFileSync(golden('openai.jsonl'), 'utf8').split('\n')[0] ?? '';
    const { findings, rows } = await lintText(`${row}\n\n{"messages": \n${row}\n[1]\n`);
    assert.equal(rows, 4);
    assert.deepEqual(
      findings.map(({ line, severity, message }) => [line, severity, message.replace(/\(.*\)/, '()')]),
      [
        [3, 'error', 'it is no JSON (), write one JSON object a line'],
        [4, 'warning', 'it is the same as line 1, leave one out'],
        [5, 'error', 'it is a list, write a JSON object'],
        [0, 'warning', 'there are 4 rows, and OpenAI wants at least 10'],
      ],
    );
    const long = await lintText(`${row}\n`, { maxTokens: 20 });
    assert.match(
      long.findings.at(-1)?.message ?? '',
      /^1 of 1 rows are longer than 20 tokens \(--max-tokens\), the longest has about \d+ \(line 1\)/,
    );
    assert.deepEqual(
      (await lintText('\n', { format: 'openai' })).findings.map(({ message }) => message),
      ['there is no row in it'],
    );
    const mark = /byte order mark/;
    const marked = await lintText(`\ufeff${row}\n`, { format: 'trl' });
    assert.match(marked.findings[0]?.message ?? '', mark);
    const azure = await lintText(`\ufeff${row}\n`);
    assert.ok(!azure.findings.some(({ message }) => mark.test(message)));
  });

  it('a JSON list is read as well, item by item, with the lines of its items', async () => {
    const rows = readFileSync(golden('llama_factory.jsonl'), 'utf8').trimEnd().split('\n');
    const broken = { ...(JSON.parse(rows[1] ?? '') as object), conversations: 'a ] , [ "b' };
    const text = JSON.stringify([JSON.parse(rows[0] ?? ''), broken, JSON.parse(rows[2] ?? '')], null, 2);
    const result = await lintText(text, { name: 'data.json' });
    assert.deepEqual([result.format, result.rows, result.errors], ['llama-factory', 3, 1]);
    const line = text.split('\n').findIndex((one, index) => one === '  {' && index > 1) + 1;
    assert.deepEqual([result.findings[0]?.line, result.findings[0]?.field], [line, 'conversations']);
  });

  it('secrets and what nobody sees are warned of, in any field', async () => {
    const row = JSON.parse(readFileSync(golden('trl.jsonl'), 'utf8').split('\n')[0] ?? '') as Row;
    Object.assign(part(row, 'messages', 2), { content: `token ghp_${'a1B2'.repeat(9)}` });
    Object.assign(part(row, 'messages', 3), { content: 'abc\u202edef' });
    const { findings, errors } = await lintText(`${JSON.stringify(row)}\n`);
    assert.equal(errors, 0);
    assert.deepEqual(
      findings.map(({ field }) => field),
      ['messages[2].content', 'messages[3].content'],
    );
    assert.match(findings[0]?.message ?? '', /looks like a secret/);
    assert.match(findings[1]?.message ?? '', /U\+202E/);
  });

  it('arguments of one name and two types are warned of where columns hold one type', async () => {
    const row = JSON.parse(readFileSync(golden('trl.jsonl'), 'utf8').split('\n')[0] ?? '') as Row;
    const other = structuredClone(row);
    Object.assign(part(other, 'messages', 1, 'tool_calls', 0, 'function', 'arguments'), { days: '10' });
    const { findings } = await lintText(`${JSON.stringify(row)}\n${JSON.stringify(other)}\n`);
    assert.ok(
      findings.some(
        ({ line, field, severity }) =>
          line === 2 && severity === 'warning' && field.endsWith('arguments.days'),
      ),
    );
  });

  it('a schema that takes for ever holds nothing up', async () => {
    const row = JSON.parse(readFileSync(golden('openai.jsonl'), 'utf8').split('\n')[0] ?? '') as Row;
    const tool = part(row, 'tools', 0, 'function');
    Object.assign(tool, {
      parameters: { type: 'object', properties: { date: { type: 'string', pattern: '^(a+)+$' } } },
    });
    Object.assign(part(row, 'messages', 1, 'tool_calls', 0, 'function'), {
      arguments: JSON.stringify({ date: `${'a'.repeat(40)}!` }),
    });
    const { errors } = await lintText(`${JSON.stringify(row)}\n`);
    assert.equal(errors, 0);
  });

  it('says so when a format cannot be told, and when there is no file', async () => {
    await assert.rejects(lintText('{"a":1}\n'), /The format of .* cannot be told/);
    await assert.rejects(lint(join(folder, 'none.jsonl')), /There is no file/);
    await assert.rejects(lint(folder), /is no file/);
  });

  it('gets past rows that are nested beyond any use, and checks the others', async () => {
    const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    const row = (args: string): string => {
      const call = { id: 'a', type: 'function', function: { name: 'f', arguments: args } };
      const messages = [
        { role: 'user', content: 'q' },
        { role: 'assistant', tool_calls: [call] },
      ];
      const tools = [
        { type: 'function', function: { name: 'f', description: 'd', parameters: { type: 'object' } } },
      ];
      return JSON.stringify({ messages, tools });
    };
    const rows = [
      `{"messages": ${deep(50_000)}}`,
      row('{}').replace('"d"', deep(3000)),
      row(`{"a": ${deep(9000)}}`),
    ];
    const { findings, rows: read } = await lintText(`${[...rows, row('{')].join('\n')}\n`, {
      format: 'openai',
    });
    assert.equal(read, 4);
    const errors = findings.filter(({ severity }) => severity === 'error');
    assert.deepEqual(
      errors.map(({ line }) => line),
      [1, 2, 3, 4],
    );
    assert.match(errors[0]?.message ?? '', /nested too deeply/);
  });

  it('documents: input_examples that do not fit, tests that assert nothing', async () => {
    const tools = JSON.parse(readFileSync(golden('anthropic.json'), 'utf8')) as Row[];
    Object.assign(tools[0] as Row, { input_examples: [{ date: 1, days: 2 }] });
    const anthropic = await lintText(JSON.stringify(tools), { name: 'tools.json' });
    assert.match(anthropic.findings[0]?.field ?? '', /^\[0\]\.input_examples\[0\]$/);
    const config = 'prompts: ["{{query}}"]\nproviders: [openai:gpt-5-mini]\ntests:\n  - vars: {query: hi}\n';
    const promptfoo = await lintText(config, { name: 'promptfooconfig.yaml' });
    assert.deepEqual([promptfoo.errors, promptfoo.warnings], [0, 1]);
  });
});
