import assert from 'node:assert/strict';
import fc from 'fast-check';
import { toolFileName, toolOfFileName } from '../../../src/core/toolFileName.ts';

describe('toolFileName', () => {
  it('keeps ordinary ids readable', () => {
    assert.equal(toolFileName('imaginarium.yaml#add_date'), 'imaginarium.yaml#add_date');
  });

  it('escapes what a file system refuses, and upper case', () => {
    assert.equal(toolFileName('A/b c.tools.yaml#x'), '%41%2fb%20c.tools.yaml#x');
    assert.equal(toolFileName('..'), '%2e%2e');
    assert.equal(toolFileName('con'), '%63on');
  });

  it('turns every id back, and gives no two the same file, whatever the case', () => {
    const id = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 15 })
      .filter((text) => encodeURIComponent(text).length <= 150);
    const ids = fc.array(id, { maxLength: 8 });
    fc.assert(
      fc.property(ids, (all) => {
        const names = all.map(toolFileName);
        for (const [index, name] of names.entries()) {
          assert.match(name, /^[a-z0-9_#@+,=()%.-]+$/);
          assert.equal(toolOfFileName(name), all[index]);
        }
        assert.equal(new Set(names).size, new Set(all).size);
      }),
    );
  });

  it('cuts what is too long, with a hash that keeps ids apart', () => {
    const one = toolFileName(`${'x'.repeat(300)}#a`);
    const other = toolFileName(`${'x'.repeat(300)}#b`);
    assert.equal(one.length, 200);
    assert.match(one, /~[0-9a-f]{16}$/);
    assert.notEqual(one, other);
    assert.equal(toolOfFileName(one), null);
    assert.doesNotMatch(toolFileName(`${'x'.repeat(181)}ÄÄÄ#a`), /%[0-9a-f]?~/);
  });

  it('knows names that it cannot have made', () => {
    for (const name of ['A', '%', '%zz', 'a b', '%61']) assert.equal(toolOfFileName(name), null);
  });
});
