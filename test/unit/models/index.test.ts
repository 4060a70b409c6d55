import assert from 'node:assert/strict';
import { isLoopback, readBaseUrl, showUrl } from '../../../src/models/endpoint.ts';
import { createModel, isOffline } from '../../../src/models/index.ts';
import { priceOf } from '../../../src/models/prices.ts';
import { startFakeOpenAI } from '../../helpers/fakeOpenAI.ts';
import { chatRequest, live } from './asking.ts';

describe('choosing a model', () => {
  it('makes the offline sampler, which is no language model', async () => {
    const model = await createModel({ model: 'offline', apiKey: null });
    assert.equal(model.label, 'Offline sampler (no language model)');
    assert.equal(model.isLanguageModel, false);
    assert.deepEqual([isOffline('offline'), isOffline('gpt-5-mini')], [true, false]);
  });

  it('makes a model at a server, with its price', async () => {
    const fake = await startFakeOpenAI({
      reply: () => ({ text: 'ok', usage: { input: 1e6, output: 1e6, cached: 4e5 } }),
    });
    try {
      const prices = { mine: { input: 1, output: 10, cached: 0.5 } };
      const model = await createModel({ model: 'mine', baseUrl: `${fake.baseUrl}/`, apiKey: null, prices });
      assert.equal(model.id, 'mine');
      assert.equal(model.label, `mine at ${fake.baseUrl}`);
      assert.equal(model.isLanguageModel, true);
      assert.equal((await model.chat(chatRequest(), live)).usage.usd, 0.6 + 0.2 + 10);
    } finally {
      await fake.close();
    }
  });

  it('says no more than the name for a model of OpenAI', async () => {
    const model = await createModel({ model: 'gpt-5-mini', apiKey: 'sk-none-123456' });
    assert.equal(model.label, 'gpt-5-mini');
    assert.ok((model.price(1000, 1000) ?? 0) > 0);
  });
});

describe('a price', () => {
  it('is known for known models at known servers, with cached tokens for less', async () => {
    const price = await priceOf('gpt-5-mini', null);
    const full = price(1e6, 0) ?? Number.NaN;
    const cached = price(1e6, 0, 1e6) ?? Number.NaN;
    assert.ok(full > 0 && cached > 0 && cached < full);
    assert.equal(price(1e6, 0, 9e9), cached);
    assert.equal(price(0, 0), 0);
    const elsewhere = await priceOf('openai/gpt-4o', 'https://openrouter.ai/api/v1');
    assert.ok((elsewhere(1e6, 1e6) ?? 0) > 0);
  });

  it('stays unknown for unknown models, and for known names at unknown servers', async () => {
    assert.equal((await priceOf('no-such-model', null))(1000, 1000), null);
    assert.equal((await priceOf('gpt-5-mini', 'https://models.example.com/v1'))(1000, 1000), null);
  });

  it('is no guess on this machine, where a gateway may pay somebody; and what the person says everywhere', async () => {
    assert.equal((await priceOf('gpt-5-mini', 'http://localhost:11434/v1'))(1e6, 1e6), null);
    const own = { 'gpt-5-mini': { input: 2, output: 4 } };
    assert.equal((await priceOf('gpt-5-mini', 'http://127.0.0.1:1/v1', own))(1e6, 1e6, 1e6), 6);
    assert.equal((await priceOf('toString', 'https://models.example.com/v1', {}))(1, 1), null);
  });
});

describe('a base URL', () => {
  it('is read as people write it', () => {
    assert.equal(readBaseUrl(null), 'https://api.openai.com/v1');
    assert.equal(readBaseUrl('http://host:1/v1//'), 'http://host:1/v1');
    assert.equal(readBaseUrl(' https://host/api/v1/chat/completions '), 'https://host/api/v1');
    assert.equal(readBaseUrl('https://host'), 'https://host');
    assert.equal(readBaseUrl('https://host/v1?api-version=1'), 'https://host/v1?api-version=1');
    assert.equal(showUrl('https://host/v1?api-key=hush'), 'https://host/v1');
  });

  it('is on this machine or not', () => {
    const local = ['http://127.0.0.1:1/v1', 'http://127.9.9.9', 'http://localhost', 'http://[::1]:8080/v1'];
    for (const url of local) assert.equal(isLoopback(url), true, url);
    const remote = ['http://127.0.0.1.example.com', 'http://192.168.0.2', 'https://api.openai.com/v1'];
    for (const url of remote) assert.equal(isLoopback(url), false, url);
  });
});
