import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChatModel } from '../../../src/core/chat.ts';
import { Cancelled } from '../../../src/core/errors.ts';
import { systemClock } from '../../../src/models/clock.ts';
import { FakeClock } from '../../helpers/fakeClock.ts';
import { chatRequest, live, modelErrorOf, until, withModel } from './asking.ts';

/** Aborts a call once `reached` holds; it has to end at once and as `Cancelled`. */
async function cancelWhen(model: ChatModel, reached: () => boolean): Promise<void> {
  const abort = new AbortController();
  const call = assert.rejects(model.chat(chatRequest(), abort.signal), Cancelled);
  await until(reached);
  const start = performance.now();
  abort.abort();
  await call;
  assert.ok(performance.now() - start < 50);
}

describe('cancelling a call', () => {
  it('before it is sent sends nothing', async () => {
    await withModel(
      () => 'ok',
      async ({ fake, model }) => {
        await assert.rejects(model.chat(chatRequest(), AbortSignal.abort()), Cancelled);
        assert.equal(fake.requests.length, 0);
      },
    );
  });

  it('under way ends it, for the server too', async () => {
    await withModel(
      () => ({ delayMs: 10_000 }),
      async ({ fake, model }) => {
        await cancelWhen(model, () => fake.inFlight === 1);
        await until(() => fake.stats.abandoned === 1);
        assert.equal(fake.requests.length, 1);
      },
    );
  });

  it('ends the wait for another try', async () => {
    const clock = new FakeClock();
    await withModel(
      () => ({ status: 429, headers: { 'retry-after': '600' } }),
      async ({ fake, model }) => {
        await cancelWhen(model, () => clock.sleeping === 1);
        await clock.advance(700_000);
        assert.equal(fake.requests.length, 1);
      },
      { clock },
    );
  });

  it('ends the wait for the limits', async () => {
    const clock = new FakeClock();
    await withModel(
      () => 'ok',
      async ({ fake, model }) => {
        await model.chat(chatRequest(), live);
        await cancelWhen(model, () => clock.sleeping === 1);
        await clock.advance(700_000);
        assert.equal(fake.requests.length, 1);
      },
      { clock, requestsPerMinute: 1 },
    );
  });
});

describe('the time limit of an attempt', () => {
  it('ends it, asks again, and gives up after three', async () => {
    await withModel(
      () => ({ delayMs: 10_000 }),
      async ({ fake, model }) => {
        const error = await modelErrorOf(model.chat(chatRequest(), live));
        assert.equal(error.kind, 'timeout');
        assert.equal(error.fatal, false);
        assert.match(error.message, /did not answer within 0 s after 3 tries/);
        assert.match(error.advice, /time limit/);
        assert.equal(fake.requests.length, 3);
      },
      { timeoutMs: 10 },
    );
  });
});

describe('the system clock', () => {
  it('never wakes early, and wakes at once when cancelled', async () => {
    for (let n = 0; n < 5; n++) {
      const goal = systemClock.now() + 1.5;
      await systemClock.sleepUntil(goal, live);
      assert.ok(systemClock.now() >= goal);
    }
    const abort = new AbortController();
    const sleeping = assert.rejects(
      systemClock.sleepUntil(systemClock.now() + 1e12, abort.signal),
      Cancelled,
    );
    await delay(1);
    abort.abort();
    await sleeping;
    await assert.rejects(systemClock.sleepUntil(0, abort.signal), Cancelled);
  });
});
