import assert from 'node:assert/strict';
import { parse } from 'yaml';
import type { JsonObject } from '../../../../src/core/json.ts';
import {
  withExcluded,
  withIncluded,
  withOwnRisk,
  withRisk,
} from '../../../../src/tools/manifestEdit/manifestEdits.ts';
import { readSource } from '../../../../src/tools/source.ts';

/** Makes a change and holds it to what holds for all: it can be read, keeps every comment, and done twice changes nothing. */
function edited(text: string, change: (text: string) => string): string {
  const result = change(text);
  assert.equal(change(result), result, 'done twice it changes something');
  const { problems } = readSource('/w', 'imaginarium.yaml', result);
  assert.deepEqual(
    problems.filter(({ severity }) => severity === 'error'),
    [],
    result,
  );
  for (const [comment] of text.matchAll(/#[^\n\r]*/g))
    assert.ok(result.includes(comment), `${comment} is gone`);
  return result;
}

const full = `# Our tools.

tools:
  - name: add   # adds
    description: >-
      Adds
      two numbers.
    risk: read # read | write | destructive

    run: { command: ["a",   'b'] }   # odd spaces
  # The other one.
  - name: "sub"
    run:
      module: ./sub.mjs

# What else there is.
include:
  - source: petstore.yaml   # the shop
    only: [ getPet,
            "addPet" ]   # two
    # said of it
  - source: a.json
    tools:
      x:
        risk: write   # sure?
      # no y

exclude: [ old, "b.json" ]   # old things

budget: { usd: 1 } # little
# The end.
`;

describe('Exclude Source', () => {
  it('begins a manifest', () => {
    assert.equal(
      edited('', (text) => withExcluded(text, 'a.json')),
      'exclude:\n  - a.json\n',
    );
    assert.equal(
      edited('# Only this.\n', (text) => withExcluded(text, 'a.json')),
      '# Only this.\nexclude:\n  - a.json\n',
    );
  });

  it('changes one place and leaves everything else to the letter', () => {
    const result = edited(full, (text) => withExcluded(text, '.mcp.json#a b'));
    assert.equal(
      result,
      full.replace('"b.json" ]', '"b.json", ".mcp.json#a b" ]').replace('".mcp.json#a b"', '.mcp.json#a b'),
    );
    const block = full.replace(
      'exclude: [ old, "b.json" ]   # old things',
      'exclude:\n  - old # it is\n  # more:\n',
    );
    assert.equal(
      edited(block, (text) => withExcluded(text, 'c, d.json')),
      block.replace('  # more:\n', '  # more:\n  - c, d.json\n'),
    );
  });

  it('quotes what would be something else', () => {
    for (const name of [
      'a: b',
      '- x',
      '#x',
      '@x',
      'true',
      '12',
      "it's",
      'a, b',
      '[x].json',
      '{y}',
      '& z',
      ' x ',
      'ä"\u2028',
    ]) {
      for (const text of ['exclude: [a]', 'exclude:\n- a\n', 'exclude: []', 'exclude:\n', 'tools: []']) {
        const data = parse(edited(text, (before) => withExcluded(before, name))) as JsonObject;
        assert.deepEqual((data.exclude as string[]).at(-1), name);
      }
    }
  });

  it('takes away an entry that only says that the source is shown', () => {
    const text = 'include:\n  - source: a.json\n  - source: b.json # b\n';
    assert.equal(withExcluded(text, 'a.json'), 'include:\n  - source: b.json # b\nexclude:\n  - a.json\n');
    const bound = 'include:\n  - source: a.json\n    risk: read\n';
    assert.equal(
      edited(bound, (before) => withExcluded(before, 'a.json')),
      `${bound}exclude:\n  - a.json\n`,
    );
  });

  it('keeps the line ends of Windows', () => {
    const text = 'tools: []\r\nexclude:\r\n  - a\r\n';
    assert.equal(
      edited(text, (before) => withExcluded(before, 'b')),
      'tools: []\r\nexclude:\r\n  - a\r\n  - b\r\n',
    );
    assert.equal(
      edited('tools: []\r\n', (before) => withExcluded(before, 'b')),
      'tools: []\r\nexclude:\r\n  - b\r\n',
    );
  });

  it('does not touch what it cannot read', () => {
    assert.throws(() => withExcluded('tools: [', 'a'), /no YAML: line 1/);
    assert.throws(() => withExcluded('- a', 'a'), /no mapping/);
    assert.throws(() => withExcluded('exclude: x', 'a'), /"exclude" of the manifest is no list/);
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`)
      .join('\n')}\n`;
    assert.throws(() => withExcluded(bomb, 'a'), /cannot be changed by a command/);
  });
});

describe('Add Source', () => {
  it('names the source, once', () => {
    assert.equal(
      edited('', (text) => withIncluded(text, 'a.json')),
      'include:\n  - source: a.json\n',
    );
    assert.equal(
      edited(full, (text) => withIncluded(text, 'new.json')),
      full.replace('      # no y\n', '      # no y\n  - source: new.json\n'),
    );
    assert.equal(withIncluded(full, 'a.json'), full);
    assert.equal(
      edited('include: [{source: a}]', (text) => withIncluded(text, 'b')),
      'include: [{source: a}, { source: b }]',
    );
  });

  it('takes back that it was excluded', () => {
    assert.deepEqual(parse(withIncluded(full, 'b.json')).exclude, ['old']);
    const text = 'exclude:\n  - a # no\n  - b # no, either\n';
    assert.equal(withIncluded(text, 'a'), 'exclude:\n  - b # no, either\ninclude:\n  - source: a\n');
    assert.deepEqual(parse(withIncluded('exclude: [a]\n', 'a')), { include: [{ source: 'a' }] });
    // What a pattern stands for is found by itself again.
    assert.deepEqual(parse(withIncluded('exclude: [a, "old/**"]\n', 'old/**')), { exclude: ['a'] });
  });

  it('sets where an OpenAPI document is sent', () => {
    const server = 'http://127.0.0.1:4010';
    assert.equal(
      edited(full, (text) => withIncluded(text, 'petstore.yaml', server)),
      full.replace('    # said of it\n', `    # said of it\n    server: ${server}\n`),
    );
    const there = 'include: [{ source: a, server: "http://old" }] # x\n';
    assert.equal(
      edited(there, (text) => withIncluded(text, 'a', server)),
      `include: [{ source: a, server: ${server} }] # x\n`,
    );
  });
});

describe('Set Risk', () => {
  const change =
    (source: string, names: string[], risk: 'read' | 'destructive' = 'read') =>
    (text: string): string =>
      withRisk(text, source, names, risk);

  it('of a tool of another source is said in an entry of that source', () => {
    assert.equal(
      edited('', change('a.json', ['get pet', 'get_pet'])),
      'include:\n  - source: a.json\n    tools:\n      get pet:\n        risk: read\n',
    );
    assert.equal(
      edited(full, change('a.json', ['x'])),
      full.replace('risk: write   # sure?', 'risk: read   # sure?'),
    );
    assert.equal(
      edited(full, change('a.json', ['y'])),
      full.replace('      # no y\n', '      # no y\n      y:\n        risk: read\n'),
    );
    // An entry with "only" may not speak of the tool.
    assert.deepEqual(parse(edited(full, change('petstore.yaml', ['delPet']))).include.at(-1), {
      source: 'petstore.yaml',
      tools: { delPet: { risk: 'read' } },
    });
    assert.equal(
      edited('include: [ { source: a, tools: {} } ]', change('a', ['x'])),
      'include: [ { source: a, tools: { x: { risk: read } } } ]',
    );
  });

  it('finds the tool under any of its names', () => {
    const text = 'include:\n  - source: a\n    tools: { get_pet: { risk: write } }\n';
    assert.equal(edited(text, change('a', ['get.pet', 'get_pet'])), text.replace('write', 'read'));
  });

  it('comes after whatever else is said of the tool', () => {
    const text = `include:
  - source: a.json
    tools: { x: { risk: write } }
  - source: "*.json"
    tools: { x: { risk: write } }
`;
    assert.equal(
      edited(text, change('a.json', ['x'])),
      `${text}  - source: a.json\n    tools:\n      x:\n        risk: read\n`,
    );
  });

  it('of a tool of the manifest is said in its own entry', () => {
    assert.equal(
      edited(full, (text) => withOwnRisk(text, 'add', 'destructive')),
      full.replace('risk: read # read', 'risk: destructive # read'),
    );
    assert.equal(
      edited(full, (text) => withOwnRisk(text, 'sub', 'write')),
      full.replace('./sub.mjs\n', './sub.mjs\n    risk: write\n'),
    );
    assert.equal(
      edited('tools: [{ name: x }]', (text) => withOwnRisk(text, 'x', 'write')),
      'tools: [{ name: x, risk: write }]',
    );
    assert.throws(() => withOwnRisk(full, 'gone', 'write'), /no tool "gone"/);
  });

  it('comes out right where the text is written in an unusual way', () => {
    const odd = [
      'include: &i\n  - &e { source: a, tools: &t { x: &x { risk: write } } } # c\n',
      'include:\n  -\n    source: a\n    tools:\n      ? x\n      : { risk: write } # c\n',
      '{ "include": [ { "source": "a", "tools": { "x": { "risk": "write" } } } ] }\n',
      '---\n# c\ninclude:\n- {source: a, tools: {x: {risk: write}},}\n...\n',
      'include:\n  - source: a\n    tools:\n      x: { risk: }\n',
      'include:\n  - source: a\n    tools:\n      x:\n',
      'include:\n  - source: a\n    tools: # none\n',
      'include:\n  - source: a\n    tools: ~\n',
      'include:\n  - source: a\n    tools: {\n      y: {}, # c\n    }\n',
      'include:\n    -   source: a\n\n\n\n# d\ntools: []\n',
      'include:\n  - source: |-\n      a\n',
    ];
    for (const text of odd) {
      const result = change('a', ['x'])(text);
      const data = parse(result) as { include: [{ tools: JsonObject }] };
      assert.deepEqual(data.include[0].tools.x, { risk: 'read' }, result);
      assert.equal(change('a', ['x'])(result), result);
      for (const [comment] of text.matchAll(/#[^\n\r]*/g)) assert.ok(result.includes(comment), result);
    }
  });
});
