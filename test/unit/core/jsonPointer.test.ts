import assert from 'node:assert/strict';
import { keysOf, pointerOf, valueAt } from '../../../src/core/jsonPointer.ts';

describe('JSON Pointer', () => {
  it('escapes keys and turns them back', () => {
    const path = ['a/b', '~1', '', 'c'];
    assert.equal(pointerOf(...path), '/a~1b/~01//c');
    assert.deepEqual(keysOf(pointerOf(...path)), path);
    assert.equal(pointerOf(), '');
    assert.deepEqual(keysOf(''), []);
  });

  it('finds values in objects and lists, and nothing that is inherited', () => {
    const root = { a: [{ 'b/c': 1 }], null: null };
    assert.equal(valueAt(root, '/a/0/b~1c'), 1);
    assert.equal(valueAt(root, '/null'), null);
    assert.equal(valueAt(root, ''), root);
    for (const missing of ['/a/1', '/a/x', '/toString', '/null/x', '/a/0/b/c']) {
      assert.equal(valueAt(root, missing), undefined, missing);
    }
  });
});
