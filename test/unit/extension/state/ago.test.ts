import assert from 'node:assert/strict';
import { ago } from '../../../../src/extension/state/ago.ts';

const minute = 60_000;

describe('How long ago something was', () => {
  for (const [passed, text] of [
    [0, 'just now'],
    [-5 * minute, 'just now'],
    [2.9 * minute, '2 min ago'],
    [3 * 60 * minute, '3 h ago'],
    [30 * 60 * minute, 'yesterday'],
    [5 * 24 * 60 * minute, '5 days ago'],
  ] as const) {
    it(`is said as "${text}"`, () => assert.equal(ago(1e12 - passed, 1e12), text));
  }

  it('is a date when it is long ago', () => {
    assert.match(ago(Date.UTC(2025, 4, 15), Date.UTC(2026, 4, 15)), /2025/);
  });
});
