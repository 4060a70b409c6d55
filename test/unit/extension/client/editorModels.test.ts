import assert from 'node:assert/strict';
import { chatTurns } from '../../../../src/extension/client/chatParts.ts';
import { modelFault } from '../../../../src/extension/client/modelFault.ts';

describe('A conversation for an editor model', () => {
  it('has calls and results as parts, results of one answer together, and no empty texts', () => {
    const turns = chatTurns([
      { role: 'user', content: 'Hello' },
      {
        role: 'assistant',
        content: '',
        toolCalls: [
          { id: '1', name: 'a', arguments: '{"x":1}' },
          { id: '2', name: 'b', arguments: 'broken {' },
          { id: '3', name: 'c', arguments: '' },
        ],
      },
      { role: 'tool', toolCallId: '1', content: 'one' },
      { role: 'tool', toolCallId: '2', content: 'two' },
      { role: 'user', content: 'And?' },
      { role: 'assistant', content: '' },
    ]);
    assert.deepEqual(turns, [
      { role: 'user', parts: [{ kind: 'text', text: 'Hello' }] },
      {
        role: 'assistant',
        parts: [
          { kind: 'call', id: '1', name: 'a', input: { x: 1 } },
          { kind: 'call', id: '2', name: 'b', input: { unreadable: 'broken {' } },
          { kind: 'call', id: '3', name: 'c', input: {} },
        ],
      },
      {
        role: 'user',
        parts: [
          { kind: 'result', id: '1', text: 'one' },
          { kind: 'result', id: '2', text: 'two' },
        ],
      },
      { role: 'user', parts: [{ kind: 'text', text: 'And?' }] },
    ]);
  });
});

describe('A fault of an editor model', () => {
  const coded = (code: string, message = 'said') => Object.assign(new Error(message), { code });

  it('is told by its code, or by its text', () => {
    assert.equal(modelFault(coded('NoPermissions'), 'M').kind, 'consent');
    assert.equal(modelFault(coded('NotFound'), 'M').kind, 'unknown_model');
    assert.equal(modelFault(coded('Blocked'), 'M').kind, 'bad_request');
    assert.equal(modelFault(new Error('You have exceeded your premium requests.'), 'M').kind, 'quota');
    assert.equal(modelFault(new Error('429 too many requests'), 'M').kind, 'rate_limit');
    assert.equal(modelFault('odd', 'M').kind, 'server');
  });

  it('names the model and what to do', () => {
    const fault = modelFault(coded('NoPermissions'), 'GPT-X');
    assert.match(fault.message, /^GPT-X may not be used: said$/);
    assert.match(fault.advice, /Explore again and allow it/);
  });
});
