import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../../../src/core/json.ts';
import { mapSchema, type Resolve } from '../../../../src/tools/foreign/schema.ts';
import { newAjv } from '../../../../src/tools/schema/ajv.ts';
import { schemaProblems } from '../../../../src/tools/schema/schemaProblems.ts';

describe('Schemas of foreign tools', () => {
  /** The mapped schema, which must compile; its notes. */
  function map(written: Json, resolve?: Resolve): { schema: JsonObject; notes: string[] } {
    const { schema, notes } = mapSchema(written, resolve);
    assert.deepEqual(
      schemaProblems(schema).filter(({ severity }) => severity === 'error'),
      [],
    );
    newAjv('').compile(schema);
    return { schema, notes: notes.map(({ message }) => message) };
  }

  function property(written: Json): Json {
    return (map({ type: 'object', properties: { x: written } }).schema.properties as JsonObject).x as Json;
  }

  it('leaves a schema that is one as it is', () => {
    const schema = {
      type: 'object',
      properties: {
        city: { type: 'string', description: 'Where', minLength: 1, pattern: '^[A-Z]', examples: ['Ulm'] },
        days: { type: ['integer', 'null'], minimum: 1, default: 3 },
        tags: { type: 'array', items: { enum: ['a', 'b'] }, uniqueItems: true },
        at: {
          oneOf: [
            { type: 'string', format: 'date' },
            { type: 'object', additionalProperties: false },
          ],
        },
      },
      required: ['city'],
      additionalProperties: false,
    };
    assert.deepEqual(map(schema), { schema, notes: [] });
  });

  it('knows the types of Gemini, Python, Java and ToolBench', () => {
    const { schema, notes } = map({
      type: 'OBJECT',
      properties: {
        a: { type: 'STRING' },
        b: { type: 'float' },
        c: { type: 'dict', properties: { d: { type: 'long' } } },
        e: { type: 'tuple', items: { type: 'any' } },
        f: { type: 'HashMap' },
        g: { type: 'ArrayList' },
        h: { type: 'String' },
        i: { type: 'DATE (YYYY-MM-DD)' },
        j: { type: 'List[int]' },
        k: { type: 'Dict[str, float]' },
        l: { type: 'Optional[bool]' },
        m: { type: 'string or integer' },
        n: { type: 'ARRAY', items: { type: 'NUMBER' }, minItems: '2' },
      },
    });
    assert.deepEqual(notes, []);
    assert.deepEqual(schema.properties, {
      a: { type: 'string' },
      b: { type: 'number' },
      c: { type: 'object', properties: { d: { type: 'integer' } } },
      e: { type: 'array', items: {} },
      f: { type: 'object' },
      g: { type: 'array', items: {} },
      h: { type: 'string' },
      i: { type: 'string', format: 'date' },
      j: { type: 'array', items: { type: 'integer' } },
      k: { type: 'object', additionalProperties: { type: 'number' } },
      l: { type: ['boolean', 'null'] },
      m: { type: ['string', 'integer'] },
      n: { type: 'array', items: { type: 'number' }, minItems: 2 },
    });
  });

  it('says which types it does not know, and where', () => {
    const { notes } = mapSchema({ type: 'object', properties: { a: { type: 'frobnicator' } } });
    assert.equal(notes[0]?.pointer, '/properties/a/type');
    assert.match(notes[0]?.message ?? '', /"frobnicator" is a type that is not known/);
  });

  it('knows the dialect of OpenAPI', () => {
    assert.deepEqual(property({ type: 'integer', nullable: true, enum: [1, 2], example: 1 }), {
      type: ['integer', 'null'],
      enum: [1, 2, null],
      examples: [1],
    });
    assert.deepEqual(
      property({ type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: false }),
      {
        type: 'number',
        exclusiveMinimum: 0,
        maximum: 5,
      },
    );
    assert.deepEqual(property({ type: 'file' }), { type: 'string', format: 'binary' });
    assert.deepEqual(property({ allOf: [{ type: 'string' }], nullable: true }), {
      anyOf: [{ allOf: [{ type: 'string' }] }, { type: 'null' }],
    });
    assert.deepEqual(property({ type: 'string', 'x-go-name': 'X', xml: { name: 'x' } }), { type: 'string' });
  });

  it('knows what older drafts wrote', () => {
    assert.deepEqual(property({ type: 'array', items: [{ type: 'string' }], additionalItems: false }), {
      type: 'array',
      prefixItems: [{ type: 'string' }],
      items: { not: {} },
    });
    assert.deepEqual(
      property({ id: 'x', type: 'object', dependencies: { a: ['b'], c: { required: ['d'] } } }),
      { type: 'object', dependentRequired: { a: ['b'] }, dependentSchemas: { c: { required: ['d'] } } },
    );
    const { schema } = map({ properties: { a: { type: 'string', required: true }, b: { required: false } } });
    assert.deepEqual(schema, {
      type: 'object',
      properties: { a: { type: 'string' }, b: {} },
      required: ['a'],
    });
  });

  it('reads values as their types have them', () => {
    assert.deepEqual(property({ type: 'NUMBER', default: '5' }), { type: 'number', default: 5 });
    assert.deepEqual(property({ type: 'NUMBER', default: '' }), { type: 'number' });
    assert.deepEqual(property({ type: 'boolean', default: 'True' }), { type: 'boolean', default: true });
    assert.deepEqual(property({ type: 'string', default: '5' }), { type: 'string', default: '5' });
    assert.deepEqual(property({ type: 'integer', enum: ['1', '2'] }), { type: 'integer', enum: [1, 2] });
    assert.deepEqual(property({ type: 'integer', maximum: Infinity }), { type: 'integer' });
  });

  it('keeps references that go in circles, and writes short ones out', () => {
    const components: JsonObject = {
      Node: { type: 'object', properties: { next: { $ref: '#/Node' }, color: { $ref: '#/Color' } } },
      Color: { type: 'string', enum: ['red'] },
    };
    const { schema, notes } = map(
      { type: 'object', properties: { node: { $ref: '#/Node' } } },
      (reference) => components[reference.slice(2)],
    );
    assert.deepEqual(notes, []);
    assert.deepEqual(schema, {
      type: 'object',
      properties: { node: { $ref: '#/$defs/Node' } },
      $defs: {
        Node: {
          type: 'object',
          properties: { next: { $ref: '#/$defs/Node' }, color: { type: 'string', enum: ['red'] } },
        },
      },
    });
  });

  it('ends circles that apply to one value for ever', () => {
    const { schema, notes } = map({
      type: 'object',
      properties: { a: { $ref: '#/definitions/x' } },
      definitions: { x: { $ref: '#/definitions/y' }, y: { allOf: [{ $ref: '#/definitions/x' }] } },
    });
    assert.match(notes.join(), /refers to nothing but itself/);
    assert.equal(newAjv('').compile(schema)({ a: 1 }), true);
  });

  it('does not follow references that lead out of the file', () => {
    const { notes } = map({
      type: 'object',
      properties: {
        a: { $ref: 'http://example.org/a.json' },
        b: { $ref: '../../etc/passwd' },
        c: { $ref: '#/no' },
      },
    });
    assert.match(notes.join('\n'), /example.org.*outside.*\n.*passwd.*outside.*\n.*#\/no.*nothing/);
  });

  it('makes an object of parameters that are none', () => {
    assert.deepEqual(map(null).schema, { type: 'object', properties: {} });
    assert.deepEqual(map(true).schema, { type: 'object', properties: {}, additionalProperties: true });
    assert.deepEqual(map(false).schema, { type: 'object', properties: {}, additionalProperties: false });
    assert.deepEqual(map({ type: 'string' }).schema, {
      type: 'object',
      properties: { input: { type: 'string' } },
      required: ['input'],
    });
    assert.deepEqual(map({ city: { type: 'str' } }).schema, {
      type: 'object',
      properties: { city: { type: 'string' } },
    });
  });

  it('shows the forms of a union together', () => {
    const { schema, notes } = map({
      oneOf: [
        { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
        { type: 'object', properties: { a: { type: 'number' }, b: {} }, required: ['a', 'b'] },
      ],
    });
    assert.deepEqual(schema, {
      type: 'object',
      properties: { a: { anyOf: [{ type: 'string' }, { type: 'number' }] }, b: {} },
      required: ['a'],
    });
    assert.match(notes.join(), /2 forms/);
    assert.deepEqual(
      map({
        allOf: [
          { type: 'object', properties: { a: {} }, required: ['a'] },
          { properties: { b: {} }, required: ['b'] },
        ],
      }).schema,
      { type: 'object', properties: { a: {}, b: {} }, required: ['a', 'b'] },
    );
  });

  it('writes regular expressions of other dialects in ours, or says that it cannot', () => {
    const pattern = (written: string): Json =>
      (property({ type: 'string', pattern: written }) as JsonObject).pattern ?? null;
    assert.equal(pattern('^\\d+$'), '^\\d+$');
    assert.equal(pattern('/^a$/i'), '^a$');
    assert.equal(pattern('\\A[\\w\\-\\_]+\\Z'), '^[\\w\\x2d_]+$');
    assert.equal(pattern('(?P<year>\\d{4})\\:'), '(?<year>\\d{4}):');
    assert.equal(pattern('(['), null);
    assert.match(map({ properties: { a: { pattern: '([' } } }).notes.join(), /no regular expression/);
  });

  it('keeps within limits', () => {
    let deep: Json = { type: 'string' };
    for (let level = 0; level < 100; level++) deep = { type: 'object', properties: { deep } };
    assert.match(map(deep).notes.join(), /40 levels/);
    const wide = Object.fromEntries(
      Array.from({ length: 6_000 }, (_, index) => [`p${index}`, { type: 'string' }]),
    );
    assert.match(map({ type: 'object', properties: wide }).notes.join(), /too large/);
    const choices = Array.from({ length: 100_000 }, (_, index) => `c${index}`);
    assert.match(map({ properties: { a: { enum: choices } } }).notes.join(), /100000 values/);
    assert.match(map({ properties: { a: { description: 'x'.repeat(10_000) } } }).notes.join(), /is cut/);
  });

  it('has no member that would become a prototype', () => {
    const { schema } = map(
      JSON.parse(
        '{"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{"type":"string"}},"required":["__proto__","constructor"]}',
      ),
    );
    assert.deepEqual(Object.keys(schema.properties as JsonObject), ['constructor']);
    assert.deepEqual(schema.required, ['constructor']);
  });

  it('compiles, whatever is written', () => {
    const words =
      'type properties required items enum default minimum maxLength pattern format nullable $ref allOf anyOf not additionalProperties exclusiveMinimum const example dependencies if'.split(
        ' ',
      );
    const leaf = fc.oneof(
      fc.constantFrom<Json>(
        'string',
        'OBJECT',
        'array',
        'int',
        '',
        '(',
        '#/properties/a',
        '#',
        'http://x',
        '-1',
        'List[any]',
      ),
      fc.constantFrom<Json>(null, true, false, 0, -1, 1.5, 1e308),
      fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
    );
    const { schema: anything } = fc.letrec<{ schema: Json }>((tie) => ({
      schema: fc.oneof(
        { maxDepth: 5, depthSize: 'medium' },
        leaf,
        fc.dictionary(
          fc.oneof(
            { weight: 8, arbitrary: fc.constantFrom(...words) },
            { weight: 1, arbitrary: fc.string() },
          ),
          tie('schema'),
          { maxKeys: 6 },
        ) as fc.Arbitrary<Json>,
        fc.array(tie('schema'), { maxLength: 3 }),
      ),
    }));
    fc.assert(
      fc.property(anything, (written) => {
        const { schema } = map(written);
        assert.equal(schema.type, 'object');
      }),
      { seed: 4, numRuns: 400 },
    );
  }).timeout(20_000);
});
