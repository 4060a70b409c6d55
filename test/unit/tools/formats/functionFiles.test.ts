import assert from 'node:assert/strict';
import type { Json } from '../../../../src/core/json.ts';
import { formats } from '../../../../src/tools/formats/index.ts';
import { readSpec } from '../../../../src/tools/source.ts';
import { problemLines, readSpecText } from '../../../helpers/readSpecText.ts';

const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const bare = { name: 'get_weather', description: 'The weather.', parameters };
const chat = { type: 'function', function: bare };
const responses = { type: 'function', ...bare, strict: true };
const claude = { name: 'get_weather', description: 'The weather.', input_schema: parameters };
const mcp = { name: 'get_weather', description: 'The weather.', inputSchema: parameters };
const declared = {
  name: 'get_weather',
  description: 'The weather.',
  parameters: { type: 'OBJECT', properties: { city: { type: 'STRING' } }, required: ['city'] },
};

/** Format, and the names of the tools. */
function read(path: string, content: string | Json): [string | undefined, ...string[]] {
  const source = readSpecText(path, content);
  return [source.format, ...source.tools.map(({ tool }) => tool.name)];
}

/** Whether a file is passed over without a word. */
function isPassedOver(path: string, content: string | Json): boolean {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return readSpec('/folder', path, text, { timeoutMs: 1 }) === null;
}

describe('Function definitions', () => {
  const forms: [string, string, Json][] = [
    ['openai', 'the chat form', chat],
    ['openai', 'the responses form', responses],
    ['openai', 'the bare form', bare],
    ['anthropic', 'the form of Anthropic', claude],
    ['gemini', 'the form of Gemini', declared],
    ['mcpTools', 'the form of MCP', mcp],
  ];
  for (const [format, what, tool] of forms) {
    it(`reads ${what}: alone, in lists, under keys, in rows`, () => {
      const expected = [format, 'get_weather'];
      assert.deepEqual(read('x.json', tool), expected);
      assert.deepEqual(read('x.json', [tool]), expected);
      assert.deepEqual(read('x.json', { tools: [tool] }), expected);
      assert.deepEqual(read('x.json', { functions: [tool] }), expected);
      assert.deepEqual(read('x.json', { weather: [tool], more: 1 }), expected);
      assert.deepEqual(read('x.jsonl', `${JSON.stringify(tool)}\n`), expected);
      assert.deepEqual(read('x.yaml', `tools:\n  - ${JSON.stringify(tool)}\n`), expected);
      const row = JSON.stringify({ messages: [{ role: 'user', content: 'Ulm?' }], tools: [tool] });
      assert.deepEqual(read('x.jsonl', `${row}\n${row}\n`), expected);
      const asText = JSON.stringify({ conversations: [], tools: JSON.stringify([tool]) });
      assert.deepEqual(read('x.jsonl', `${asText}\n${asText}\n`), expected);
    });
  }

  it('keeps what a call returns, where the form of MCP says it, unless it is very long', () => {
    const outputOf = (outputSchema: object) =>
      readSpecText('x.json', { tools: [{ ...mcp, outputSchema } as Json] }).tools[0]?.tool;
    const small = { type: 'object', properties: { degrees: { type: 'number' } } };
    assert.deepEqual(outputOf(small)?.output, small);
    const large = { type: 'object', description: 'x'.repeat(10_000) };
    assert.equal(outputOf(large)?.output, undefined);
    assert.equal(outputOf(large)?.specHash, outputOf(small)?.specHash, 'a model is not shown it');
  });

  it('takes the key for the name where there is no other', () => {
    const { name: _name, ...nameless } = bare;
    assert.deepEqual(read('x.json', { a: nameless, 'b.c': nameless }), ['openai', 'a', 'b_c']);
    assert.deepEqual(read('x.json', { tools: { a: nameless } }), ['openai', 'a']);
    assert.deepEqual(read('x.json', { a: { function: { parameters } } }), ['openai', 'a']);
    const { name: _other, ...claudeless } = claude;
    assert.deepEqual(read('x.json', { a: claudeless }), ['anthropic', 'a']);
  });

  it('reads declarations of Gemini, within tools and alone, and its newer schemas', () => {
    const search = { googleSearch: {} };
    const tools = [{ functionDeclarations: [declared] }, search];
    const source = readSpecText('x.json', { contents: [], tools });
    assert.deepEqual(
      source.tools.map(({ tool }) => tool.parameters),
      [parameters],
    );
    assert.deepEqual(read('x.json', { config: { tools } }), ['gemini', 'get_weather']);
    assert.deepEqual(read('x.json', { function_declarations: [{ name: 'a' }] }), ['gemini', 'a']);
    const json = { name: 'b', parametersJsonSchema: parameters };
    assert.deepEqual(read('x.json', [json]), ['gemini', 'b']);
  });

  it('reads answers of MCP servers as they came, with what they say of the effects', () => {
    const result = {
      tools: [
        { ...mcp, annotations: { destructiveHint: true } },
        { ...mcp, name: 'b', annotations: 7 },
      ],
    };
    const answer = { jsonrpc: '2.0', id: 1, result };
    for (const [path, content] of [
      ['x.json', result],
      ['x.json', answer],
      ['x.jsonl', `{"jsonrpc":"2.0","id":0,"result":{}}\n${JSON.stringify(answer)}\n`],
    ] as const) {
      const { format, tools } = readSpecText(path, content);
      assert.equal(format, 'mcpTools');
      assert.deepEqual(
        tools.map(({ tool }) => tool.risk),
        ['destructive', 'unknown'],
      );
      assert.match(tools[0]?.notRunnable ?? '', /mcp\.json/);
    }
  });

  it('reads the docs of BFCL, also of one name with several parameters', () => {
    const doc = (name: string, type: string): Json => ({
      name,
      description: 'x',
      parameters: { type: 'dict', properties: { a: { type } }, required: ['a'] },
    });
    const rows = [
      { id: 'a_0', question: [[]], function: [doc('math.hypot', 'float')] },
      { id: 'a_1', question: [[]], function: [doc('math.hypot', 'float')] },
      { id: 'a_2', question: [[]], function: [doc('math.hypot', 'tuple'), doc('f', 'HashMap')] },
    ];
    const { format, tools } = readSpecText('x.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
    assert.equal(format, 'bfcl');
    assert.deepEqual(
      tools.map(({ tool }) => tool.id),
      ['x.jsonl#math.hypot', 'x.jsonl#math.hypot~2', 'x.jsonl#f'],
    );
    assert.equal(tools[1]?.written?.name, 'math.hypot');
    assert.deepEqual(read('x.json', [doc('a', 'any')]), ['bfcl', 'a']);
  });

  it('leaves a spec that needs nothing as it is, and says why it cannot be run', () => {
    const [bound] = readSpecText('x.json', { tools: [chat] }).tools;
    assert.deepEqual(bound?.tool.parameters, parameters);
    assert.equal(bound?.written, undefined);
    assert.equal(
      bound?.notRunnable,
      'its spec does not say how to run it: bind it with include: in imaginarium.yaml, or explore it simulated.',
    );
    assert.equal(bound?.tool.id, 'x.json#get_weather');
  });

  it('knows where a tool, its name and its parameters stand', () => {
    const text = `{\n  "tools": [\n    {\n      "type": "function",\n      "function": ${JSON.stringify(bare, null, 2)}\n    }\n  ]\n}`;
    const [bound] = readSpecText('x.json', text).tools;
    assert.deepEqual(bound?.tool.source, { path: 'x.json', line: 3, column: 5, endLine: 20, endColumn: 6 });
    assert.equal(bound?.spot?.schemaAt, '/tools/0/function/parameters');
    assert.equal(bound?.spot?.name.line, 6);
  });

  it('skips what the provider runs, with the reason', () => {
    const source = readSpecText('x.json', {
      tools: [
        claude,
        { type: 'web_search_20250305', name: 'web_search', max_uses: 5 },
        { type: 'computer_20250124', name: 'computer' },
      ],
    });
    assert.deepEqual(
      source.tools.map(({ tool }) => tool.name),
      ['get_weather'],
    );
    assert.match(
      problemLines(source).join('\n'),
      /"web_search_20250305" is run by the provider.*\n.*computer_20250124/,
    );
    const mixed = readSpecText('x.json', {
      tools: [{ type: 'file_search', vector_store_ids: [] }, responses],
    });
    assert.match(
      problemLines(mixed).join('\n'),
      /^3: "file_search" is run by the provider: it is not listed\.$/,
    );
    assert.equal(
      isPassedOver('x.json', { tools: [{ type: 'web_search_20250305', name: 'web_search' }] }),
      true,
    );
  });

  it('reports what is broken with its line, and reads the others', () => {
    const source = readSpecText('x.json', {
      tools: [
        chat,
        { type: 'function', function: { description: 'x' } },
        { type: 'function' },
        { name: 7, parameters },
        5,
        { a: 1 },
      ],
    });
    assert.deepEqual(
      source.tools.map(({ tool }) => tool.name),
      ['get_weather'],
    );
    const lines = problemLines(source);
    assert.equal(lines.length, 4);
    assert.match(lines[0] ?? '', /^23: A tool needs a "name"/);
    assert.match(lines[1] ?? '', /needs a "function" with a name/);
    assert.match(lines[2] ?? '', /"name" must be a text; this is 7/);
    assert.match(lines[3] ?? '', /in no form that tools are written in/);
    const cut = JSON.stringify({ tools: [chat, chat] }, null, 2).slice(0, 420);
    const broken = readSpecText('x.json', cut);
    assert.deepEqual(
      broken.tools.map(({ tool }) => tool.name),
      ['get_weather'],
    );
    assert.ok(broken.problems.length > 0);
  });

  it('tells of a text that was meant to be a spec and cannot be read', () => {
    const texts = [
      ['x.yaml', `tools: &a [{ type: function, function: *a }]`],
      ['x.json', '"tools": [{"type": "function", "function": {"name": "x"}}]'],
      ['x.json', `${'['.repeat(300)}{"input_schema": 1`],
    ] as const;
    for (const [path, text] of texts) assert.ok(readSpecText(path, text).problems.length > 0, text);
  });

  it('passes over what is something else', () => {
    const others: [string, string | Json][] = [
      ['tools.json', { tools: [{ name: 'hammer', price: 3 }] }],
      ['tools.json', { tools: { typescript: { version: '5' } }, version: 1 }],
      ['tools.json', [{ name: 'x', description: 'y' }]],
      [
        'dotnet-tools.json',
        { version: 1, isRoot: true, tools: { csharpier: { version: '0.1', commands: ['x'] } } },
      ],
      ['package.json', { name: 'x', dependencies: { 'function-bind': '1' }, contributes: { commands: [] } }],
      [
        'schema.json',
        {
          $schema: 'https://json-schema.org/draft-07',
          type: 'object',
          properties: { parameters: { type: 'object' } },
        },
      ],
      [
        'arm.json',
        {
          parameters: { location: { type: 'string' } },
          functions: [],
          resources: [{ type: 'x', name: 'y', parameters: {} }],
        },
      ],
      ['functions.json', { functions: [{ name: 'hello', runtime: 'node' }] }],
      ['ci.yaml', 'parameters:\n  - name: x\n    type: object\njobs:\n  - job: a\n'],
      ['chain.json', { description: 'x', parameters: { type: 'object', properties: {} } }],
      ['x.json', '{"function": '],
      ['x.json', 'input'],
      ['x.json', ''],
      ['x.jsonl', ''],
    ];
    for (const [path, content] of others)
      assert.equal(isPassedOver(path, content), true, JSON.stringify(content));
  });

  it('does not take the interface of a contract for tools', () => {
    const abi = [
      {
        type: 'function',
        name: 'transfer',
        inputs: [{ name: 'to', type: 'address' }],
        outputs: [],
        stateMutability: 'nonpayable',
      },
      { type: 'event', name: 'Transfer', inputs: [] },
    ];
    assert.equal(isPassedOver('abi.json', abi), true);
  });

  it('tells cheaply that a file is none', () => {
    const text = JSON.stringify(
      Array.from({ length: 600 }, (_, index) => ({ id: index, message: 'function bind' })),
    );
    const start = performance.now();
    for (let round = 0; round < 2_000; round++) {
      for (const format of formats) assert.equal(format.mayBe('x.json', text), false);
    }
    const each = (performance.now() - start) / 2_000;
    assert.ok(each < 1, `${each} ms a file of ${text.length} characters`);
  });
});
