import assert from 'node:assert/strict';
import fc from 'fast-check';
import { noUsage } from '../../../../src/core/chat.ts';
import { BudgetExhausted, Cancelled } from '../../../../src/core/errors.ts';
import { BudgetAccount, type Reservation } from '../../../../src/engine/runs/budget.ts';

const none = { modelCalls: null, tokens: null, usd: null };
const never = new AbortController().signal;
const turn = () => new Promise((resolve) => setImmediate(resolve));

function took(tokens: number, usd: number) {
  return { ...noUsage(), modelCalls: 1, inputTokens: tokens, usd };
}

describe('BudgetAccount', () => {
  it('lets everything through without limits, and counts it', async () => {
    const account = new BudgetAccount(none);
    for (let i = 0; i < 3; i++)
      (await account.reserve({ tokens: 10, usd: null }, never)).settle(took(7, 0.5));
    assert.deepEqual(account.used, { ...noUsage(), modelCalls: 3, inputTokens: 21, usd: 1.5 });
  });

  it('counts what an earlier process used', async () => {
    const account = new BudgetAccount({ ...none, modelCalls: 5 }, { ...noUsage(), modelCalls: 4 });
    await account.reserve({ tokens: 1, usd: null }, never);
    await assert.rejects(account.reserve({ tokens: 1, usd: null }, never), new BudgetExhausted('calls'));
  });

  it('a failed call stays counted and gives its tokens back', async () => {
    const account = new BudgetAccount({ ...none, modelCalls: 2, tokens: 100 });
    (await account.reserve({ tokens: 100, usd: null }, never)).release();
    (await account.reserve({ tokens: 100, usd: null }, never)).release();
    assert.equal(account.used.modelCalls, 2);
    await assert.rejects(account.reserve({ tokens: 1, usd: null }, never), new BudgetExhausted('calls'));
  });

  it('waits while calls under way hold what it needs, and goes on when they settle for less', async () => {
    const account = new BudgetAccount({ ...none, tokens: 100 });
    const first = await account.reserve({ tokens: 80, usd: null }, never);
    let second: Reservation | null = null;
    const waiting = account.reserve({ tokens: 60, usd: null }, never).then((got) => {
      second = got;
    });
    await turn();
    assert.equal(second, null);
    first.settle(took(30, 0));
    await waiting;
    assert.notEqual(second, null);
  });

  it('fails who waits when the calls under way took too much', async () => {
    const account = new BudgetAccount({ ...none, usd: 1 });
    const first = await account.reserve({ tokens: 1, usd: 0.8 }, never);
    const waiting = assert.rejects(
      account.reserve({ tokens: 1, usd: 0.5 }, never),
      new BudgetExhausted('usd'),
    );
    first.settle(took(1, 0.7));
    await waiting;
  });

  it('fails at once when no settling can ever make room', async () => {
    const account = new BudgetAccount({ ...none, tokens: 100 });
    await account.reserve({ tokens: 10, usd: null }, never);
    await assert.rejects(account.reserve({ tokens: 101, usd: null }, never), new BudgetExhausted('tokens'));
  });

  it('never lets a call of unknown price through a money limit', async () => {
    const account = new BudgetAccount({ ...none, usd: 1 });
    await assert.rejects(account.reserve({ tokens: 1, usd: null }, never), new BudgetExhausted('usd'));
  });

  it('stops waiting when it is cancelled, and holds nothing', async () => {
    const account = new BudgetAccount({ ...none, tokens: 100 });
    const first = await account.reserve({ tokens: 100, usd: null }, never);
    const stop = new AbortController();
    const waiting = assert.rejects(account.reserve({ tokens: 50, usd: null }, stop.signal), new Cancelled());
    stop.abort();
    await waiting;
    await assert.rejects(account.reserve({ tokens: 1, usd: null }, stop.signal), new Cancelled());
    first.release();
    (await account.reserve({ tokens: 100, usd: null }, never)).release();
    assert.equal(account.used.modelCalls, 2);
  });

  it('settles once: what comes after changes nothing', async () => {
    const account = new BudgetAccount(none);
    const call = await account.reserve({ tokens: 10, usd: 1 }, never);
    call.settle(took(5, 1));
    call.settle(took(5, 1));
    call.release();
    assert.equal(account.used.inputTokens, 5);
  });

  it('property: at any concurrency no limit is exceeded, and nobody waits for ever', async () => {
    const amount = fc.record({
      tokens: fc.integer({ min: 1, max: 60 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          calls: fc.option(fc.integer({ min: 0, max: 20 })),
          tokens: fc.option(fc.integer({ min: 0, max: 300 })),
          work: fc.array(amount, { maxLength: 40 }),
          workers: fc.integer({ min: 1, max: 16 }),
          scheduler: fc.scheduler(),
        }),
        async ({ calls, tokens, work, workers, scheduler }) => {
          const account = new BudgetAccount({ modelCalls: calls, tokens, usd: null });
          const queue = [...work];
          let sent = 0;
          const worker = async () => {
            for (let item = queue.pop(); item; item = queue.pop()) {
              let reservation: Reservation;
              try {
                reservation = await account.reserve({ tokens: item.tokens, usd: null }, never);
              } catch (error) {
                assert.ok(error instanceof BudgetExhausted);
                continue;
              }
              sent += 1;
              await scheduler.schedule(Promise.resolve());
              // Never more than estimated: then the limit of tokens is exact as well.
              if (item.share < 0.1) reservation.release();
              else reservation.settle(took(Math.floor(item.tokens * item.share), 0));
            }
          };
          const all = Promise.all(Array.from({ length: workers }, worker));
          await scheduler.waitFor(all);
          const { modelCalls, inputTokens } = account.used;
          assert.equal(modelCalls, sent);
          assert.ok(calls === null || modelCalls <= calls, `${modelCalls} calls of ${calls}`);
          assert.ok(tokens === null || inputTokens <= tokens, `${inputTokens} tokens of ${tokens}`);
        },
      ),
      { numRuns: 60 },
    );
  });
});
