import assert from 'node:assert/strict';
import { Cancelled } from '../../../src/core/errors.ts';
import { type EmbedderOptions, openaiEmbedder } from '../../../src/models/embeddings.ts';
import { readEmbeddings } from '../../../src/models/readEmbeddings.ts';
import { FakeClock } from '../../helpers/fakeClock.ts';
import { type FakeOpenAI, type FakeOptions, startFakeOpenAI } from '../../helpers/fakeOpenAI.ts';
import { live, modelErrorOf } from './asking.ts';

const lengths = (text: string): number[] => [text.length, 1];

async function withEmbedder(
  embed: NonNullable<FakeOptions['embed']> | undefined,
  test: (parts: {
    fake: FakeOpenAI;
    clock: FakeClock;
    make: (more?: Partial<EmbedderOptions>) => ReturnType<typeof openaiEmbedder>;
  }) => Promise<void>,
): Promise<void> {
  const clock = new FakeClock({ skips: true });
  const fake = await startFakeOpenAI({ reply: () => 'chat', ...(embed ? { embed } : {}) });
  const make = (more: Partial<EmbedderOptions> = {}): ReturnType<typeof openaiEmbedder> =>
    openaiEmbedder({ model: 'vectors', baseUrl: fake.baseUrl, apiKey: null, clock, ...more });
  try {
    await test({ fake, clock, make });
  } finally {
    await fake.close();
  }
}

describe('Embeddings of an OpenAI-compatible server', () => {
  it('are one a text, in their order, asked for in batches', async () => {
    await withEmbedder(lengths, async ({ fake, make }) => {
      const texts = Array.from({ length: 130 }, (_, index) => 'x'.repeat(index + 1));
      const vectors = await make({ apiKey: 'own-key' }).embed(texts, live);
      assert.deepEqual(
        vectors.map(([length]) => length),
        texts.map(({ length }) => length),
      );
      assert.deepEqual(
        fake.embeddings.map(({ input }) => input.length),
        [64, 64, 2],
      );
      const [first] = fake.embeddings;
      assert.equal(first?.model, 'vectors');
      assert.equal(first?.headers.authorization, 'Bearer own-key');
      assert.deepEqual(await make().embed([], live), []);
      assert.equal(fake.embeddings.length, 3);
    });
  });

  it('are told apart by model and server', async () => {
    await withEmbedder(lengths, async ({ fake, make }) => {
      assert.equal(make().id, `vectors at ${fake.baseUrl}`);
      assert.equal(make({ baseUrl: null }).id, 'vectors');
    });
  });

  it('are asked for again when the server says later, and not when it says no', async () => {
    await withEmbedder(
      (text, { index }) => (index < 2 ? { status: 429, headers: { 'retry-after': '3' } } : lengths(text)),
      async ({ fake, clock, make }) => {
        assert.equal((await make().embed(['a'], live)).length, 1);
        assert.deepEqual([fake.embeddings.length, clock.slept], [3, [3000, 3000]]);
      },
    );
    await withEmbedder(
      () => ({ status: 401, errorBody: { error: { message: 'Bad key own-secret-key' } } }),
      async ({ fake, make }) => {
        const error = await modelErrorOf(make({ apiKey: 'own-secret-key' }).embed(['a'], live));
        assert.equal(error.kind, 'auth');
        assert.ok(!error.message.includes('own-secret-key'));
        assert.equal(fake.embeddings.length, 1);
      },
    );
  });

  it('say what is wrong: a server without them, one that is broken, OpenAI without a key', async () => {
    await withEmbedder(undefined, async ({ make }) => {
      const error = await modelErrorOf(make().embed(['a'], live));
      assert.equal(error.kind, 'unknown_model');
      assert.match(error.advice, /imaginarium\.embeddingModel/);
    });
    await withEmbedder(
      () => ({ status: 500 }),
      async ({ fake, make }) => {
        assert.equal((await modelErrorOf(make().embed(['a'], live))).kind, 'server');
        assert.equal(fake.embeddings.length, 3);
        const keyless = await modelErrorOf(make({ baseUrl: null }).embed(['a'], live));
        assert.equal(keyless.kind, 'auth');
        await assert.rejects(make().embed(['a'], AbortSignal.abort()), Cancelled);
        assert.equal(fake.embeddings.length, 3);
      },
    );
  });

  it('never send an empty text or a whole book', async () => {
    await withEmbedder(lengths, async ({ fake, make }) => {
      await make().embed(['', 'y'.repeat(100_000), '\ud800'], live);
      assert.deepEqual(
        fake.embeddings[0]?.input.map(({ length }) => length),
        [1, 8000, 1],
      );
    });
  });

  it('are read whatever their order, and refused when they are not what was asked for', () => {
    const body = (data: unknown): string => JSON.stringify({ data });
    const read = readEmbeddings(
      body([
        { index: 1, embedding: [2] },
        { index: 0, embedding: [1] },
      ]),
      2,
    );
    assert.deepEqual(
      read.map((vector) => [...vector]),
      [[1], [2]],
    );
    assert.deepEqual(readEmbeddings(body([{ embedding: [1] }]), 1).length, 1);
    for (const wrong of [
      body([]),
      body([{ index: 0, embedding: [1] }]),
      body([
        { index: 0, embedding: [1] },
        { index: 0, embedding: [1] },
      ]),
      body([
        { index: 0, embedding: [1] },
        { index: 4e9, embedding: [1] },
      ]),
      body([
        { index: 0, embedding: [1] },
        { index: 1, embedding: [1, 2] },
      ]),
      body([
        { index: 0, embedding: [] },
        { index: 1, embedding: [] },
      ]),
      body([
        { index: 0, embedding: ['1'] },
        { index: 1, embedding: [1] },
      ]),
      body('none'),
      '<html>',
      '',
    ]) {
      assert.throws(() => readEmbeddings(wrong, 2), { name: 'MalformedAnswer' });
    }
    assert.throws(() => readEmbeddings('{"error":{"code":503}}', 1), { name: 'EmbeddedError' });
  });
});
