import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Debounced } from '../../../../src/engine/catalogue/debounce.ts';
import { folderPrefixes, withPrefix } from '../../../../src/engine/catalogue/folderIds.ts';
import { Throttled } from '../../../../src/engine/throttled.ts';
import { sampleTool } from '../../../helpers/corePorts.ts';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('ids of tools in several folders', () => {
  it('those of the first folder are as its sources say, others have their folder before them', () => {
    assert.deepEqual(folderPrefixes(['/a/app', '/b/lib', '/c/lib']), ['', 'lib/', 'lib~2/']);
    const tool = sampleTool();
    const source = {
      path: 'imaginarium.yaml',
      folder: '/b/lib',
      problems: [],
      budget: {},
      tools: [
        {
          tool,
          folder: '/b/lib',
          runner: null,
          notRunnable: null,
          timeoutMs: 1,
          outputLimit: 1,
          services: [],
        },
      ],
    };
    assert.equal(withPrefix([source], 'lib/')[0]?.tools[0]?.tool.id, 'lib/imaginarium.yaml#add_date');
    assert.equal(withPrefix([source], '')[0]?.tools[0]?.tool.id, tool.id);
  });
});

describe('Debounced', () => {
  it('makes one run of calls that come close together, and never two at a time', async () => {
    const seen: string[][] = [];
    let running = 0;
    const debounced = new Debounced<string>(5, async (items) => {
      running += 1;
      assert.equal(running, 1);
      seen.push([...items]);
      await sleep(15);
      running -= 1;
    });
    const first = Promise.all([debounced.call('a'), debounced.call('b'), debounced.call('a')]);
    await sleep(10);
    const second = debounced.call('c');
    await Promise.all([first, second]);
    assert.deepEqual(seen, [['a', 'b'], ['c']]);
  });

  it('a run that fails tells those who wait for it, and the next one works', async () => {
    let fail = true;
    const debounced = new Debounced<number>(1, async () => {
      if (fail) throw new Error('broken');
    });
    await assert.rejects(debounced.call(1), /broken/);
    fail = false;
    await debounced.call(2);
  });
});

describe('Throttled', () => {
  it('works at once, then at its pace, and the last call is never lost', () => {
    let now = 1000;
    mock.method(performance, 'now', () => now);
    mock.timers.enable({ apis: ['setTimeout'] });
    const pass = (ms: number): void => {
      now += ms;
      mock.timers.tick(ms);
    };
    try {
      let times = 0;
      const throttled = new Throttled(30, () => {
        times += 1;
      });
      throttled.call();
      pass(0);
      assert.equal(times, 1);
      for (let i = 0; i < 10; i++) {
        throttled.call();
        pass(2);
      }
      assert.equal(times, 1);
      pass(9);
      assert.equal(times, 1);
      pass(1);
      assert.equal(times, 2);
      pass(100);
      assert.equal(times, 2);
      throttled.call();
      throttled.dispose();
      pass(100);
      assert.equal(times, 2);
    } finally {
      mock.reset();
      mock.timers.reset();
    }
  });
});
