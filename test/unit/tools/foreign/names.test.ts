import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isLegalName, nameMap } from '../../../../src/tools/foreign/names.ts';

describe('Names of foreign tools', () => {
  const shown = (...written: string[]): readonly string[] => nameMap(written).shown;

  it('leaves a legal name as it is, also where an illegal one would read like it', () => {
    assert.deepEqual(shown('get_weather', 'a-B_9'), ['get_weather', 'a-B_9']);
    const [legal, other] = shown('a_b', 'a.b');
    assert.equal(legal, 'a_b');
    assert.match(String(other), /^a_b_[0-9a-f]{8}$/);
  });

  it('writes an illegal name with the letters it can be written with', () => {
    assert.deepEqual(shown('math.factorial', 'Numbers%%Get math fact', 'Conversión a letra', '/pets/{id}'), [
      'math_factorial',
      'Numbers_Get_math_fact',
      'Conversion_a_letra',
      'pets_id',
    ]);
    assert.match(String(shown('查询天气')[0]), /^tool_[0-9a-f]{8}$/);
  });

  it('tells names apart that are the same when they are cut or written plainly', () => {
    const long = 'x'.repeat(70);
    const names = shown(`${long}a`, `${long}b`, 'a b', 'a.b', 'a/b');
    assert.equal(new Set(names).size, 5);
    assert.ok(names.every((name) => name.length <= 64));
  });

  it('gives a name that stands twice a second one', () => {
    assert.deepEqual(shown('f', 'f', 'f'), ['f', 'f_2', 'f_3']);
    const names = shown('f', 'f_2', 'f');
    assert.deepEqual(names.slice(0, 2), ['f', 'f_2']);
    assert.match(String(names[2]), /^f_2_[0-9a-f]{8}$/);
  });

  it('does not depend on the order', () => {
    const written = ['a.b', 'a b', 'c', 'd/e'];
    const there = nameMap(written).shown;
    const back = nameMap([...written].reverse()).shown;
    assert.deepEqual(there, [...back].reverse());
  });

  it('is legal, unique, and leads back, whatever is written', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.string({ unit: fc.constantFrom('a', '_', '.', '~', '2'), maxLength: 4 }),
      fc.constantFrom('__proto__', 'constructor', 'toString', '', ' '),
    );
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 40 }), (written) => {
        const map = nameMap(written);
        assert.equal(map.shown.length, written.length);
        assert.equal(new Set(map.shown).size, written.length);
        for (const [index, name] of map.shown.entries()) {
          assert.ok(isLegalName(name), name);
          assert.equal(map.indexOf(name), index);
        }
        assert.deepEqual(nameMap(written).shown, map.shown);
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});
