import assert from 'node:assert/strict';
import { blockedLines } from '../../../src/cli/blockedTools.ts';

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
