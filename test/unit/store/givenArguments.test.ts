import assert from 'node:assert/strict';
import type { Step, Trial } from '../../../src/core/trial.ts';
import { argumentsGiven, callsOf } from '../../../src/store/givenArguments.ts';
import { madeTrial } from '../../bench/storeFixtures.ts';

describe('What a call gave', () => {
  it('is noted with short scalars, nested ones as deep as coverage looks', () => {
    const given = argumentsGiven({
      city: 'Graz',
      days: 3,
      exact: false,
      none: null,
      tags: ['a'],
      'a/b~c': 1,
      from: { station: { code: 'GRZ', more: { deep: 1 } } },
      text: 'x'.repeat(101),
    });
    assert.deepEqual(
      given.map(({ pointer, value }) => [pointer, value]),
      [
        ['', ''],
        ['/city', '"Graz"'],
        ['/days', '3'],
        ['/exact', 'false'],
        ['/none', 'null'],
        ['/tags', ''],
        ['/a~1b~0c', '1'],
        ['/from', ''],
        ['/text', ''],
        ['/from/station', ''],
        ['/from/station/code', '"GRZ"'],
        ['/from/station/more', ''],
      ],
    );
  });

  it('has no secrets, neither by their shape nor by their name', () => {
    const key = `sk-${'a1'.repeat(12)}`;
    const given = argumentsGiven({
      q: `use ${key}`,
      clientSecret: 'hunter2',
      login: { password: 'hunter2' },
    });
    const text = JSON.stringify(given);
    assert.ok(!text.includes(key) && !text.includes('hunter2'));
    assert.equal(given.find(({ pointer }) => pointer === '/clientSecret')?.value, '"[redacted]"');
  });

  it('is a few rows, however large or odd the call', () => {
    const large = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`a${index}`, index]));
    assert.equal(argumentsGiven(large).length, 25);
    const odd = argumentsGiven({ 'nul\0': 1, 'half\ud800': 2, ['x'.repeat(300)]: 3, text: 'nul\0 \ud800' });
    assert.deepEqual(odd.slice(1), [{ pointer: '/text', value: '"nul\\u0000 \\ud800"' }]);
  });

  it('is that of the explored tool alone, where a call was made', () => {
    const trial = madeTrial('r1', 3, 1);
    const [first] = trial.steps as [Step, Step];
    const sibling = { ...first, call: { tool: 'another', arguments: {} } };
    const unread = { ...first, call: null };
    const cancelled: Step = {
      ...first,
      observation: { ...first.observation, status: 'not_run' },
      failures: [{ type: 'cancelled', message: '' }],
    };
    const steps: Trial['steps'] = [sibling, unread, cancelled, ...trial.steps];
    assert.deepEqual(
      callsOf({ tool: trial.tool, steps }).map(({ step, failed }) => [step, failed]),
      [
        [3, true],
        [4, false],
      ],
    );
  });
});
