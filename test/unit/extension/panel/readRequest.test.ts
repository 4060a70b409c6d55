import assert from 'node:assert/strict';
import { readMessage } from '../../../../src/extension/panel/readRequest.ts';

const request = (name: string, params: unknown) => readMessage({ type: 'request', id: 1, name, params });
const order = { by: 'time', descending: true };

describe('What comes from the page', () => {
  it('is taken where it is what the protocol says', () => {
    const filter = {
      tool: 'a#b',
      runId: 'r',
      outcome: 'fulfilled',
      failureType: 'timeout',
      from: 1,
      to: 9,
      argument: { pointer: '/unit', value: '"days"' },
      text: 'two words',
      simulated: false,
    };
    for (const [name, params] of Object.entries({
      start: {},
      dashboard: { tool: 'a#b', simulated: true },
      list: { list: 'failures', filter, order },
      listRows: { list: 'trials', ids: [1, 2, 3] },
      tools: { text: '' },
      openTrial: { trialId: 't' },
      insert: { exampleId: 'e' },
      explore: { tool: null },
      manageTrust: {},
      startEngine: {},
    })) {
      assert.deepEqual(request(name, params), { kind: 'request', request: { id: 1, name, params } }, name);
    }
  });

  it('loses what the protocol does not know', () => {
    const read = request('list', { list: 'trials', filter: { tool: 't', path: '/etc' }, order, sql: 'drop' });
    assert.deepEqual(read.kind === 'request' && read.request.params, {
      list: 'trials',
      filter: { tool: 't' },
      order,
    });
  });

  it('is refused where any of it is wrong', () => {
    const wrong: [string, unknown][] = [
      ['drop', {}],
      ['toString', {}],
      ['start', null],
      ['start', []],
      ['dashboard', { tool: 7 }],
      ['dashboard', { tool: '' }],
      ['list', { list: 'users', filter: {}, order }],
      ['list', { list: 'trials', filter: null, order }],
      ['list', { list: 'trials', filter: { outcome: 'good' }, order }],
      ['list', { list: 'trials', filter: { failureType: 'constructor' }, order }],
      ['list', { list: 'trials', filter: { from: '1' }, order }],
      ['list', { list: 'trials', filter: { to: Number.NaN }, order }],
      ['list', { list: 'trials', filter: { argument: { value: '1' } }, order }],
      ['list', { list: 'trials', filter: { argument: { pointer: '/a', value: 1 } }, order }],
      ['list', { list: 'trials', filter: { text: 'x'.repeat(1001) }, order }],
      ['list', { list: 'trials', filter: {}, order: { by: 'size', descending: true } }],
      ['list', { list: 'trials', filter: {}, order: { by: 'time' } }],
      ['listRows', { list: 'trials', ids: 'all' }],
      ['listRows', { list: 'trials', ids: [1.5] }],
      ['listRows', { list: 'trials', ids: Array.from({ length: 201 }, (_, i) => i) }],
      ['tools', {}],
      ['openTrial', { trialId: { toString: 'x' } }],
      ['insert', {}],
      ['explore', {}],
    ];
    for (const [name, params] of wrong) {
      assert.deepEqual(request(name, params), { kind: 'wrong', id: 1 }, `${name} ${JSON.stringify(params)}`);
    }
  });

  it('is passed over where it is no message of a page', () => {
    for (const message of [
      null,
      undefined,
      7,
      'start',
      [],
      {},
      { type: 'request' },
      { type: 'request', id: '1' },
    ]) {
      assert.deepEqual(readMessage(message), { kind: 'nothing' });
    }
    assert.deepEqual(readMessage({ type: 'failed', message: 'x'.repeat(9000) }), {
      kind: 'failed',
      message: 'x'.repeat(2000),
    });
  });
});
