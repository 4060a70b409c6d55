import assert from 'node:assert/strict';
import { jsonLine, shownJson } from '../../../src/cli/json.ts';

describe('JSON on a terminal', () => {
  const data = { text: 'red \u001b[31m \u009b31m \u0085 \u007f \u202Eabc\u2066 Zürich 東京 👍' };

  it('holds no control characters and turns no direction, and is the same data', () => {
    const line = jsonLine(data);
    assert.deepEqual(JSON.parse(line), data);
    assert.match(line, /^[^\p{Cc}\u202A-\u202E\u2066-\u2069]+\n$/u);
  });

  it('is otherwise what it was', () => {
    const json = JSON.stringify({ text: 'Zürich 東京 👍\n' }, null, 2);
    assert.equal(shownJson(json), json);
  });
});
