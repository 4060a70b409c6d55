import assert from 'node:assert/strict';
import { Cancelled } from '../../../src/core/errors.ts';
import { type Permit, RateLimit } from '../../../src/models/rateLimit.ts';
import { FakeClock } from '../../helpers/fakeClock.ts';
import { chatRequest, live, withModel } from './asking.ts';

/** Starts requests that end at once; returns the times at which they were let through. */
async function starts(limits: ConstructorParameters<typeof RateLimit>[0], sizes: number[], real?: number) {
  const clock = new FakeClock();
  const limit = new RateLimit(limits, clock);
  const times: number[] = [];
  for (const size of sizes) {
    void limit.enter(size, live).then((permit) => {
      times.push(clock.now());
      permit.leave(real ?? size);
    });
  }
  await clock.advance(0);
  for (let n = 0; n < 600; n++) await clock.advance(1000);
  assert.equal(times.length, sizes.length);
  return times;
}

/** The most that falls into any 60 seconds. */
const worstMinute = (times: number[], sizes = times.map(() => 1)): number =>
  Math.max(
    ...times.map((start) =>
      times.reduce((sum, at, n) => (at >= start && at < start + 60_000 ? sum + (sizes[n] ?? 0) : sum), 0),
    ),
  );

describe('limits a minute', () => {
  it('let no more requests through in any minute', async () => {
    const times = await starts({ requestsPerMinute: 5 }, Array(23).fill(1));
    assert.equal(worstMinute(times), 5);
    assert.equal(times.filter((at) => at === 0).length, 5);
    assert.ok((times.at(-1) ?? 0) < 4.1 * 60_250);
  });

  it('let no more tokens through in any minute, by what requests really took', async () => {
    const sizes = Array.from({ length: 20 }, (_, n) => 100 + (n % 3) * 50);
    const times = await starts({ tokensPerMinute: 1000 }, sizes);
    assert.ok(worstMinute(times, sizes) <= 1000);
    const cheaper = await starts({ tokensPerMinute: 1000 }, sizes, 10);
    assert.ok((cheaper.at(-1) ?? 0) < (times.at(-1) ?? 0));
  });

  it('let a request larger than the limit go alone', async () => {
    const times = await starts({ tokensPerMinute: 100 }, [50, 500, 50]);
    assert.deepEqual(times, [0, 60_250, 120_500]);
  });

  it('keep the order, and let nothing through before a hold is over', async () => {
    const clock = new FakeClock();
    const limit = new RateLimit({}, clock);
    const order: number[] = [];
    limit.holdUntil(500);
    for (const n of [1, 2, 3]) void limit.enter(1, live).then(() => order.push(n));
    await clock.advance(499);
    assert.deepEqual(order, []);
    await clock.advance(1);
    assert.deepEqual(order, [1, 2, 3]);
  });
});

describe('concurrency', () => {
  it('is never exceeded, at the server', async () => {
    await withModel(
      () => ({ text: 'ok', delayMs: 5 }),
      async ({ fake, model }) => {
        await Promise.all(Array.from({ length: 10 }, () => model.chat(chatRequest(), live)));
        assert.equal(fake.maxInFlight, 3);
        assert.equal(fake.requests.length, 10);
      },
      { concurrency: 3 },
    );
  });

  it('is given back by a request that fails', async () => {
    await withModel(
      ({ index }) => (index === 0 ? { status: 400 } : 'ok'),
      async ({ model }) => {
        const answers = await Promise.allSettled([1, 2].map(() => model.chat(chatRequest(), live)));
        assert.deepEqual(
          answers.map(({ status }) => status),
          ['rejected', 'fulfilled'],
        );
      },
      { concurrency: 1 },
    );
  });

  it('leaves the queue as soon as it is cancelled, without a hole in it', async () => {
    const limit = new RateLimit({ concurrency: 1 }, new FakeClock());
    const first: Permit = await limit.enter(1, live);
    const abort = new AbortController();
    const second = limit.enter(1, abort.signal);
    const third = limit.enter(1, live);
    abort.abort();
    await assert.rejects(second, Cancelled);
    first.leave(1);
    (await third).leave(1);
    await assert.rejects(limit.enter(1, abort.signal), Cancelled);
  });
});
