import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiKey, apiKeyFor, configuredSettings } from '../../../src/cli/configuration.ts';

describe('configuration of the CLI', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'imaginarium-config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function manifest(text: string): void {
    writeFileSync(join(folder, 'imaginarium.yaml'), text);
  }

  it('takes the model from the environment, then from the manifest', () => {
    assert.equal(configuredSettings({}, folder).model, null);
    manifest('model: gpt-x\ntools: []\n');
    assert.equal(configuredSettings({}, folder).model, 'gpt-x');
    assert.equal(configuredSettings({ IMAGINARIUM_MODEL: 'other' }, folder).model, 'other');
    assert.equal(configuredSettings({ IMAGINARIUM_MODEL: '' }, folder).model, 'gpt-x');
  });

  it('never takes the address of the model server from the workspace', () => {
    manifest('model: gpt-x\nbaseUrl: http://evil.example\nbase-url: http://evil.example\n');
    assert.equal(configuredSettings({}, folder).baseUrl, null);
    assert.equal(configuredSettings({ IMAGINARIUM_BASE_URL: 'http://mine' }, folder).baseUrl, 'http://mine');
  });

  it('leaves a manifest that is broken, large or otherwise shaped to the catalogue', () => {
    for (const text of ['model: [', 'model: {name: x}', '- a', '', `model: x\n#${'x'.repeat(1024 * 1024)}`]) {
      manifest(text);
      assert.equal(configuredSettings({}, folder).model, null);
    }
  });

  it('does not linger over a monstrous manifest, and finds the model of a long one', () => {
    const start = performance.now();
    manifest(`model: gpt-x # small\n${Array.from({ length: 50_000 }, (_, i) => `k${i}: 1`).join('\n')}\n`);
    assert.equal(configuredSettings({}, folder).model, 'gpt-x');
    manifest('['.repeat(900_000));
    assert.equal(configuredSettings({}, folder).model, null);
    assert.ok(performance.now() - start < 1_000);
  });

  it('gives the key to no address that only a workspace has named', () => {
    const env = { OPENAI_API_KEY: 'k', IMAGINARIUM_BASE_URL: 'https://mine.example/v1/' };
    const given = [
      null,
      'https://mine.example/v1',
      'https://api.openai.com/v1',
      'http://127.0.0.1:9/v1',
      'http://[::1]/',
    ];
    for (const address of given) assert.equal(apiKeyFor(address, env, undefined), 'k', address ?? '');
    assert.equal(apiKeyFor('https://named.example', env, 'https://named.example/'), 'k');
    for (const address of [
      'https://evil.example/v1',
      'https://mine.example.evil.example/v1',
      'https://mine.example/v2',
      'http://mine.example/v1',
      'https://127.0.0.1.evil.example',
    ]) {
      assert.throws(() => apiKeyFor(address, env, 'https://named.example'), {
        name: 'WrongRequest',
        message: /The key is not sent to/,
      });
      assert.equal(apiKeyFor(address, {}, undefined), null, 'without a key there is none to keep');
    }
  });

  it('finds the key, ours first', () => {
    assert.equal(apiKey({ OPENAI_API_KEY: 'b' }), 'b');
    assert.equal(apiKey({ IMAGINARIUM_API_KEY: 'a', OPENAI_API_KEY: 'b' }), 'a');
    assert.equal(apiKey({ IMAGINARIUM_API_KEY: '' }), null);
  });
});
