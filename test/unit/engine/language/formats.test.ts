import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import { lensesOf } from '../../../../src/engine/language/lenses.ts';
import { specWorkAtLeisure } from '../../../../src/engine/language/longSpecs.ts';
import { entryOf } from '../../../../src/engine/language/specChange.ts';
import { toolNamedAt } from '../../../../src/engine/language/specFiles.ts';
import { specWork } from '../../../../src/engine/language/specWork.ts';
import { folder, placeIn, read } from './specs.ts';

const schema = { type: 'object', properties: { zone: { type: 'string', description: 'Where' } } };
const json = (value: unknown): string => JSON.stringify(value, null, 2);

/** By format: a file with one tool, how its name is written there, and how its parameter is. */
const specs: Record<string, { path: string; text: string; name: string; parameter: string }> = {
  openai: {
    path: 'a.json',
    text: json([
      { type: 'function', function: { name: 'get_time', description: 'Time.', parameters: schema } },
    ]),
    name: '"get_time"',
    parameter: '"zone"',
  },
  'openai, by name': {
    path: 'b.json',
    text: json({ get_time: { description: 'Time.', parameters: schema } }),
    name: '"get_time"',
    parameter: '"zone"',
  },
  'openai, lines': {
    path: 'c.jsonl',
    text: `\n${JSON.stringify({ type: 'function', name: 'get_time', description: 'Time.', parameters: schema })}\n`,
    name: '"get_time"',
    parameter: '"zone"',
  },
  anthropic: {
    path: 'd.json',
    text: json([{ name: 'get_time', description: 'Time.', input_schema: schema }]),
    name: '"get_time"',
    parameter: '"zone"',
  },
  mcpTools: {
    path: 'e.json',
    text: json({ tools: [{ name: 'get_time', description: 'Time.', inputSchema: schema }] }),
    name: '"get_time"',
    parameter: '"zone"',
  },
  openapi: {
    path: 'f.yaml',
    text: `openapi: 3.0.3
info: { title: Clock, version: "1" }
paths:
  /time:
    get:
      operationId: get_time
      parameters:
        - name: zone
          in: query
          schema: { type: string }
      responses: { "200": { description: The time } }
`,
    name: 'get_time',
    parameter: 'zone',
  },
  manifest: {
    path: 'imaginarium.yaml',
    text: 'tools:\n  - name: get_time\n    parameters: { type: object, properties: { zone: { type: string } } }\n',
    name: 'get_time',
    parameter: 'zone',
  },
};

describe('In every format', () => {
  for (const [format, { path, text, name, parameter }] of Object.entries(specs)) {
    it(`${format}: a tool is found at its name alone, has a lens, and its parameter has a place`, () => {
      const { file, files } = read(path, text);
      assert.equal(files.at(pathToFileURL(`${folder}/${path}`).href), file);
      const [placed, ...others] = file.tools;
      assert.ok(placed && others.length === 0);
      assert.equal(toolNamedAt(file, placeIn(text, name))?.bound.tool.name, 'get_time');
      assert.equal(toolNamedAt(file, placeIn(text, parameter)), null);
      const [lens] = lensesOf(file, () => new Map());
      assert.ok(lens && lens.range.start.line <= placeIn(text, name).line);

      const entry = entryOf(placed);
      assert.ok(entry);
      const query = { path, text, wanted: [{ entry, argument: '/zone' }] };
      const [range] = specWork({ name: 'arguments', query }) as { line: number; column: number }[];
      assert.ok(range);
      const { line, character } = placeIn(text, parameter, 0);
      assert.deepEqual([range.line - 1, range.column - 1], [line, character]);

      const change = { change: 'set', argument: '/zone', keywords: { pattern: '^[A-Z]+$' } } as const;
      const after = specWork({ name: 'change', query: { path, text, entry, change } });
      assert.ok(typeof after === 'string');
      const [again] = read(path, after).file.tools;
      const shown = JSON.stringify(again?.bound.tool.parameters);
      assert.ok(shown.includes('"pattern":"^[A-Z]+$"'), shown);
      assert.ok(after.split('\n').length <= text.split('\n').length + 1);
    });
  }

  it('a long spec is read beside the main thread, with the same answer; one that takes too long has none', async () => {
    const functions = Array.from({ length: 800 }, (_, index) => ({
      type: 'function',
      function: { name: `tool_${index}`, description: 'Time.', parameters: schema },
    }));
    const text = json(functions);
    const { file } = read('long.json', text);
    const wanted = file.tools.flatMap((placed) => {
      const entry = entryOf(placed);
      return entry ? [{ entry, argument: '/zone' }] : [];
    });
    assert.equal(wanted.length, 800);
    const query = { path: 'long.json', text, wanted };
    assert.deepEqual(await specWorkAtLeisure('arguments', query), specWork({ name: 'arguments', query }));
    assert.equal(await specWorkAtLeisure('arguments', query, 1), null);
  });
});
