import assert from 'node:assert/strict';
import { resultText } from '../../../../src/extension/client/resultText.ts';
import { toolFault } from '../../../../src/extension/client/toolFault.ts';

describe('What a tool of the editor gives back', () => {
  it('is its texts, line by line; what is no text is described', () => {
    const text = resultText([
      { kind: 'text', text: 'one' },
      { kind: 'data', mimeType: 'image/png', data: new Uint8Array(12) },
      { kind: 'data', mimeType: 'application/json', data: new TextEncoder().encode('{"a": 1}') },
      { kind: 'other' },
      { kind: 'text', text: '' },
    ]);
    assert.equal(text, 'one\n[image/png, 12 bytes]\n{"a": 1}\n[A part that is neither text nor data]');
  });

  it('is the text of a prompt that was laid out, however deep', () => {
    const value = {
      node: {
        type: 1,
        children: [
          {
            type: 1,
            children: [
              { type: 2, text: 'The file' },
              { type: 2, text: 'has lines', lineBreakBefore: true },
            ],
          },
          { type: 2, text: '.' },
          { type: 3, unknown: true },
        ],
      },
    };
    assert.equal(resultText([{ kind: 'prompt', value }]), 'The file\nhas lines.');
    let deep: unknown = { text: 'too deep' };
    for (let depth = 0; depth < 5000; depth += 1) deep = { children: [deep] };
    assert.equal(resultText([{ kind: 'prompt', value: deep }]), '');
    for (const value of [null, 7, 'text', [], { children: 'x' }]) {
      assert.equal(resultText([{ kind: 'prompt', value }]), '');
    }
  });
});

describe('A call of a tool of the editor that fails', () => {
  const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });
  const faults: [string, unknown, string][] = [
    ['is refused by the tool where it throws', new Error('The date is in the past.'), 'rejected'],
    ['is a fault of the tool where its program breaks', named('TypeError', 'x is undefined'), 'tool_fault'],
    ['is blocked where the person has said no', named('Canceled', 'Canceled'), 'blocked'],
    ['is blocked where the person has said no, told by its text alone', new Error('Canceled'), 'blocked'],
    ['cannot be reached where the tool has gone', new Error('Unknown tool "x"'), 'unreachable'],
    ['is refused, whatever was thrown', 'no', 'rejected'],
  ];
  for (const [what, error, status] of faults) {
    it(what, () => assert.equal(toolFault(error).status, status));
  }

  it('keeps what the tool said', () => {
    assert.equal(toolFault(new Error('The date is in the past.')).content, 'The date is in the past.');
  });
});
