import assert from 'node:assert/strict';
import type { SchemaChange } from '../../../../src/core/contradictions/index.ts';
import type { FormatName } from '../../../../src/core/source.ts';
import type { SpecEntry } from '../../../../src/engine/language/argumentPlace.ts';
import { changedSpec } from '../../../../src/engine/language/changedSpec.ts';
import { specWork } from '../../../../src/engine/language/specWork.ts';

interface Spec {
  path: string;
  text: string;
  entry: SpecEntry;
}

function spec(format: FormatName, path: string, text: string, at: string, schemaAt: string): Spec {
  return { path, text, entry: { format, at, schemaAt } };
}

const openai = spec(
  'openai',
  'f.json',
  `[
  {
    "type": "function",
    "function": {
      "name": "book",
      "parameters": {
        "type": "object",
        "properties": { "date": { "type": "string" }, "zone": { "type": "string", "description": "Where" } },
        "required": ["date"]
      }
    }
  }
]
`,
  '/0',
  '/0/function/parameters',
);

const openapi = spec(
  'openapi',
  'a.yaml',
  `openapi: 3.1.0
paths:
  /slots/{room}:
    parameters:
      - $ref: '#/components/parameters/Room'
    post:
      operationId: book
      parameters:
        - name: date
          in: query
          schema: { type: string }
      requestBody:
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/Slot'
components:
  parameters:
    Room: { name: room, in: path, required: true, schema: { type: string } }
  schemas:
    Slot:
      type: object
      properties:
        hour: { type: integer }
        note:
          type: string
      required: [hour]
`,
  '/paths/~1slots~1{room}/post',
  '/paths/~1slots~1{room}/post',
);

const toolbench = spec(
  'toolbench',
  't.json',
  '{"t": {"required_parameters": [], "optional_parameters": [{"name": "q", "type": "STRING", "description": "Words"}]}}',
  '/t',
  '/t',
);

function changed({ path, text, entry }: Spec, change: SchemaChange): string | null {
  return changedSpec({ path, text, entry, change });
}

const require = (argument: string): SchemaChange => ({ change: 'require', argument });
const set = (argument: string, keywords: Record<string, string>): SchemaChange => ({
  change: 'set',
  argument,
  keywords,
});

describe('The proposed change of a spec', () => {
  it('is written into functions as JSON has them', () => {
    assert.equal(changed(openai, require('/zone')), openai.text.replace('["date"]', '["date", "zone"]'));
    assert.equal(
      changed(openai, set('/date', { format: 'date' })),
      openai.text.replace('"date": { "type": "string" }', '"date": { "type": "string", "format": "date" }'),
    );
    assert.equal(
      changed(openai, { change: 'describe', argument: '/zone', sentence: 'In capitals.' }),
      openai.text.replace('"Where"', '"Where. In capitals."'),
    );
    assert.equal(
      changed(openai, { change: 'unrequire', argument: '/date' }),
      openai.text.replace(',\n        "required": ["date"]', ''),
    );
    const added = changed(openai, { change: 'add', argument: '/unit', schema: { type: 'string' } });
    assert.deepEqual(JSON.parse(added ?? '')[0].function.parameters.properties.unit, { type: 'string' });
    assert.equal(changed(openai, require('/date')), null, 'it is required already');
    assert.equal(changed(openai, set('/none', { format: 'date' })), null);
  });

  it('stays on its line in JSON lines', () => {
    const lines = `{"name":"a","parameters":{"type":"object"}}\n\n${JSON.stringify(JSON.parse(openai.text)[0])}\n`;
    const jsonl = spec('openai', 'f.jsonl', lines, '/1', '/1/function/parameters');
    const after = changed(jsonl, require('/zone')) ?? '';
    assert.equal(after.split('\n').length, 4);
    assert.deepEqual(JSON.parse(after.split('\n')[2] ?? '').function.parameters.required, ['date', 'zone']);
  });

  it('is written where an OpenAPI document describes the parameter or the body', () => {
    assert.equal(
      changed(openapi, require('/date')),
      openapi.text
        .replace('in: query\n', 'in: query\n          required: true\n')
        .replace(
          /( {10}in: query\n) {10}required: true\n( {10}schema: \{ type: string \}\n)/,
          '$1$2          required: true\n',
        ),
    );
    assert.equal(
      changed(openapi, set('/date', { format: 'date' })),
      openapi.text.replace(
        'schema: { type: string }\n      req',
        'schema: { type: string, format: date }\n      req',
      ),
    );
    assert.equal(changed(openapi, require('/note')), openapi.text.replace('[hour]', '[hour, note]'));
    assert.equal(
      changed(openapi, set('/room', { pattern: '^[A-Z]{2}$' })),
      openapi.text.replace(
        'required: true, schema: { type: string }',
        'required: true, schema: { type: string, pattern: "^[A-Z]{2}$" }',
      ),
    );
  });

  it('uses the words of the format, and is none where the format has none', () => {
    const text = '{"name": "t", "parameters": {"type": "OBJECT", "properties": {"n": {"type": "NUMBER"}}}}';
    const gemini = spec('gemini', 'g.json', text, '', '/parameters');
    assert.equal(changed(gemini, set('/n', { type: 'integer' })), text.replace('NUMBER', 'INTEGER'));
    assert.equal(changed(toolbench, require('/q')), null);
    const sentence = 'Two words at least.';
    assert.equal(
      changed(toolbench, { change: 'describe', argument: '/q', sentence }),
      toolbench.text.replace('"Words"', '"Words. Two words at least."'),
    );
  });

  it('is none in a text that is broken, and ends where references lead in circles', () => {
    assert.equal(changed({ ...openai, text: openai.text.slice(0, 90) }, require('/zone')), null);
    assert.equal(changed({ ...openai, text: '' }, require('/zone')), null);
    const circle = '{"a": {"$ref": "#/b"}, "b": {"$ref": "#/a"}}';
    assert.equal(changed(spec('openai', 'c.json', circle, '', '/a'), require('/x')), null);
  });
});

describe('The place of an argument', () => {
  const place = ({ path, text, entry }: Spec, argument: string): string => {
    const [range] = specWork({ name: 'arguments', query: { path, text, wanted: [{ entry, argument }] } }) as {
      line: number;
      column: number;
      endLine: number;
      endColumn: number;
    }[];
    assert.ok(range);
    const lines = text.split('\n').slice(range.line - 1, range.endLine);
    const last = lines.length - 1;
    lines[last] = (lines[last] ?? '').slice(0, range.endColumn - 1);
    lines[0] = (lines[0] ?? '').slice(range.column - 1);
    return lines.join('\n');
  };

  it('is its key, or the name of the parameter', () => {
    assert.equal(place(openai, '/zone'), '"zone"');
    assert.equal(place(openapi, '/date'), 'date');
    assert.equal(place(openapi, '/note'), 'note');
    assert.equal(place(toolbench, '/q'), '"q"');
  });

  it('of one that the spec does not name is the key of the parameters', () => {
    assert.equal(place(openai, '/days'), '"parameters"');
  });
});
