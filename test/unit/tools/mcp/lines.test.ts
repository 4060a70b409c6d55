import assert from 'node:assert/strict';
import { Lines } from '../../../../src/tools/mcp/lines.ts';

describe('Lines of a stream', () => {
  const cut = (lines: Lines, ...chunks: (string | Buffer)[]): string[] =>
    chunks.flatMap((chunk) => [...lines.add(Buffer.from(chunk))]);

  it('are whole however the stream is cut', () => {
    assert.deepEqual(cut(new Lines(100), 'a\nb', 'c', '\r\n\n', 'rest'), ['a', 'bc', '']);
    const [first, second] = [Buffer.from('é\n').subarray(0, 1), Buffer.from('é\n').subarray(1)];
    assert.deepEqual(cut(new Lines(100), first, second), ['é']);
  });

  it('have a limit', () => {
    const lines = new Lines(5);
    assert.deepEqual(cut(lines, '12345\n'), ['12345']);
    assert.throws(() => cut(lines, '123', '456'), RangeError);
  });
});
