import assert from 'node:assert/strict';
import { oneLine, padded, plain, shortened, widthOf, wrapped } from '../../../src/cli/text.ts';

describe('text of tools and models on a terminal', () => {
  it('brings no escape sequences, control characters or turned directions', () => {
    const evil = '\u001b[2J\u001b]0;title\u0007red\u001b[31m\u0000\b\u009b1m\u202Eabc\u2066';
    assert.equal(plain(evil), 'redabc');
    assert.equal(plain('a\tb\r\nc\rd\n'), 'a\tb\nc\nd\n');
    assert.equal(plain('Zürich 東京 👍'), 'Zürich 東京 👍');
  });

  it('on one line', () => {
    assert.equal(oneLine('  a\n\n b\t\u001b[1mc '), 'a b c');
  });

  it('is measured in columns', () => {
    assert.equal(widthOf('abc'), 3);
    assert.equal(widthOf('\u001b[31mabc\u001b[39m'), 3);
    assert.equal(widthOf('東京'), 4);
    assert.equal(widthOf('e\u0301'), 1);
    assert.equal(padded('東', 4), '東  ');
    assert.equal(padded('7', 3, 'right'), '  7');
  });

  it('is broken between words, and within one only where it must be', () => {
    assert.deepEqual(wrapped('one two three', 8), ['one two', 'three']);
    assert.deepEqual(wrapped('abcdefghij kl', 4), ['abcd', 'efgh', 'ij', 'kl']);
    assert.deepEqual(wrapped('a\nb', 10), ['a', 'b']);
    assert.deepEqual(wrapped('', 10), ['']);
  });

  it('is shortened between words', () => {
    assert.equal(shortened('one two three four', 12), 'one two…');
    assert.equal(shortened('abcdefghijkl', 5), 'abcd…');
    assert.equal(shortened('short', 5), 'short');
  });
});
