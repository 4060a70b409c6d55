import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitFamilies, withoutFamiliesOf } from '../../../../src/core/evaluate/split.ts';
import { familyOf, kindOf } from '../../../../src/core/exploit/usable.ts';
import type { Example } from '../../../../src/core/trial.ts';
import { exampleWith } from './examples.ts';

/** Examples of a few tools, of which many say another in other words, and some say the same in the same words. */
const someExamples = fc
  .array(
    fc.record({
      tool: fc.constantFrom('a#one', 'a#two', 'b#three'),
      query: fc.constantFrom(
        'How far?',
        'how  FAR?',
        'How long?',
        'When?',
        'Where to?',
        'Why?',
        'Who is it?',
      ),
      own: fc.boolean(),
      of: fc.nat(12),
      kind: fc.constantFrom(undefined, undefined, 'near_miss' as const),
    }),
    { maxLength: 40 },
  )
  .map((drawn) =>
    drawn.map(({ tool, query, own, of, kind }, index) =>
      exampleWith(`e${index}`, {
        tool,
        query: own ? `${query} ${index}` : query,
        ...(of < index && of % 3 !== 0 ? { paraphraseOf: `e${of}` } : {}),
        ...(kind === undefined ? {} : { kind }),
      }),
    ),
  );

const asked = fc.record({ share: fc.double({ min: 0, max: 1, noNaN: true }), seed: fc.nat() });

const same = (query: string) => query.toLowerCase().replace(/\s+/g, ' ');
const idsOf = (examples: readonly Example[]) => examples.map(({ id }) => id);

describe('Held-out families', () => {
  it('never stand on both sides, neither by name nor by query', () => {
    fc.assert(
      fc.property(someExamples, asked, (examples, how) => {
        const { demonstrations, test } = splitFamilies(examples, how);
        const families = new Set(demonstrations.map(familyOf));
        const queries = new Set(demonstrations.map(({ query }) => same(query)));
        for (const one of test) {
          assert.ok(!families.has(familyOf(one)), `${one.id}: its family is shown`);
          assert.ok(!queries.has(same(one.query)), `${one.id}: its query is shown`);
        }
        // Of each family one is asked.
        assert.equal(new Set(test.map(familyOf)).size, test.length);
        assert.equal(new Set(test.map(({ query }) => same(query))).size, test.length);
      }),
    );
  });

  it('are the same whatever the order, and others with another seed', () => {
    fc.assert(
      fc.property(someExamples, asked, (examples, how) => {
        assert.deepEqual(splitFamilies(examples.toReversed(), how), splitFamilies(examples, how));
      }),
    );
    const many = Array.from({ length: 20 }, (_, index) => exampleWith(`e${index}`));
    const splits = new Set(
      [1, 2, 3, 4].map((seed) => idsOf(splitFamilies(many, { share: 0.3, seed }).test).join()),
    );
    assert.ok(splits.size > 1);
  });

  it('are a share of each tool and kind, at least one and never all', () => {
    const examples = [
      ...Array.from({ length: 10 }, (_, index) => exampleWith(`a${index}`)),
      ...Array.from({ length: 2 }, (_, index) => exampleWith(`b${index}`, { tool: 'x#b' })),
      exampleWith('c', { tool: 'x#c' }),
      ...Array.from({ length: 4 }, (_, index) => exampleWith(`n${index}`, { kind: 'near_miss', calls: [] })),
    ];
    const { test, demonstrations } = splitFamilies(examples, { share: 0.3, seed: 1 });
    const counts = Map.groupBy(test, (one) => `${one.tool} ${kindOf(one)}`);
    assert.deepEqual([...counts].map(([key, those]) => [key, those.length]).sort(), [
      ['tools.yaml#echo call', 3],
      ['tools.yaml#echo near_miss', 1],
      ['x#b call', 1],
    ]);
    assert.ok(idsOf(demonstrations).includes('c'));
    assert.equal(splitFamilies(examples, { share: 1, seed: 1 }).demonstrations.length, 4);
  });

  it('ask the example itself and leave its paraphrases out on both sides', () => {
    const examples = [
      exampleWith('a'),
      exampleWith('a2', { paraphraseOf: 'a' }),
      exampleWith('b'),
      exampleWith('b2', { paraphraseOf: 'b' }),
    ];
    const { test, demonstrations } = splitFamilies(examples, { share: 0.5, seed: 3 });
    assert.equal(test.length, 1);
    assert.equal(test[0]?.id.length, 1);
    assert.equal(demonstrations.length, 2);
  });
});

describe('Examples beside questions from elsewhere', () => {
  it('are those that share neither query nor family with one', () => {
    const examples = [
      exampleWith('a', { query: 'How far?' }),
      exampleWith('a2', { query: 'What distance?', paraphraseOf: 'a' }),
      exampleWith('b', { query: 'When?' }),
      exampleWith('c', { query: 'Why?' }),
    ];
    assert.deepEqual(idsOf(withoutFamiliesOf(examples, [{ query: 'how far?  ' }])), ['b', 'c']);
    assert.deepEqual(idsOf(withoutFamiliesOf(examples, [{ query: 'Other', family: 'a' }])), ['b', 'c']);
    assert.deepEqual(idsOf(withoutFamiliesOf(examples, [])), ['a', 'a2', 'b', 'c']);
  });
});
