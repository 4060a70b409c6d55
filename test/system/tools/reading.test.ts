import assert from 'node:assert/strict';
import { join } from 'node:path';
import { defaultTimeoutMs } from '../../../src/tools/boundTool.ts';
import { type Reading, ReadingThread } from '../../../src/tools/reading.ts';
import { eventually } from '../../helpers/eventually.ts';

const entry = join(import.meta.dirname, '../../fixtures/tools/readingStandIn.mjs');
const defaults = { timeoutMs: defaultTimeoutMs };

describe('The thread that reads specs', () => {
  let thread: ReadingThread;
  beforeEach(() => {
    thread = new ReadingThread({ entry, idle: 300 });
  });
  afterEach(() => thread.dispose());

  const read = (path: string, text = ''): Promise<Reading> =>
    thread.read({ folder: '/f', path, text, defaults });
  const problemOf = ({ source }: Reading): string => source?.problems[0]?.message ?? '';

  it('reads the others when one hangs, dies, throws or takes all memory, and says so of that one in 2 s', async () => {
    await read('warm');
    const began = performance.now();
    const hung = await read('a', 'hang');
    const ms = performance.now() - began;
    assert.match(problemOf(hung), /takes too long/);
    assert.ok(ms < 2000, `${ms} ms`);
    assert.ok(hung.late);
    const all = await Promise.all([
      read('b', 'die'),
      read('c', 'the longest text of all'),
      read('d', 'throw'),
      read('e'),
      read('f', 'fill'),
    ]);
    assert.match(problemOf(all[0]), /reading was ended/);
    assert.match(problemOf(all[2]), /thrown/);
    assert.match(problemOf(all[4]), /memory|too long/);
    assert.deepEqual([problemOf(all[1]), problemOf(all[3])], ['', '']);
    assert.equal(all[1].late, false);
  });

  it('reads the shortest first', async () => {
    const order: string[] = [];
    const note = (path: string) => () => void order.push(path);
    await Promise.all([
      read('first').then(note('first')),
      read('long', 'x'.repeat(100)).then(note('long')),
      read('short', 'x').then(note('short')),
      read('middle', 'x'.repeat(10)).then(note('middle')),
    ]);
    assert.deepEqual(order, ['first', 'short', 'middle', 'long']);
  });

  it('lets its worker go when there is nothing to read, and gets another when there is', async () => {
    await read('a');
    assert.ok(thread.isWarm);
    await eventually('it is let go', () => !thread.isWarm);
    assert.equal(problemOf(await read('b')), '');
  });

  it('ends what waits when it is ended', async () => {
    const waiting = [read('a', 'hang'), read('b')];
    await thread.dispose();
    assert.match((await Promise.all(waiting)).map(problemOf).join(), /ended.*,.*ended/);
    assert.match(problemOf(await read('c')), /ended/);
  });
});
