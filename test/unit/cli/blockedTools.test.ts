import assert from 'node:assert/strict';
import { blockedLines, mayRun } from '../../../src/cli/blockedTools.ts';

describe('before a run', () => {
  const tools = (['read', 'write', 'unknown', 'destructive'] as const).map((risk) => ({
    id: `m#do_${risk}`,
    name: `do_${risk}`,
    risk,
  }));
  const ids = tools.map(({ id }) => id);

  it('tools whose calls will be blocked are named, with the flag that allows them', () => {
    const [writing, destroying, ...more] = blockedLines({ tools: ids, allowWrites: false }, tools);
    assert.match(writing ?? '', /--allow-writes makes them\): do_write, do_unknown$/);
    assert.match(destroying ?? '', /never run from here: do_destructive$/);
    assert.deepEqual(more, []);
  });

  it('nothing is said of what may run, or is not in the run', () => {
    const [only, ...more] = blockedLines({ tools: ids, allowWrites: true }, tools);
    assert.match(only ?? '', /do_destructive$/);
    assert.deepEqual(more, []);
    assert.deepEqual(blockedLines({ tools: ['m#do_read'], allowWrites: false }, tools), []);
  });
});

describe('of all tools', () => {
  const tool = (name: string, risk: 'read' | 'write' | 'unknown' | 'destructive', runnable = true) => ({
    id: `m#${name}`,
    name,
    risk,
    runnable,
  });
  const tools = [
    tool('look', 'read'),
    tool('book', 'write'),
    tool('wipe', 'destructive'),
    tool('paper', 'write', false),
  ];

  it('those are explored whose calls may be made, and the others are named with the reason', () => {
    const { tools: ids, lines } = mayRun(tools, {});
    assert.deepEqual(ids, ['m#look']);
    assert.equal(lines.length, 3);
    assert.match(lines[0] ?? '', /--allow-writes makes them\): book$/);
    assert.match(lines[1] ?? '', /never run from here: wipe$/);
    assert.match(lines[2] ?? '', /nothing can run them .*: paper$/);
    assert.deepEqual(mayRun(tools, { allowWrites: true }).tools, ['m#look', 'm#book']);
  });

  it('what a model plays changes nothing, whatever its risk', () => {
    assert.deepEqual(mayRun(tools, { simulate: true }).tools, ['m#look', 'm#paper']);
    assert.deepEqual(mayRun([{ ...tool('wipe', 'destructive'), simulated: true }], {}), {
      tools: [],
      lines: [],
    });
  });

  it('where none may run, it is said what to do; a long list is cut', () => {
    assert.throws(() => mayRun([tool('book', 'unknown')], {}), {
      name: 'WrongRequest',
      message: /may change things: book\.$/,
      advice: /--allow-writes/,
    });
    assert.throws(() => mayRun([tool('wipe', 'destructive')], { allowWrites: true }), { advice: /editor/ });
    const many = Array.from({ length: 20 }, (_, i) => tool(`t${i}`, 'write'));
    assert.match(mayRun([tool('look', 'read'), ...many], {}).lines[0] ?? '', /t11 and 8 more$/);
  });
});
