import assert from 'node:assert/strict';
import { Ticks } from '../../../../src/extension/choose/ticks.ts';

const a = { label: 'a', value: 'a', proposed: true };
const b = { label: 'b', value: 'b', proposed: true };
const c = { label: 'c', value: 'c' };

function values(ticks: Ticks<string>): string[] {
  return ticks.choices.map(({ value }) => value);
}

describe('Ticks in a list', () => {
  it('are at first those that are proposed, and go when something else is looked for', () => {
    const ticks = new Ticks<string>();
    ticks.show([a, b, c]);
    assert.deepEqual(values(ticks), ['a', 'b']);
    assert.ok(ticks.has('a') && !ticks.has('c'));
    ticks.type();
    assert.deepEqual(values(ticks), []);
    // What comes back when the text is taken away again is proposed no more.
    ticks.show([a, b, c]);
    assert.deepEqual(values(ticks), []);
  });

  it('stay while the text changes once the person has ticked or unticked one', () => {
    const ticks = new Ticks<string>();
    ticks.show([a, b, c]);
    ticks.hear([a]);
    ticks.type();
    ticks.show([c]);
    assert.deepEqual(values(ticks), ['a']);
    ticks.hear([a, c]);
    ticks.type();
    assert.deepEqual(values(ticks), ['a', 'c']);
    ticks.hear([]);
    assert.deepEqual(values(ticks), []);
  });

  it("are not taken for the person's when the editor tells of those that we have made", () => {
    const ticks = new Ticks<string>();
    ticks.show([a, b, c]);
    ticks.hear([b, a]);
    ticks.type();
    assert.deepEqual(values(ticks), []);
    const typedFirst = new Ticks<string>();
    typedFirst.type();
    typedFirst.show([a]);
    assert.deepEqual(values(typedFirst), []);
  });
});
