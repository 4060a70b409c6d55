import assert from 'node:assert/strict';
import type { Json, JsonObject } from '../../../../src/core/json.ts';
import { emptyMemory } from '../../../../src/core/memory/remember.ts';
import { ask, stepOf, toolOf } from './world.ts';

const nested = (depth: number): JsonObject =>
  depth === 0
    ? { type: 'string' }
    : { type: 'object', properties: { in: nested(depth - 1) }, required: ['in'] };
const repeated = (depth: number, around: (inner: JsonObject) => JsonObject): JsonObject =>
  depth === 0 ? { type: 'string' } : around(repeated(depth - 1, around));
const of = (schema: Json): JsonObject => ({ type: 'object', properties: { x: schema }, required: ['x'] });

const schemas: Record<string, Json> = {
  empty: {},
  true: true,
  false: false,
  null: null,
  'a list': [],
  'no properties': { type: 'object' },
  'properties that are none': { type: 'object', properties: 7, required: 'x' },
  'a property that is true': of(true),
  'a property that is a text': of('string'),
  'an unknown type': of({ type: 'quaternion' }),
  types: of({ type: ['integer', 'null'] }),
  'a cycle': {
    $defs: { a: { type: 'object', properties: { next: { $ref: '#/$defs/a' } }, required: ['next'] } },
    $ref: '#/$defs/a',
  },
  'a reference to itself': of({ $ref: '#/properties/x' }),
  'a reference to nowhere': of({ $ref: '#/nowhere' }),
  'a remote reference': of({ $ref: 'https://example.com/schema.json' }),
  'deep nesting': nested(300),
  'a huge enum': of({ enum: Array.from({ length: 20_000 }, (_, index) => `v${index}`) }),
  'an empty enum': of({ type: 'string', enum: [] }),
  'bounds that exclude each other': of({ type: 'integer', minimum: 5, maximum: 1 }),
  'not anything': of({ not: {} }),
  'a pattern that is none': of({ type: 'string', pattern: '(' }),
  'a pattern that hangs': of({ type: 'string', pattern: '^(a+)+$' }),
  'a pattern without end': of({ type: 'string', pattern: '((x{999}){999}){999}' }),
  'a text without end': of({ type: 'string', minLength: 1e9 }),
  'a list without end': of({ type: 'array', minItems: 1e9, items: { type: 'integer' } }),
  'lists in lists without end': of(repeated(9, (items) => ({ type: 'array', minItems: 50, items }))),
  'lists that refer to lists': {
    $defs: { a: { type: 'array', minItems: 50, items: { $ref: '#/$defs/a' } } },
    type: 'object',
    properties: { x: { $ref: '#/$defs/a' } },
    required: ['x'],
  },
  'lists of objects': of({
    type: 'array',
    items: { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] },
  }),
  alternatives: {
    oneOf: [
      { properties: { a: { type: 'string' } }, required: ['a'] },
      { properties: { b: { type: 'string' } }, required: ['b'] },
    ],
  },
  'all of': { allOf: [{ properties: { a: { type: 'string' } } }, { required: ['a'] }] },
  'odd names': {
    type: 'object',
    properties: {
      '': {},
      'a/b~c': { type: 'string' },
      __proto__x: {},
      constructor: { type: 'integer' },
      'with space': {},
    },
    required: ['', 'constructor'],
  },
  'many properties': {
    type: 'object',
    properties: Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`p${index}`, { type: 'string' }]),
    ),
  },
};

describe('the offline sampler on odd schemas', () => {
  for (const [name, parameters] of Object.entries(schemas)) {
    it(`samples from ${name}`, async () => {
      const started = performance.now();
      const tool = toolOf('odd', 'Does something odd.', parameters as JsonObject);
      for (let seed = 0; seed < 3; seed++) {
        const common = { tool, memory: emptyMemory(), seed, uncovered: [] };
        const { text: query } = await ask({ ...common, kind: 'imagine', tooClose: [] });
        assert.ok(query.length > 5);
        const first = await ask({ ...common, kind: 'act', siblings: [], query, steps: [] });
        const args = JSON.parse(first.toolCalls[0]?.arguments ?? 'null') as JsonObject;
        assert.equal(typeof args, 'object');
        const failed = stepOf({ tool: tool.id, arguments: args }, () => {
          throw new Error('x is not valid');
        });
        const second = await ask({ ...common, kind: 'act', siblings: [], query, steps: [failed] });
        assert.ok(second.toolCalls.length === 1 || second.text.startsWith('I could not'));
        const called = await ask({ ...common, kind: 'callFirst', steps: [] });
        assert.equal(called.toolCalls.length, 1);
        const reflection = await ask({
          ...common,
          kind: 'reflect',
          query,
          steps: [failed],
          answer: null,
          structured: true,
        });
        assert.equal((JSON.parse(reflection.text) as JsonObject).fulfilled, false);
      }
      assert.ok(performance.now() - started < 1000, `${performance.now() - started} ms`);
    });
  }

  it('keeps the schema where one tells what to send', async () => {
    const tool = toolOf('booking', 'Books a table.', {
      type: 'object',
      properties: {
        guests: { type: 'integer', minimum: 2, maximum: 8 },
        day: { type: 'string', format: 'date' },
        room: { enum: ['garden', 'hall'] },
        code: { type: 'string', pattern: '^[A-Z]{2}\\d{4}$' },
      },
      required: ['guests', 'day', 'room', 'code'],
    });
    for (let seed = 0; seed < 30; seed++) {
      const { toolCalls } = await ask({
        tool,
        memory: emptyMemory(),
        seed,
        uncovered: [],
        kind: 'callFirst',
        steps: [],
      });
      const args = JSON.parse(toolCalls[0]?.arguments ?? '') as Record<string, Json>;
      assert.ok(Number(args.guests) >= 2 && Number(args.guests) <= 8, `guests ${args.guests}`);
      assert.match(String(args.day), /^\d{4}-\d\d-\d\d$/);
      assert.match(String(args.room), /^(garden|hall)$/);
      assert.match(String(args.code), /^[A-Z]{2}\d{4}$/);
    }
  });
});
