import assert from 'node:assert/strict';
import { Secrets } from '../../../src/tools/secrets.ts';

describe('Secrets', () => {
  const secrets = new Secrets(async (name) => ({ a: 'p@ss "word"', b: 'abc', c: null })[name] ?? null);
  before(() => Promise.all(['a', 'b', 'c'].map((name) => secrets.get(name))));

  it('are taken out of a text, as they are and as URLs, JSON and base64 write them', () => {
    const text = `p@ss "word" ${encodeURIComponent('p@ss "word"')} ${JSON.stringify({ key: 'p@ss "word"' })}`;
    assert.equal(secrets.redact(text, false), '*** *** {"key":"***"}');
    assert.equal(secrets.redact(btoa('p@ss "word"'), false).replace(/=+$/, ''), '***');
  });

  it('are taken out where the end of a text cuts one in half', () => {
    assert.equal(secrets.redact('key p@ss "w', true), 'key ***');
    assert.equal(secrets.redact('key p@ss "w', false), 'key p@ss "w');
    // What else was said, and our own words, stand below what was cut.
    assert.equal(secrets.redact('key p@ss\nwas stopped.', true), 'key ***\nwas stopped.');
  });

  it('are left alone when they are too short to be told from ordinary text', () => {
    assert.equal(secrets.redact('abc', false), 'abc');
  });
});
