import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Json } from '../../../../src/core/json.ts';
import { pointerOf, valueAt } from '../../../../src/core/jsonPointer.ts';
import { parseSpec } from '../../../../src/tools/formats/document.ts';

describe('Documents of specs', () => {
  /** What stands at a pointer, as it is written. */
  function textAt(path: string, text: string, pointer: string, part?: 'key' | 'value'): string {
    const { line, column, endLine, endColumn } = parseSpec(path, text).locate(pointer, part);
    const starts = [0];
    for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
    const offset = (l: number, c: number): number => (starts[l - 1] as number) + c - 1;
    return text.slice(offset(line, column), offset(endLine, endColumn));
  }

  function problems(path: string, text: string): string[] {
    return parseSpec(path, text).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
  }

  it('reads JSON with comments and commas too many', () => {
    const text = '\uFEFF// tools\n{ "a": [1, 2,], /* b */ "b": { "c/d": "x" }, }';
    const document = parseSpec('x.json', text);
    assert.deepEqual(document.value, { a: [1, 2], b: { 'c/d': 'x' } });
    assert.deepEqual(document.problems, []);
    assert.equal(document.kind, 'json');
  });

  it('knows where values and keys stand', () => {
    const text = '{\r\n  "a": [1, {"b": "x\\"y"}],\n  "c\\u0064": {}\r\n}';
    assert.equal(textAt('x.json', text, '/a/1/b'), '"x\\"y"');
    assert.equal(textAt('x.json', text, '/a/1/b', 'key'), '"b"');
    assert.equal(textAt('x.json', text, '/a/0', 'key'), '1');
    assert.equal(textAt('x.json', text, '/cd', 'key'), '"c\\u0064"');
    assert.equal(textAt('x.json', text, '/a/1/none'), '{"b": "x\\"y"}');
    assert.equal(textAt('x.json', text, ''), text);
  });

  it('knows where everything stands, whatever is written', () => {
    const places = (value: Json, at = ''): string[] => {
      const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
      return [at, ...inner.flatMap(([key, one]) => places(one as Json, at + pointerOf(key)))];
    };
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, '\t'), (written, indent) => {
        const text = JSON.stringify(written, null, indent);
        const value = JSON.parse(text) as Json;
        fc.pre(!text.includes('__proto__'));
        assert.deepEqual(parseSpec('x.json', text).value, value);
        for (const pointer of places(value).slice(0, 50)) {
          assert.deepEqual(JSON.parse(textAt('x.json', text, pointer)), valueAt(value, pointer), pointer);
        }
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('of a key that stands twice takes the last, and says so', () => {
    const text = '{"a": 1, "b": {"a": 2}, "a": 3}';
    assert.deepEqual(parseSpec('x.json', text).value, { a: 3, b: { a: 2 } });
    assert.equal(textAt('x.json', text, '/a'), '3');
    assert.deepEqual(problems('x.json', text), ['1:25 "a" stands twice here: only the last one counts.']);
    const yaml = 'a: 1\nb: { a: 2 }\na: 3\n';
    assert.deepEqual(parseSpec('x.yaml', yaml).value, { a: 3, b: { a: 2 } });
    assert.equal(textAt('x.yaml', yaml, '/a'), '3');
    assert.deepEqual(problems('x.yaml', yaml), ['3:1 "a" stands twice here: only the last one counts.']);
  });

  it('recovers what stands before and after a mistake', () => {
    const text = '{\n  "a": 1\n  "b": [2, x],\n  "c": {"d": "e';
    const document = parseSpec('x.json', text);
    assert.deepEqual(document.value, { a: 1, b: [2], c: { d: 'e' } });
    assert.match(
      problems('x.json', text).join('\n'),
      /^3:3 This is no JSON: a comma is missing here\.\n3:12 /,
    );
    assert.equal(textAt('x.json', text, '/b/0'), '2');
  });

  it('reads JSON lines, also where the name does not tell', () => {
    const text = '{"a": 1}\n\n{"a": 2, }\n{"a": \n{"a": {"b": 4}}\n';
    for (const path of ['x.jsonl', 'x.json', 'x']) {
      const document = parseSpec(path, text);
      assert.equal(document.kind, 'jsonl');
      assert.deepEqual(document.value, [{ a: 1 }, { a: 2 }, {}, { a: { b: 4 } }]);
      assert.match(problems(path, text)[0] ?? '', /^4:/);
      assert.equal(textAt(path, text, '/3/a/b'), '4');
      assert.equal(textAt(path, text, '/1'), '{"a": 2, }');
    }
    assert.equal(parseSpec('x.jsonl', '{\n "a": 1\n}').kind, 'json');
    assert.deepEqual(parseSpec('x.jsonl', '{"a": 1}').value, [{ a: 1 }]);
  });

  it('reads YAML, with its places', () => {
    const text = 'a:\n  - b: 1\n    c: "x"\nd: &d { e: 2 }\nf: *d\ng:\n  <<: *d\n';
    const document = parseSpec('x.yaml', text);
    assert.deepEqual(document.value, { a: [{ b: 1, c: 'x' }], d: { e: 2 }, f: { e: 2 }, g: { e: 2 } });
    assert.equal(textAt('x.yaml', text, '/a/0/c'), '"x"');
    assert.equal(textAt('x.yaml', text, '/a/0/c', 'key'), 'c');
    assert.equal(textAt('x.yaml', text, '/a/0'), 'b: 1\n    c: "x"');
    assert.equal(textAt('x.yaml', text, '/f/e'), '2');
    assert.equal(parseSpec('x', 'a: 1').kind, 'yaml');
    assert.equal(parseSpec('x', ' [1]').kind, 'json');
  });

  it('has no member that would become a prototype', () => {
    for (const [path, text] of [
      ['x.json', '{"__proto__": {"polluted": true}, "a": [{"\\u005f_pr\\u006fto__": 1}]}'],
      ['x.json', '{"__proto__": {"polluted": true}, "a": [{}],}'],
      ['x.yaml', '__proto__: { polluted: true }\na: [{}]'],
    ] as const) {
      const document = parseSpec(path, text);
      assert.deepEqual(document.value, { a: [{}] });
      assert.equal((document.value as { polluted?: true }).polluted, undefined);
      assert.match(document.problems.map(({ message }) => message).join(), /"__proto__" cannot be used/);
    }
  });

  it('is neither hung nor felled by what is deep, large or refers to itself', () => {
    const bomb = [
      'a0: &a0 [x]',
      ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`),
    ];
    const texts: [string, string][] = [
      ['x.json', '['.repeat(1_000_000)],
      ['x.json', '{"a":'.repeat(200_000)],
      ['x.json', `${'['.repeat(300)}${']'.repeat(300)}`],
      ['x.jsonl', `{"a":${'['.repeat(100_000)}\n{"a":1}`],
      ['x.yaml', '['.repeat(1_000_000)],
      ['x.yaml', '- '.repeat(50_000)],
      ['x.yaml', `${'? '.repeat(10_000)}x`],
      ['x.yaml', bomb.join('\n')],
      ['x.yaml', `a: &a 1\nb: [${'*a,'.repeat(20_000)}]`],
      ['x.yaml', 'a: &a [*a]'],
    ];
    for (const [path, text] of texts) {
      const start = performance.now();
      const { problems: found, value } = parseSpec(path, text);
      assert.ok(found.length > 0, text.slice(0, 40));
      JSON.stringify(value);
      assert.ok(performance.now() - start < 2_000, text.slice(0, 40));
    }
    const { value } = parseSpec('x.json', `{"a": 1, "deep": ${'['.repeat(300)}${']'.repeat(300)}, "b": 2}`);
    assert.deepEqual(Object.keys(value as object), ['a', 'deep', 'b']);
  }).timeout(20_000);
});
