import assert from 'node:assert/strict';
import {
  type CallFact,
  contradictionsOf,
  type SchemaChange,
} from '../../../../src/core/contradictions/index.ts';
import type { JsonObject } from '../../../../src/core/json.ts';
import type { Failure } from '../../../../src/core/trial.ts';

let trials = 0;

function fact(args: JsonObject, words: string | null, ...bySchema: Failure[]): CallFact {
  trials += 1;
  return {
    trialId: `run-x-${trials}.1`,
    arguments: args,
    taken: words === null,
    words: words ?? '',
    bySchema,
  };
}

function times(count: number, make: (index: number) => CallFact): CallFact[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

const object = (properties: JsonObject, ...required: string[]): JsonObject => ({
  type: 'object',
  properties,
  required,
});

function found(
  parameters: JsonObject,
  facts: CallFact[],
): { message: string; change: SchemaChange; trials: string[] }[] {
  return contradictionsOf({ id: 'a.yaml#t', parameters }, facts);
}

function only(parameters: JsonObject, facts: CallFact[]): ReturnType<typeof found>[number] {
  const all = found(parameters, facts);
  assert.equal(all.length, 1, JSON.stringify(all));
  return all[0] as ReturnType<typeof found>[number];
}

describe('Contradictions between a spec and its trials', () => {
  const dates = object({ date: { type: 'string' }, zone: { type: 'string' } }, 'date');

  it('tell that an optional argument is needed', () => {
    const without = times(5, (index) => fact({ date: `d${index}` }, 'zone is missing'));
    const { message, change, trials } = only(dates, [
      ...without,
      ...times(2, () => fact({ date: 'x', zone: 'UTC' }, null)),
    ]);
    assert.equal(
      message,
      '"zone" is documented as optional, but the tool refused all 5 calls without it (“zone is missing”) and answered 2 calls with it.',
    );
    assert.deepEqual(change, { change: 'require', argument: '/zone' });
    assert.deepEqual(
      trials,
      without.map(({ trialId }) => trialId),
    );
  });

  it('do not say that an argument is needed after four refusals, or against one answer', () => {
    const refused = (count: number) => times(count, () => fact({ date: 'x' }, 'zone is missing'));
    const answered = fact({ date: 'x', zone: 'UTC' }, null);
    assert.deepEqual(found(dates, [...refused(4), answered]), []);
    assert.deepEqual(found(dates, [...refused(9), answered, fact({ date: 'x' }, null)]), []);
    assert.deepEqual(found(dates, refused(9)), []);
  });

  it('do not take what was left out by chance for the reason', () => {
    const schema = object({ a: { type: 'string' }, b: { type: 'string' } });
    const refused = times(6, () => fact({}, 'nothing fits'));
    assert.deepEqual(found(schema, [...refused, ...times(4, () => fact({ a: '1', b: '2' }, null))]), []);
    const named = times(6, () => fact({}, 'b: give one'));
    const { change } = only(schema, [...named, ...times(4, () => fact({ a: '1', b: '2' }, null))]);
    assert.deepEqual(change, { change: 'require', argument: '/b' });
  });

  it('read the form of a date out of what was refused and taken', () => {
    const spellings = ['3 May 2026', 'tomorrow', '05/03/2026', '2026/05/03', 'Friday'];
    const { message, change } = only(dates, [
      ...spellings.map((date) => fact({ date, zone: 'UTC' }, `not a date: ${date}`)),
      fact({ date: '2026-05-03', zone: 'UTC' }, null),
      fact({ date: '2026-06-01', zone: 'UTC' }, null),
    ]);
    assert.deepEqual(change, { change: 'set', argument: '/date', keywords: { format: 'date' } });
    assert.match(
      message,
      /^The tool takes only a date as YYYY-MM-DD for "date": it refused 5 of 5 calls with "3 May 2026", "tomorrow", "05\/03\/2026" and 2 others, which the spec allows \(“/,
    );
  });

  it('are silent where one taken value has another form, or the schema has one already', () => {
    const refused = times(5, (index) =>
      fact({ date: `day ${index}`, zone: 'UTC' }, `not a date: day ${index}`),
    );
    const taken = ['2026-05-03', '2026-06-01', '12 June'].map((date) => fact({ date, zone: 'UTC' }, null));
    assert.deepEqual(found(dates, [...refused, ...taken]), []);
    const known = object({ date: { type: 'string', format: 'date' } }, 'date');
    assert.deepEqual(found(known, [...refused, ...taken.slice(0, 2)]), []);
  });

  it('tell of a listed value that is always refused', () => {
    const schema = object({ unit: { enum: ['mile', 'meter'] } }, 'unit');
    const { change } = only(schema, [
      ...times(5, () => fact({ unit: 'mile' }, 'unknown unit mile')),
      fact({ unit: 'meter' }, null),
    ]);
    assert.deepEqual(change, { change: 'set', argument: '/unit', keywords: { enum: ['meter'] } });
  });

  it("take the tool's own list, range and rule", () => {
    const format = object({ format: { type: 'string' } }, 'format');
    const listed = [
      ...times(5, (index) =>
        fact({ format: `loud${index}` }, 'format must be one of "bold", "italic" or "dim"'),
      ),
      fact({ format: 'bold' }, null),
    ];
    assert.deepEqual(only(format, listed).change, {
      change: 'set',
      argument: '/format',
      keywords: { enum: ['bold', 'italic', 'dim'] },
    });
    const base = object({ base: { type: 'integer' } }, 'base');
    const bounded = [
      ...[0, 1, 37, 40, 64].map((value) =>
        fact({ base: value }, 'RangeError: base must be between 2 and 36'),
      ),
      fact({ base: 16 }, null),
    ];
    const keywords = { minimum: 2, maximum: 36 };
    assert.deepEqual(only(base, bounded).change, { change: 'set', argument: '/base', keywords });
    const text = object({ text: { type: 'string' } }, 'text');
    const ruled = [
      ...times(5, (index) => fact({ text: `a b ${index}` }, 'text must have no spaces')),
      fact({ text: 'ab' }, null),
    ];
    assert.deepEqual(only(text, ruled).change, {
      change: 'describe',
      argument: '/text',
      sentence: 'Text must have no spaces.',
    });
  });

  it('tell of a number that must be whole', () => {
    const schema = object({ count: { type: 'number' } }, 'count');
    const facts = [
      ...times(5, (index) => fact({ count: index + 0.5 }, `count ${index + 0.5} is not whole`)),
      fact({ count: 3 }, null),
    ];
    assert.deepEqual(only(schema, facts).change, {
      change: 'set',
      argument: '/count',
      keywords: { type: 'integer' },
    });
  });

  it('tell of a required argument that nobody needs, and of one that the spec does not name', () => {
    const missing: Failure = { type: 'missing_argument', message: '"zone" is missing.', argument: '/zone' };
    const both = object({ date: {}, zone: {} }, 'date', 'zone');
    const answered = times(3, () => fact({ date: 'x' }, null, missing));
    assert.deepEqual(only(both, answered).change, { change: 'unrequire', argument: '/zone' });
    assert.deepEqual(found(both, [...answered, fact({ date: 'x' }, 'no', missing)]), []);

    const extra: Failure = {
      type: 'unexpected_argument',
      message: '"days" is no parameter.',
      argument: '/days',
    };
    const taken = times(3, (index) => fact({ date: 'x', zone: 'UTC', days: index }, null, extra));
    assert.deepEqual(only(both, taken).change, {
      change: 'add',
      argument: '/days',
      schema: { type: 'integer' },
    });
    assert.deepEqual(found(both, taken.slice(0, 2)), []);
  });

  it('tell of values that the schema forbids and the tool takes', () => {
    const schema = object({
      size: { type: 'integer', maximum: 10 },
      kind: { enum: ['a'] },
      n: { type: 'string' },
    });
    const forbidden = (type: Failure['type'], argument: string): Failure => ({
      type,
      argument,
      message: 'x',
    });
    const change = (args: JsonObject, failure: Failure): SchemaChange =>
      only(
        schema,
        times(3, () => fact(args, null, failure)),
      ).change;
    const set = (argument: string, keywords: JsonObject): SchemaChange => ({
      change: 'set',
      argument,
      keywords,
    });
    assert.deepEqual(
      change({ size: 12 }, forbidden('invalid_value', '/size')),
      set('/size', { maximum: 12 }),
    );
    assert.deepEqual(
      change({ kind: 'b' }, forbidden('invalid_value', '/kind')),
      set('/kind', { enum: ['a', 'b'] }),
    );
    assert.deepEqual(
      change({ n: 3 }, forbidden('wrong_type', '/n')),
      set('/n', { type: ['string', 'integer'] }),
    );
  });

  it('have ids that outlive other changes of the spec and new trials', () => {
    const facts = (count: number) => [
      ...times(count, () => fact({ date: 'x' }, 'zone is missing')),
      fact({ date: 'x', zone: 'UTC' }, null),
    ];
    const ids = [dates, { ...dates, description: 'other' }].flatMap((parameters, index) =>
      contradictionsOf({ id: 'a.yaml#t', parameters }, facts(5 + index)).map(({ id }) => id),
    );
    assert.equal(ids.length, 2);
    assert.equal(ids[0], ids[1]);
    const other = contradictionsOf({ id: 'b.yaml#t', parameters: dates }, facts(5));
    assert.notEqual(other[0]?.id, ids[0]);
  });

  it('survive names and words that were made to trouble them', () => {
    const evil = ['__proto__', 'constructor', 'a.b*c(', '/~1', '\u202e', 'x'.repeat(300)];
    const properties = JSON.parse(
      `{${evil.map((name) => `${JSON.stringify(name)}:{"type":"string"}`).join(',')}}`,
    );
    for (const name of evil) {
      const args = JSON.parse(`{${JSON.stringify(name)}:"value"}`) as JsonObject;
      const facts = [
        ...times(6, () => fact({}, `${name} ${'('.repeat(200)} must be one of ${','.repeat(500)}`)),
        ...times(6, () => fact(args, `value \u0007must be ${'a,'.repeat(3000)}`.slice(0, 300))),
        ...times(4, () => fact(JSON.parse(`{${JSON.stringify(name)}:"other"}`), null)),
      ];
      for (const { message } of found({ type: 'object', properties }, facts)) {
        assert.ok(message.length < 2000 && !message.includes('\u0007'), message);
      }
    }
  });
});
