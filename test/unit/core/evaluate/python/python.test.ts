import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readPythonCalls } from '../../../../../src/core/evaluate/python/calls.ts';
import { closestMatch, similarity } from '../../../../../src/core/evaluate/python/difflib.ts';
import { PythonJsonError, parsePythonJson } from '../../../../../src/core/evaluate/python/json.ts';
import { repr, str } from '../../../../../src/core/evaluate/python/text.ts';
import { PythonSyntaxError } from '../../../../../src/core/evaluate/python/tokens.ts';
import { equal, fromJson, type PythonValue, toJson } from '../../../../../src/core/evaluate/python/values.ts';

/** What Python 3.11 says: text → result, null where it raises. */
interface Expected {
  json: [string, string | null][];
  float: [string, string][];
  ratio: [string, string, number][];
  closest: [string, string[], string | null][];
  calls: [string, string | null][];
}

const expected = JSON.parse(
  readFileSync(new URL('../../../../fixtures/evaluate/python311.json', import.meta.url), 'utf8'),
) as Expected;

/** The result, or null for an error of the expected kind. */
function attempt<T>(work: () => T, kind: new (...args: never[]) => Error): T | null {
  try {
    return work();
  } catch (error) {
    assert.ok(error instanceof kind, String(error));
    return null;
  }
}

describe('Python, as far as graders need it', () => {
  it('reads JSON as json.loads and writes values as str()', () => {
    for (const [text, result] of expected.json) {
      assert.equal(
        attempt(() => str(parsePythonJson(text)), PythonJsonError),
        result,
        text,
      );
    }
  });

  it('writes floats as repr()', () => {
    for (const [text, result] of expected.float) assert.equal(str(parsePythonJson(text)), result, text);
    const edges: [number, string][] = [
      [5, '5.0'],
      [-0, '-0.0'],
      [1e16, '1e+16'],
      [123456789012345680, '1.2345678901234568e+17'],
      [0.0001, '0.0001'],
      [0.00001, '1e-05'],
      [Number.NaN, 'nan'],
      [Number.NEGATIVE_INFINITY, '-inf'],
    ];
    for (const [value, text] of edges) assert.equal(repr(value), text);
  });

  it('measures likeness as difflib.SequenceMatcher does, long sequences included', () => {
    for (const [a, b, ratio] of expected.ratio) assert.equal(similarity(a, b), ratio, `${a} | ${b}`);
  });

  it('finds the nearest name as difflib.get_close_matches does, ties included', () => {
    for (const [word, names, nearest] of expected.closest) {
      assert.equal(closestMatch(word, names, 0.001), nearest, word);
    }
  });

  it('reads calls as Python parses them', () => {
    for (const [text, result] of expected.calls) {
      const read = attempt(() => {
        const calls = readPythonCalls(text);
        return repr(calls.map((call) => new Map([[call.tool, call.arguments]])));
      }, PythonSyntaxError);
      assert.equal(read, result, text);
    }
  });

  it('compares as Python does', () => {
    const same: [PythonValue, PythonValue][] = [
      [5n, 5],
      [true, 1n],
      [false, 0],
      [
        [1n, 'a'],
        [1, 'a'],
      ],
      [new Map([['a', 1n]]), new Map([['a', 1]])],
      [{ tuple: [1n] }, { tuple: [1] }],
    ];
    for (const [a, b] of same) assert.ok(equal(a, b) && equal(b, a), `${repr(a)} ${repr(b)}`);
    const different: [PythonValue, PythonValue][] = [
      [Number.NaN, Number.NaN],
      [9007199254740993n, 9007199254740992],
      ['1', 1n],
      [null, 0n],
      [null, false],
      [[1n], { tuple: [1n] }],
      [[], new Map()],
      [new Map([['a', 1n]]), new Map([['b', 1n]])],
    ];
    for (const [a, b] of different) assert.ok(!equal(a, b) && !equal(b, a), `${repr(a)} ${repr(b)}`);
  });

  it('is not harmed by what is nested without end, by keys of prototypes, or by arithmetic without bounds', () => {
    const deep = '['.repeat(100_000);
    assert.throws(() => parsePythonJson(deep), PythonJsonError);
    assert.throws(() => parsePythonJson(`${'{"a":'.repeat(5000)}1`), PythonJsonError);
    assert.throws(() => readPythonCalls(`f(a=${deep})`), PythonSyntaxError);
    assert.throws(() => readPythonCalls(`f(a=${'-'.repeat(100_000)}1)`), PythonSyntaxError);
    assert.throws(() => readPythonCalls(`f(a=${'('.repeat(100_000)}1)`), PythonSyntaxError);
    assert.throws(() => readPythonCalls('f(a=9**9**9)'), PythonSyntaxError);
    assert.throws(() => readPythonCalls('f(a="x"*999999999)'), PythonSyntaxError);

    const object = toJson(parsePythonJson('{"__proto__": {"polluted": 1}, "constructor": 2}'));
    assert.deepEqual(Object.keys(object as object), ['__proto__', 'constructor']);
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
    assert.deepEqual(toJson(fromJson(object)), object);
  });
});
