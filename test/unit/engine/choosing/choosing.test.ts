import assert from 'node:assert/strict';
import type { Example } from '../../../../src/core/trial.ts';
import type { EngineOptions } from '../../../../src/engine/ports.ts';
import { nothingSet } from '../../../../src/protocol/engine.ts';
import { openStore, type StoreOptions } from '../../../../src/store/index.ts';
import { type FakeOpenAI, type FakeOptions, startFakeOpenAI } from '../../../helpers/fakeOpenAI.ts';
import { testEngine } from '../../../helpers/testEngine.ts';
import { echo, type WorkspaceFixture, workspaceFixture } from '../../../helpers/workspaceFixture.ts';

const weather = 'imaginarium.yaml#weather_of_day';
const trains = 'imaginarium.yaml#train_times';

function example(id: string, tool: string, query: string, more: Partial<Example> = {}): Example {
  return {
    id,
    tool,
    query,
    calls: [{ tool, arguments: { text: id }, observation: 'ok' }],
    answer: 'Done.',
    verification: 'verified',
    provenance: {
      model: 'm',
      languageModel: true,
      runId: 'r',
      trialId: id,
      seed: 1,
      specHash: '',
      judge: 'j',
      edited: false,
    },
    ...more,
  };
}

const sampler = { ...example('x', weather, '').provenance, languageModel: false, model: 'offline' };

const kept: Example[] = [
  example('rain', weather, 'Will it rain in Graz on Sunday?'),
  example('rain2', weather, 'Is rain to be expected in Graz this Sunday?', { paraphraseOf: 'rain' }),
  example('heat', weather, 'How hot does Lima get in March?'),
  example('train', trains, 'When does the next express leave Graz?'),
  example('bus', trains, 'Which bus goes to Linz at noon?'),
  example('doubted', weather, 'Will it rain in Graz on Monday?', { verification: 'review' }),
  example('made', weather, 'Will rain fall in Graz on Tuesday?', { provenance: sampler }),
];

/** Vectors by what is meant: weather, travel, anything else. */
const meant = (text: string): number[] => [
  /rain|hot|umbrella/i.test(text) ? 1 : 0,
  /express|bus|depart/i.test(text) ? 1 : 0,
  0.1,
];

describe('Engine: choosing examples', function () {
  this.timeout(20_000);
  let workspace: WorkspaceFixture;
  let fake: FakeOpenAI | null = null;

  beforeEach(() => {
    workspace = workspaceFixture([echo('weather_of_day'), echo('train_times'), echo('other')]);
  });
  afterEach(async () => {
    workspace.remove();
    await fake?.close();
    fake = null;
  });

  async function learned(options: Partial<StoreOptions> = {}, examples = kept): Promise<void> {
    const store = await openStore({ folder: workspace.folder, ...options });
    store.addExamples(examples);
    await store.flushExamples();
    await store.close();
  }

  async function withVectors(
    embed: NonNullable<FakeOptions['embed']> = meant,
  ): Promise<Partial<EngineOptions>> {
    fake = await startFakeOpenAI({ reply: () => 'chat', embed });
    return {
      settings: { ...nothingSet, model: 'chat', baseUrl: fake.baseUrl, embeddingModel: 'vectors' },
    };
  }

  for (const fullText of [true, false]) {
    it(`takes one of a family, of those that nobody doubts, with ${fullText ? 'FTS5' : 'LIKE'}`, async () => {
      await learned({ fullText });
      const { engine } = await testEngine(workspace.folder);
      const choice = await engine.choosing.choose({ query: 'Does it rain in Graz on Sunday?', k: 8 });
      const ids = choice.examples.map((one) => one.example.id);
      assert.ok(['rain', 'rain2'].includes(ids[0] ?? ''));
      assert.equal(ids.filter((id) => id.startsWith('rain')).length, 1);
      assert.ok(!ids.includes('doubted') && !ids.includes('made'));
      assert.ok(choice.examples.every(({ score }) => score >= 0 && score <= 1));
      assert.ok(choice.tokens > 0);
      assert.equal(choice.fallback, null);
      const all = await engine.choosing.choose({
        query: 'Does it rain in Graz on Sunday?',
        k: 8,
        demonstrations: true,
      });
      assert.ok(all.examples.some((one) => one.example.id === 'made'));
      await engine.dispose();
    });
  }

  it('finds by what a tool is for where no query has the words', async () => {
    await learned();
    const { engine } = await testEngine(workspace.folder);
    const { examples } = await engine.choosing.choose({ query: 'The weather, please' });
    assert.deepEqual(
      examples.map((one) => one.example.tool),
      [weather, weather],
    );
    assert.deepEqual((await engine.choosing.choose({ query: 'zebra' })).examples, []);
    assert.deepEqual((await engine.choosing.choose({ query: '' })).examples, []);
    const ofTool = await engine.choosing.choose({ query: 'zebra', tool: trains });
    assert.deepEqual(new Set(ofTool.examples.map((one) => one.example.id)), new Set(['train', 'bus']));
    await engine.dispose();
  });

  it('keeps to its limits, and refuses those that are none', async () => {
    await learned();
    const { engine } = await testEngine(workspace.folder);
    const query = 'rain in Graz and Lima, express to Linz';
    const few = await engine.choosing.choose({ query, tokens: 30 });
    assert.ok(few.tokens <= 30 && few.examples.length < 3);
    assert.match(few.leftOut ?? '', /beyond 30 tokens/);
    assert.equal((await engine.choosing.choose({ query, k: 1 })).examples.length, 1);
    for (const wrong of [{ k: 0 }, { k: 1.5 }, { k: 5000 }, { tokens: -1 }, { tokens: Number.NaN }]) {
      await assert.rejects(engine.choosing.choose({ query, ...wrong }), { name: 'WrongRequest' });
    }
    await engine.dispose();
  });

  it('has nothing to choose from where nothing was learned, or the workspace is not trusted', async () => {
    const { engine } = await testEngine(workspace.folder);
    assert.deepEqual((await engine.choosing.choose({ query: 'rain' })).examples, []);
    await engine.dispose();
    await learned();
    const options = await withVectors();
    const untrusted = await testEngine(workspace.folder, { ...options, trusted: false });
    assert.deepEqual((await untrusted.engine.choosing.choose({ query: 'rain' })).examples, []);
    assert.equal(fake?.embeddings.length, 0);
    await untrusted.engine.dispose();
  });

  it('finds by meaning where an embedding model is set, and asks for each text once', async () => {
    await learned();
    const options = await withVectors();
    const { engine } = await testEngine(workspace.folder, options);
    const query = 'Do I need an umbrella?';
    const { examples, fallback } = await engine.choosing.choose({ query });
    assert.equal(fallback, null);
    assert.equal(examples[0]?.example.tool, weather);
    const [first] = fake?.embeddings ?? [];
    assert.equal(first?.model, 'vectors');
    assert.equal(first?.headers.authorization, 'Bearer test-key');
    assert.deepEqual(
      new Set(first?.input),
      new Set([query, ...kept.filter(({ id }) => id !== 'doubted' && id !== 'made').map((one) => one.query)]),
    );
    await engine.choosing.choose({ query });
    assert.equal(fake?.embeddings.length, 1);
    await engine.choosing.choose({ query: 'And when do they depart?' });
    assert.deepEqual(fake?.embeddings[1]?.input, ['And when do they depart?']);
    await engine.dispose();
    // What was asked for is in the database: another engine asks for nothing.
    const again = await testEngine(workspace.folder, options);
    const same = await again.engine.choosing.choose({ query });
    assert.deepEqual(
      same.examples.map((one) => one.example.id),
      examples.map((one) => one.example.id),
    );
    assert.equal(fake?.embeddings.length, 2);
    await again.engine.dispose();
  });

  it('remembers in memory where nothing is written', async () => {
    await learned();
    const options = await withVectors();
    const { engine } = await testEngine(workspace.folder, { ...options, onlyRead: true });
    for (let time = 0; time < 3; time++) await engine.choosing.choose({ query: 'umbrella' });
    assert.equal(fake?.embeddings.length, 1);
    await engine.dispose();
  });

  it('asks again when another model goes by the same name', async () => {
    await learned();
    let extra: number[] = [];
    const options = await withVectors((text) => [...meant(text), ...extra]);
    const { engine } = await testEngine(workspace.folder, options);
    await engine.choosing.choose({ query: 'bus' });
    extra = [0];
    const { examples, fallback } = await engine.choosing.choose({ query: 'umbrella' });
    assert.deepEqual(
      fake?.embeddings.map(({ input }) => input.length),
      [6, 1, 6],
    );
    assert.deepEqual([examples[0]?.example.tool, fallback], [weather, null]);
    await engine.dispose();
  });

  it('goes by words alone when the server fails, says so once, and leaves it alone for a while', async () => {
    await learned();
    const options = await withVectors(() => ({ status: 400, errorBody: { error: { message: 'no' } } }));
    const { engine } = await testEngine(workspace.folder, options);
    const first = await engine.choosing.choose({ query: 'rain in Graz' });
    assert.match(first.fallback?.message ?? '', /chosen by their words alone: .* refused a request/);
    assert.ok(first.examples.length > 0);
    const second = await engine.choosing.choose({ query: 'rain in Lima' });
    assert.equal(second.fallback, null);
    assert.ok(second.examples.length > 0);
    assert.equal(fake?.embeddings.length, 1);
    await engine.dispose();
  });

  it('takes another model where a request names one, and says what is wrong with an address', async () => {
    await learned();
    const options = await withVectors();
    const { engine } = await testEngine(workspace.folder, { ...options, settings: nothingSet });
    const { baseUrl = '' } = fake ?? {};
    await engine.choosing.choose({ query: 'umbrella', embeddingModel: 'other', baseUrl });
    assert.equal(fake?.embeddings[0]?.model, 'other');
    const wrong = await engine.choosing.choose({
      query: 'rain',
      embeddingModel: 'other',
      baseUrl: 'ftp://x',
    });
    assert.match(wrong.fallback?.message ?? '', /not http or https/);
    await engine.dispose();
  });
});
