import assert from 'node:assert/strict';
import { differenceOf } from '../../../../src/extension/state/difference.ts';

describe('The changed part of a text', () => {
  it('makes the one of the other, and touches no more', () => {
    const pairs: [string, string, string][] = [
      ['', 'abc', 'abc'],
      ['abc', '', ''],
      ['same', 'same', ''],
      ['one two three', 'one 2 three', '2'],
      ['aa', 'aaa', 'a'],
      ['a\r\nb', 'a\nb', '\n'],
      ['a\nb', 'a\r\nb', '\r\n'],
      ['x😀y', 'x😁y', '😁'],
      ['a\r\n', 'a\r\nb\r\n', 'b\r\n'],
    ];
    for (const [before, after, expected] of pairs) {
      const { start, end, text } = differenceOf(before, after);
      assert.equal(before.slice(0, start) + text + before.slice(end), after);
      assert.equal(text, expected);
    }
  });
});
