import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { learnFromErrors } from '../../../../src/models/offline/learnFromErrors.ts';
import { slotsOf } from '../../../../src/models/offline/slots.ts';
import { errorTexts, parameters } from './errorTexts.ts';

describe('learning from error texts', () => {
  const slots = slotsOf(parameters);

  it('has a table of at least 40 texts', () => {
    assert.ok(errorTexts.length >= 40, `${errorTexts.length} texts`);
  });

  for (const { from, text, args, findings } of errorTexts) {
    it(`reads ${from}`, () => {
      const learned = learnFromErrors(text, args, slots);
      for (const finding of findings) {
        assert.ok(
          learned.some((one) => isDeepStrictEqual(one, finding)),
          `${JSON.stringify(finding)} is not among ${JSON.stringify(learned)}`,
        );
      }
      const blamed = new Set(learned.map(({ pointer }) => pointer));
      const meant = new Set(findings.map(({ pointer }) => pointer));
      assert.deepEqual(
        [...blamed].filter((pointer) => !meant.has(pointer)),
        [],
        'blames nobody else',
      );
    });
  }

  it('blames nobody when a text names nothing', () => {
    assert.deepEqual(learnFromErrors('Something went wrong.', { city: 'Ulm', mode: 'x1' }, slots), []);
  });

  it('takes the argument that the failure names', () => {
    const learned = learnFromErrors('is no good', { city: 'Ulm', mode: 'x1' }, slots, '/mode');
    assert.deepEqual(learned, [{ kind: 'refused', pointer: '/mode', value: 'x1' }]);
  });

  it('is quick with long and hostile texts', () => {
    const started = performance.now();
    for (const text of [
      "'".repeat(50_000),
      '{'.repeat(50_000),
      'expected one of '.repeat(4000),
      `${'a'.repeat(20_000)}, `.repeat(5),
      '>= '.repeat(9000),
      '%Y '.repeat(9000),
      'required a.a.a.a-'.repeat(3000),
    ]) {
      learnFromErrors(text, { city: 'Ulm', mode: 'x1' }, slots);
    }
    assert.ok(performance.now() - started < 1500, `${performance.now() - started} ms`);
  });
});
