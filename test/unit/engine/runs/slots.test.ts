import assert from 'node:assert/strict';
import { Cancelled } from '../../../../src/core/errors.ts';
import { Slots } from '../../../../src/engine/runs/slots.ts';

const never = new AbortController().signal;
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('Slots', () => {
  it('lets as many work at once as there are slots, in the order of asking', async () => {
    const slots = new Slots(2);
    const order: number[] = [];
    const ends: (() => void)[] = [];
    const all = [1, 2, 3].map((n) =>
      slots.use(never, () => {
        order.push(n);
        return new Promise<void>((resolve) => ends.push(resolve));
      }),
    );
    await turn();
    assert.deepEqual(order, [1, 2]);
    ends[1]?.();
    await turn();
    assert.deepEqual(order, [1, 2, 3]);
    for (const end of ends) end();
    await Promise.all(all);
  });

  it('gives the slot of a failed worker on', async () => {
    const slots = new Slots(1);
    await assert.rejects(
      slots.use(never, () => Promise.reject(new Error('broken'))),
      /broken/,
    );
    assert.equal(await slots.use(never, async () => 'next'), 'next');
  });

  it('lets others work while a holder waits for a person', async () => {
    const slots = new Slots(1);
    const events: string[] = [];
    let answer = () => {};
    const first = slots.use(never, async () => {
      await slots.stepAside(
        () =>
          new Promise<void>((resolve) => {
            answer = resolve;
          }),
      );
      events.push('first goes on');
    });
    await slots.use(never, async () => events.push('second works'));
    answer();
    await first;
    assert.deepEqual(events, ['second works', 'first goes on']);
  });

  it('somebody who is cancelled in the queue takes no slot', async () => {
    const slots = new Slots(1);
    const stop = new AbortController();
    let end = () => {};
    const holder = slots.use(
      never,
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );
    const waiting = assert.rejects(
      slots.use(stop.signal, async () => {}),
      new Cancelled(),
    );
    stop.abort();
    await waiting;
    end();
    await holder;
    assert.equal(await slots.use(never, async () => 'free'), 'free');
  });
});
