import assert from 'node:assert/strict';
import { seededRandom } from '../../../src/core/random.ts';
import type { WaitInfo } from '../../../src/models/openai.ts';
import { backoff, retryAfter } from '../../../src/models/retry.ts';
import { FakeClock } from '../../helpers/fakeClock.ts';
import { type Reply, scripted } from '../../helpers/fakeOpenAI.ts';
import { chatRequest, live, modelErrorOf, until, withModel } from './asking.ts';

const limited = (headers: Record<string, string> = {}): Reply => ({ status: 429, headers });

/** What the model slept through, milliseconds, until it was answered. */
async function waits(replies: (Reply | string)[], epoch = 0): Promise<number[]> {
  const clock = new FakeClock({ skips: true, epoch });
  await withModel(
    scripted([...replies, 'ok']),
    async ({ model }) => assert.equal((await model.chat(chatRequest(), live)).text, 'ok'),
    { clock },
  );
  return clock.slept;
}

describe('asking again', () => {
  it('waits as long as Retry-After says, to the millisecond', async () => {
    assert.deepEqual(await waits([limited({ 'retry-after': '7' })]), [7000]);
    assert.deepEqual(await waits([limited({ 'retry-after': '0.5' })]), [500]);
    assert.deepEqual(await waits([limited({ 'retry-after': '150' })]), [150_000]);
    assert.deepEqual(await waits([limited({ 'retry-after-ms': '1234', 'retry-after': '9' })]), [1234]);
    assert.deepEqual(await waits([{ status: 503, headers: { 'retry-after': '90' } }]), [90_000]);
  });

  it("counts a date from the server's own clock, and from ours when it shows none", () => {
    const until = { 'retry-after': 'Sun, 06 Nov 2033 08:50:37 GMT' };
    const wall = Date.parse('Sun, 06 Nov 2033 08:49:07 GMT');
    assert.equal(retryAfter(new Headers(until), wall), 90_000);
    const dated = new Headers({ ...until, date: 'Sun, 06 Nov 2033 08:50:07 GMT' });
    assert.equal(retryAfter(dated, wall), 30_000);
    assert.equal(retryAfter(new Headers({ 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' }), wall), 0);
    assert.equal(retryAfter(new Headers({ 'retry-after': 'soon' }), wall), null);
    assert.equal(retryAfter(null, wall), null);
  });

  it('holds back the other questions to a server that said when', async () => {
    const clock = new FakeClock();
    let asked = 0;
    await withModel(
      () => (asked++ === 0 ? limited({ 'retry-after': '70' }) : 'ok'),
      async ({ fake, model }) => {
        const first = model.chat(chatRequest(), live);
        await until(() => clock.sleeping === 1);
        const second = model.chat(chatRequest(), live);
        await clock.advance(69_999);
        assert.equal(fake.requests.length, 1);
        await clock.advance(1);
        assert.deepEqual(
          (await Promise.all([first, second])).map(({ text }) => text),
          ['ok', 'ok'],
        );
        assert.equal(fake.requests.length, 3);
      },
      { clock },
    );
  });

  it('does not wait for hours', async () => {
    await withModel(
      () => limited({ 'retry-after': '86400' }),
      async ({ clock, model }) => {
        const error = await modelErrorOf(model.chat(chatRequest(), live));
        assert.equal(error.kind, 'rate_limit');
        assert.match(error.message, /wants us to wait 86400 s/);
        assert.deepEqual(clock.slept, []);
      },
    );
  });

  it('backs off after faults of server and network: longer each time, by chance, but the same for the same seed', async () => {
    const faults: Reply[] = [
      { status: 500 },
      { status: 408 },
      { status: 409 },
      { drop: 'before' },
      { drop: 'midway', text: 'cut' },
    ];
    const slept = await waits(faults);
    assert.equal(slept.length, 5);
    for (const [n, ms] of slept.entries()) assert.ok(ms >= 250 * 2 ** n && ms <= 500 * 2 ** n, `${n}: ${ms}`);
    assert.deepEqual(await waits(faults), slept);
    assert.ok(backoff(30, seededRandom(1)) <= 30_000);
  });

  it('gives up after six tries, after twelve when the server keeps naming a time', async () => {
    const tries = async (reply: Reply): Promise<[number, string]> => {
      let result: [number, string] = [0, ''];
      await withModel(
        () => reply,
        async ({ fake, model }) => {
          const error = await modelErrorOf(model.chat(chatRequest(), live));
          result = [fake.requests.length, error.kind];
        },
      );
      return result;
    };
    assert.deepEqual(await tries({ status: 502 }), [6, 'server']);
    assert.deepEqual(await tries(limited()), [6, 'rate_limit']);
    assert.deepEqual(await tries(limited({ 'retry-after': '1' })), [12, 'rate_limit']);
    assert.deepEqual(await tries({ drop: 'before' }), [3, 'unreachable']);
  });

  it('is more patient with a server that has answered before', async () => {
    let asked = 0;
    await withModel(
      () => (asked++ === 0 ? 'ok' : { drop: 'before' }),
      async ({ fake, model }) => {
        await model.chat(chatRequest(), live);
        assert.equal((await modelErrorOf(model.chat(chatRequest(), live))).kind, 'unreachable');
        assert.equal(fake.requests.length, 7);
      },
    );
  });

  it('is not done for requests that would fail again', async () => {
    const hopeless: Reply[] = [
      { status: 400 },
      { status: 401 },
      { status: 403 },
      { status: 404 },
      { status: 413 },
      { status: 422 },
      { status: 402 },
      { status: 429, errorBody: { error: { message: 'Pay.', code: 'insufficient_quota' } } },
      { status: 429, headers: { 'retry-after': '1' }, errorBody: { error: { type: 'billing_not_active' } } },
    ];
    for (const reply of hopeless) {
      await withModel(
        () => reply,
        async ({ fake, model }) => {
          await modelErrorOf(model.chat(chatRequest(), live));
          assert.equal(fake.requests.length, 1, JSON.stringify(reply));
        },
      );
    }
  });

  it('is told, with why and how long', async () => {
    const told: WaitInfo[] = [];
    const reply = scripted([
      { ...limited({ 'retry-after': '3' }), errorBody: { error: { message: 'Slow down' } } },
      'ok',
    ]);
    await withModel(reply, async ({ model }) => void (await model.chat(chatRequest(), live)), {
      onWait: (info) => told.push(info),
    });
    assert.deepEqual(told, [{ reason: 'retry', ms: 3000, attempt: 2, message: 'Slow down' }]);
  });
});
