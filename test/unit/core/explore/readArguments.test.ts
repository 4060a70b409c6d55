import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { readArguments, readCallArguments } from '../../../../src/core/explore/readArguments.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../../src/core/json.ts';

interface Broken {
  published: { file: string; api: string; index: number; broken: string; expect: JsonObject }[];
  own: { text: string; broken: string; expect: JsonObject }[];
  unreadable: { text: string; broken: string; reason: string }[];
}

const broken = JSON.parse(
  readFileSync(new URL('../../../fixtures/brokenArguments.json', import.meta.url), 'utf8'),
) as Broken;

/** The published answers of the models, read where they lie; they are no part of this repository. */
const published = new URL('../../../../../shared/data/ste/predictions/', import.meta.url);
const isPublishedHere = existsSync(published);

type Predictions = Record<string, { model_output: string }[]>;

function predictions(file: string): Predictions {
  return JSON.parse(readFileSync(new URL(file, published), 'utf8')) as Predictions;
}

/** Whole answers to compare on: the published ones, or else ours. */
function answers(): string[] {
  if (isPublishedHere) {
    return readdirSync(published).flatMap((file) =>
      Object.values(predictions(file)).flatMap((list) => list.map((one) => one.model_output)),
    );
  }
  const plain = [
    '{}',
    '{"a": {"b": 1}, "c": 2}',
    '{{"a": "x"}}',
    '{"a": 1} as asked',
    '```json\n{"a": [1]}\n```',
  ];
  // Without a brace of its own, the reference would take the observation's object for the arguments; we never do.
  const own = broken.own.map((one) => one.text).filter((text) => text.includes('{'));
  return [...plain, ...own].flatMap((input) => [
    `Action: weather\nAction Input: ${input}`,
    `Action: weather\nAction Input: ${input}\nFinal Answer: {"it": "rains"}`,
    `Action: weather\nAction Input: ${input}\nObservation: {"sky": "clear"}`,
  ]);
}

/** The arguments as the reference program reads them from a whole answer; null where it finds them malformed. */
function referenceReading(answer: string): JsonObject | null {
  const [before = ''] = answer.split('Final Answer:');
  const [action = '', input, ...more] = before.split('Action Input:');
  if (input === undefined || more.length > 0 || action.split('Action:').length !== 2) return null;
  const [first, last] = [input.indexOf('{'), input.lastIndexOf('}')];
  if (first < 0 || last < first) return null;
  const inside = input.slice(first, last + 1).replace(/^[{}]+/, '');
  try {
    const value: unknown = JSON.parse(`{${inside.slice(0, inside.length - trailingBraces(inside))}}`);
    // Written again, a number that is too large is null, as it is in our reading.
    return isJsonObject(value) ? (JSON.parse(JSON.stringify(value)) as JsonObject) : null;
  } catch {
    return null;
  }
}

function trailingBraces(text: string): number {
  let count = 0;
  while ('{}'.includes(text.at(-1 - count) ?? 'none')) count++;
  return count;
}

function afterLabel(answer: string): string | null {
  const at = answer.indexOf('Action Input:');
  return at < 0 ? null : answer.slice(at + 'Action Input:'.length);
}

function read(text: string): JsonObject | string {
  const result = readArguments(text);
  return result.ok ? result.arguments : result.reason;
}

/** A JSON text whose every brace outside strings is doubled, as prompt templates write it. */
function doubled(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(doubled).join(', ')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}: ${doubled(part)}`);
  return `{{${members.join(', ')}}}`;
}

/** JSON texts have no negative zero once written again. */
function normalZero(value: Json): Json {
  if (Array.isArray(value)) return value.map(normalZero);
  if (!isJsonObject(value)) return value === 0 ? 0 : value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, normalZero(part)]));
}

describe('readArguments', () => {
  describe('against the reference', () => {
    it('gives an equal object wherever the reference gives one', () => {
      let labelled = 0;
      let ofReference = 0;
      let ours = 0;
      for (const answer of answers()) {
        const text = afterLabel(answer);
        if (text === null) continue;
        labelled++;
        const result = readArguments(text);
        if (result.ok) ours++;
        const expected = referenceReading(answer);
        if (expected === null) continue;
        ofReference++;
        assert.ok(result.ok, `unread: ${text}`);
        assert.deepEqual(result.arguments, expected, text);
      }
      // Counted once, by a program in Python, on the published files.
      const [labelledAtLeast, referenceAtLeast] = isPublishedHere ? [3911, 2913] : [100, 20];
      assert.ok(labelled >= labelledAtLeast, `${labelled} answers with a call`);
      assert.ok(ofReference >= referenceAtLeast, `the reference reads ${ofReference}`);
      assert.ok(ours >= 0.994 * labelled, `ours reads ${ours} of ${labelled}`);
    });

    it('reads broken answers as a person does', () => {
      const files = new Map<string, Predictions>();
      const texts = isPublishedHere
        ? broken.published.map(({ file, api, index, ...rest }) => {
            if (!files.has(file)) files.set(file, predictions(file));
            const answer = files.get(file)?.[api]?.[index]?.model_output ?? '';
            assert.equal(referenceReading(answer), null, `${file} ${api} ${index} is not broken`);
            return { ...rest, text: afterLabel(answer) ?? '' };
          })
        : broken.own;
      assert.ok(texts.length >= (isPublishedHere ? 60 : 30), `${texts.length} texts`);
      for (const { text, broken: what, expect } of texts) assert.deepEqual(read(text), expect, what);
    });
  });

  describe('broken texts of our own', () => {
    for (const { text, broken: what, expect } of broken.own) {
      it(`reads ${what}`, () => {
        assert.deepEqual(read(text), expect);
      });
    }

    for (const { text, broken: what, reason } of broken.unreadable) {
      it(`makes no object of ${what}`, () => {
        assert.deepEqual(readArguments(text), { ok: false, reason });
      });
    }
  });

  it('says how it came to the object', () => {
    const how = (text: string): string | undefined => {
      const result = readArguments(text);
      return result.ok ? result.how : result.reason;
    };
    assert.equal(how(' {"a": 1}\n'), 'json');
    assert.equal(how('{"a": 1}\nObservation: 2'), 'balanced');
    assert.equal(how('{{"a": 1}}'), 'braces');
    assert.equal(how('{"a": 1,}'), 'repaired');
  });

  it('keeps __proto__ as plain data', () => {
    for (const text of [
      '{"__proto__": {"polluted": 1}}',
      '{"__proto__": {"polluted": 1},}',
      "{'__proto__': 1e400}",
    ]) {
      const result = readArguments(text);
      assert.ok(result.ok);
      assert.deepEqual(Object.keys(result.arguments), ['__proto__']);
      assert.equal(Object.getPrototypeOf(result.arguments), Object.prototype);
    }
    assert.equal(({} as { polluted?: number }).polluted, undefined);
  });

  it('keeps a lone surrogate as it is written', () => {
    assert.deepEqual(read('{"a": "\\ud83d"}'), { a: '\ud83d' });
  });

  it('refuses what is nested beyond any use', () => {
    const depth = 100_000;
    for (const bomb of [
      '{"a":'.repeat(depth),
      `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`,
      `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`,
      `{"a": ${'f('.repeat(10_000)}`,
      `{'a': ${'["x"+'.repeat(6_000)}`,
    ]) {
      assert.equal(readArguments(bomb).ok, false, bomb.slice(0, 20));
    }
    assert.ok(readArguments(`{"a":${'['.repeat(200)}${']'.repeat(200)}}`).ok, 'deep, but of use');
  });

  it('takes time in proportion to the length', () => {
    const pieces = [
      '{',
      '{ ',
      '{}',
      '{x}',
      '"x "y ',
      '\\"',
      '\\',
      "' ",
      "x' ",
      '"k":1,',
      '1,',
      'b\n',
      '\n\t ',
      '`',
    ];
    const megabyte = 1_000_000;
    for (const piece of pieces) {
      for (const head of ['', '{"a": ', '{"a": "', "{'a': '", '{"a": [']) {
        const text = head + piece.repeat(megabyte / 10 / piece.length);
        const started = performance.now();
        readArguments(text);
        const took = performance.now() - started;
        // Anything quadratic takes minutes here; the bound leaves room for a busy machine.
        assert.ok(took < 1000, `${took} ms for ${text.slice(0, 20)}`);
      }
    }
    const whole = `{"text": "${' word'.repeat(megabyte / 5)}"}`;
    assert.equal((read(whole) as { text: string }).text.length, megabyte);
    assert.equal((read(whole.slice(0, -2)) as { text: string }).text.length, megabyte);
  });

  describe('any object', () => {
    const objects = fc
      .dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 })
      .map((object) => JSON.parse(JSON.stringify(object)) as JsonObject);
    const proseBefore = fc.constantFrom(
      '',
      ' ',
      '\n',
      'I use this: ',
      '<tool_x>',
      'For {city} then: ',
      'it\'s "now" ',
    );
    const proseAfter = fc.constantFrom(
      '',
      ' ',
      ' which "gives" it.',
      '\nObservation: {"sky": "clear"}\nFinal Answer: it is {clear}',
      '\nAction: other\nAction Input: {"b": 2}',
      '\n---\n{"c"',
      '}}',
    );
    const indents = fc.constantFrom(0, 2, '\t');

    it('is read from within prose', () => {
      fc.assert(
        fc.property(objects, indents, proseBefore, proseAfter, (object, indent, before, after) => {
          assert.deepEqual(read(before + JSON.stringify(object, null, indent) + after), object);
        }),
        { numRuns: 300 },
      );
    });

    it('is read from a fence', () => {
      fc.assert(
        fc.property(objects, indents, proseAfter, (object, indent, after) => {
          assert.deepEqual(
            read(`\`\`\`json\n${JSON.stringify(object, null, indent)}\n\`\`\`${after}`),
            object,
          );
        }),
        { numRuns: 200 },
      );
    });

    it('is read with its braces doubled, outside or everywhere', () => {
      fc.assert(
        fc.property(objects, proseAfter, (object, after) => {
          assert.deepEqual(read(`{${JSON.stringify(object)}}${after}`), object);
          assert.deepEqual(read(doubled(object) + after), object);
        }),
        { numRuns: 300 },
      );
    });

    it('is read from a JSON string that holds it', () => {
      fc.assert(
        fc.property(objects, (object) => {
          const text = JSON.stringify(JSON.stringify(object));
          assert.deepEqual(readCallArguments(text), { ok: true, arguments: object, how: 'json' });
        }),
        { numRuns: 200 },
      );
    });
  });

  it('throws at nothing, and what it reads is a JSON object', () => {
    const tokens = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        '"',
        "'",
        ':',
        ',',
        '\\',
        '\n',
        ' ',
        'a',
        '1',
        '-',
        '…',
        '...',
        '//',
        '/*',
        '*/',
        '```',
      ],
      ...[
        'NaN',
        'True',
        'null',
        '"""',
        '\\u',
        '{{',
        '}}',
        '\nObservation:',
        '\nAction Input:',
        'f(',
        '+',
        '“',
        '\u0000',
      ],
    );
    const noise = fc.array(tokens, { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        fc.oneof(
          noise,
          noise.map((text) => `{${text}`),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          for (const result of [readArguments(text), readCallArguments(text)]) {
            if (!result.ok) continue;
            assert.ok(isJsonObject(result.arguments));
            assert.deepEqual(JSON.parse(JSON.stringify(result.arguments)), normalZero(result.arguments));
          }
        },
      ),
      { numRuns: 1500 },
    );
  });
});

describe('readCallArguments', () => {
  it('takes nothing for no arguments', () => {
    for (const text of ['', '  \n', 'null', ' null ', '""', '"null"', '{}']) {
      assert.deepEqual(readCallArguments(text), { ok: true, arguments: {}, how: 'json' }, text);
    }
  });

  it('takes an object out of a JSON string, once', () => {
    assert.deepEqual(readCallArguments('"{\\"city\\": \\"Oslo\\"}"'), {
      ok: true,
      arguments: { city: 'Oslo' },
      how: 'json',
    });
    assert.deepEqual(readCallArguments('"Oslo"'), { ok: false, reason: 'no_open_brace' });
  });

  it('reads everything else like readArguments', () => {
    for (const { text } of [...broken.own, ...broken.unreadable.filter((one) => one.text !== '')]) {
      if (!text.startsWith('"')) assert.deepEqual(readCallArguments(text), readArguments(text), text);
    }
  });
});
