import assert from 'node:assert/strict';
import { boundTools, type FoundSpec } from '../../../../src/tools/formats/boundTools.ts';
import { parseSpec } from '../../../../src/tools/formats/document.ts';

describe('Tools of foreign specs', () => {
  const text = '{\n  "a": { "name": "x", "schema": {\n    "type": "object" } }\n}';

  function spec(name: string, more: Partial<FoundSpec> = {}): FoundSpec {
    return {
      name,
      description: 'x',
      schema: { type: 'object', properties: {} },
      at: '/a',
      schemaAt: '/a/schema',
      runner: null,
      notRunnable: 'because.',
      risk: 'unknown',
      riskReason: 'x',
      ...more,
    };
  }

  function bind(...specs: FoundSpec[]): ReturnType<typeof boundTools> {
    const { locate } = parseSpec('s.json', text);
    const document = parseSpec('s.json', text);
    const where = { source: 's.json', file: 's.json', folder: '/f', locate: locate.bind(document) };
    return boundTools(specs, where, { timeoutMs: 5 });
  }

  function ids(...names: string[]): string[] {
    return bind(...names.map((name) => spec(name))).tools.map(({ tool }) => tool.id);
  }

  it('are known by their names as they are written, whatever a model is shown', () => {
    assert.deepEqual(ids('a b', 'c.d', 'c.d'), ['s.json#a b', 's.json#c.d', 's.json#c.d~2']);
    assert.deepEqual(ids('a~2', 'a', 'a'), ['s.json#a~2', 's.json#a', 's.json#a~3']);
    assert.deepEqual(ids('a\u0000\u202e\nb'), ['s.json#a\\u{0}\\u{202e}\\u{a}b']);
  });

  it('keep their ids when another of another name comes or goes', () => {
    assert.deepEqual(ids('z', 'a b', 'a.b').slice(1), ids('a b', 'a.b'));
  });

  it('have a hash that tells when a model sees something else, and no other change', () => {
    const hashOf = (more: Partial<FoundSpec>): string | undefined =>
      bind(spec('a', more)).tools[0]?.tool.specHash;
    const plain = hashOf({});
    assert.equal(hashOf({ risk: 'read', notRunnable: 'other.' }), plain);
    assert.equal(hashOf({ schema: { properties: {}, type: 'dict' } }), plain);
    assert.notEqual(hashOf({ description: 'y' }), plain);
    assert.notEqual(hashOf({ schema: { type: 'object', properties: { b: {} } } }), plain);
  });

  it('stand from their key to their end', () => {
    const [bound] = bind(spec('x')).tools;
    assert.deepEqual(bound?.tool.source, { path: 's.json', line: 2, column: 3, endLine: 3, endColumn: 25 });
    assert.deepEqual(bound?.spot, {
      at: '/a',
      schemaAt: '/a/schema',
      name: { line: 2, column: 18, endLine: 2, endColumn: 21 },
    });
    assert.equal(bound?.timeoutMs, 5);
  });

  it('keep what is written beside what is shown, and say where something is wrong', () => {
    const { tools, problems } = bind(spec('x.y', { schema: { type: 'wat' }, notes: ['A note.'] }));
    assert.equal(tools[0]?.written?.name, 'x.y');
    assert.deepEqual(tools[0]?.written?.schema, { type: 'wat' });
    assert.match(tools[0]?.written?.notes.join('\n') ?? '', /^A note\.\n"wat" is a type that is not known/);
    assert.deepEqual(
      problems.map(({ line, column, severity, tool }) => ({ line, column, severity, tool })),
      [{ line: 3, column: 13, severity: 'warning', tool: 's.json#x.y' }],
    );
  });

  it('are left out where they have no name, or there are too many', () => {
    const { tools, problems } = bind(spec(' '), spec('n'.repeat(301)), spec('ok'));
    assert.deepEqual(
      tools.map(({ tool }) => tool.name),
      ['ok'],
    );
    assert.match(problems.map(({ message }) => message).join('\n'), /needs a name.*\n.*301 characters/);
    const many = bind(...Array.from({ length: 5_001 }, (_, index) => spec(`t${index}`)));
    assert.equal(many.tools.length, 5_000);
    assert.match(many.problems[0]?.message ?? '', /first 5000 tools/);
  });

  it('find what their schemas refer to in the rest of the file, where there is a way', () => {
    const { tools } = boundTools(
      [spec('x', { schema: { type: 'object', properties: { a: { $ref: '#/defs/a' } } } })],
      {
        source: 's',
        file: 's',
        folder: '/f',
        locate: () => ({ line: 1, column: 1, endLine: 1, endColumn: 1 }),
        resolve: (reference) => (reference === '#/defs/a' ? { type: 'str' } : undefined),
      },
      { timeoutMs: 1 },
    );
    assert.deepEqual(tools[0]?.tool.parameters.properties, { a: { type: 'string' } });
  });
});
