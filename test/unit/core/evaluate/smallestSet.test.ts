import assert from 'node:assert/strict';
import { type SmallestOptions, smallestSet } from '../../../../src/core/evaluate/smallestSet.ts';
import type { Example } from '../../../../src/core/trial.ts';
import { exampleWith, toolWith } from './examples.ts';

const weather = toolWith(
  'weather',
  { city: { type: 'string' }, units: { enum: ['C', 'F'] }, days: { type: 'integer' } },
  ['city'],
);

function call(id: string, args: Example['calls'][0]['arguments'], more: Partial<Example> = {}): Example {
  return exampleWith(id, {
    tool: weather.id,
    calls: [{ tool: weather.id, arguments: args, observation: '' }],
    ...more,
  });
}

function smallest(examples: readonly Example[], more: Partial<SmallestOptions> = {}) {
  return smallestSet(examples, {
    tokens: 1000,
    lifts: new Map(),
    tools: new Map([[weather.id, weather]]),
    tokensOf: () => 10,
    ...more,
  });
}

const ids = ({ examples }: { examples: readonly Example[] }) => examples.map(({ id }) => id);

describe('The smallest set of examples', () => {
  const plain = call('a', { city: 'Bonn' });
  const again = call('b', { city: 'Bern' });
  const celsius = call('c', { city: 'Bonn', units: 'C' });
  const days = call('d', { city: 'Bonn', units: 'F', days: 3 });
  const near = exampleWith('n', { tool: weather.id, kind: 'near_miss', calls: [] });
  const all = [plain, again, celsius, days, near];

  it('shows what can be shown, and nothing twice', () => {
    const set = smallest(all);
    assert.equal(set.covered, set.coverable);
    assert.ok(!(ids(set).includes('a') && ids(set).includes('b')));
    assert.ok(['c', 'd', 'n'].every((id) => ids(set).includes(id)));
    assert.equal(set.tokens, ids(set).length * 10);
    assert.equal(set.tooLarge, 0);
    assert.deepEqual(ids(smallest(all.toReversed())), ids(set));
  });

  it('takes first what helps most for its tokens, and never what harms', () => {
    const lifts = new Map([
      ['b', { lift: 0.2, low: 0.05, high: 0.4 }],
      ['a', { lift: 0.3, low: 0.1, high: 0.5 }],
      ['d', { lift: -0.4, low: -0.6, high: -0.1 }],
      ['c', { lift: -0.1, low: -0.3, high: 0.2 }],
    ]);
    const set = smallest(all, { lifts, tokensOf: ({ id }) => (id === 'a' ? 100 : 10) });
    assert.deepEqual(ids(set), ['b', 'a', 'c', 'n']);
    assert.equal(set.forLift, 2);
  });

  it('keeps to its tokens, and says what did not fit', () => {
    const set = smallest(all, { tokens: 25 });
    assert.equal(set.examples.length, 2);
    assert.ok(set.tokens <= 25);
    assert.ok(set.tooLarge > 0);
    assert.deepEqual(ids(smallest(all, { tokens: 9 })), []);
    assert.deepEqual(ids(smallest([])), []);
  });

  it('takes one of a family', () => {
    const family = [celsius, call('c2', { city: 'Bonn', units: 'F' }, { paraphraseOf: 'c' })];
    assert.equal(smallest(family).examples.length, 1);
  });
});
