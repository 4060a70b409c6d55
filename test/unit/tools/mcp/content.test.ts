import assert from 'node:assert/strict';
import { contentOf } from '../../../../src/tools/mcp/content.ts';
import { Tail } from '../../../../src/tools/mcp/tail.ts';

describe('What an MCP tool says', () => {
  const shown = (...content: object[]): string => contentOf({ content } as never, 10_000).content;

  it('is text, and what is no text is described', () => {
    assert.equal(shown({ type: 'text', text: 'one' }, { type: 'text', text: 'two' }), 'one\ntwo');
    assert.equal(
      shown({ type: 'image', mimeType: 'image/png', data: 'AAAA' }),
      '[image: image/png, 3 bytes]',
    );
    assert.equal(
      shown({ type: 'audio', mimeType: 'audio/wav', data: 'AAA=' }),
      '[audio: audio/wav, 2 bytes]',
    );
    assert.equal(
      shown({ type: 'resource', resource: { uri: 'file:///a', mimeType: 'text/plain', text: 'inside' } }),
      '[resource file:///a, text/plain]\ninside',
    );
    assert.equal(
      shown({ type: 'resource', resource: { uri: 'file:///a', blob: 'AA==' } }),
      '[resource file:///a, 1 bytes]',
    );
    assert.equal(
      shown({ type: 'resource_link', uri: 'file:///a', name: 'a', size: 12 }),
      '[link to the resource file:///a: a, 12 bytes]',
    );
    assert.equal(shown({ type: 'hologram' }), '[hologram]');
    assert.equal(contentOf({} as never, 100).content, '');
  });

  it('has its structured part once', () => {
    const structuredContent = { a: 1, b: ['x'] };
    const both = { content: [{ type: 'text', text: '{ "a": 1, "b": ["x"] }' }], structuredContent };
    assert.equal(contentOf(both as never, 100).content, '{ "a": 1, "b": ["x"] }');
    const wrapped = { content: [{ type: 'text', text: 'found' }], structuredContent: { result: 'found' } };
    assert.equal(contentOf(wrapped as never, 100).content, 'found');
    const other = { content: [{ type: 'text', text: 'done' }], structuredContent };
    assert.equal(contentOf(other as never, 100).content, 'done\n{"a":1,"b":["x"]}');
  });

  it('at the end of a stream is kept, without half a line', () => {
    const tail = new Tail(12);
    for (const words of ['first line\n', 'second\n', 'third\n']) tail.add(Buffer.from(words));
    assert.equal(tail.text(), 'third');
    const short = new Tail(100);
    short.add(Buffer.from('all of it\0\n'));
    assert.equal(short.text(), 'all of it\u2400');
  });
});
