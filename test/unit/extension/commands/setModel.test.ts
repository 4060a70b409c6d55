import assert from 'node:assert/strict';
import { setModel } from '../../../../src/extension/choose/setModel.ts';
import { exploreAllTools } from '../../../../src/extension/commands/explore.ts';
import { engine } from '../../../../src/protocol/engine.ts';
import { modelKey } from '../../../../src/protocol/secrets.ts';
import { asked, play } from './person.ts';

const sampler = 'Offline sampler (demonstration, no language model)';
const ollama = { name: 'Ollama', baseUrl: 'http://127.0.0.1:11434/v1', models: ['qwen3:8b'] };
const editorModels = [{ id: 'v/m', label: 'Model M', maxInputTokens: 1000 }];

describe('The first Explore', () => {
  it('asks which model, says of each what leaves the machine, and keeps the choice', async () => {
    const picks = { 'Choose Model': sampler };
    const played = await play({ editorModels, servers: [ollama], picks, confirms: true });
    await exploreAllTools(played.around);
    const [rows = []] = played.shown;
    assert.deepEqual(
      rows.map(({ label }) => label),
      ['Model M', 'qwen3:8b', 'OpenAI…', 'Another Server…', sampler],
    );
    for (const row of rows) {
      assert.match(row.detail ?? '', /are sent to|go through|Nothing leaves this machine/, row.label);
    }
    assert.match(rows[1]?.description ?? '', /^Ollama · 127\.0\.0\.1:11434$/);
    assert.match(rows.at(-1)?.detail ?? '', /No evidence about any language model/);
    assert.deepEqual(played.wrote, [{ model: 'offline', baseUrl: null }]);
    assert.deepEqual(asked(played, engine.explore), [{ tools: [], model: 'offline' }]);
  });

  it('takes no answer for no run, and never the sampler unasked', async () => {
    const played = await play({ confirms: true });
    await exploreAllTools(played.around);
    assert.deepEqual([asked(played, engine.explore), played.wrote], [[], []]);
  });

  it('does not ask again once a model is chosen', async () => {
    const played = await play({ settings: { model: 'gpt-x' }, confirms: true });
    await exploreAllTools(played.around);
    assert.deepEqual(played.shown, []);
  });
});

describe('Set Model', () => {
  it('shows the list before anybody has answered, and says what is in use', async () => {
    const played = await play({ settings: { model: 'offline' } });
    const sizes: number[] = [];
    played.around.editorModels.list = async () => editorModels;
    played.around.person.pickGrowing = async (_title, _placeholder, lists) => {
      for await (const list of lists) {
        if (sizes.length === 0) assert.equal(list.at(-1)?.description, 'in use');
        sizes.push(list.length);
      }
      return undefined;
    };
    await setModel(played.around);
    assert.equal(sizes[0], 3);
    assert.equal(sizes.at(-1), 4);
  });

  it('shows the rest where the editor or the engine fails', async () => {
    const played = await play();
    played.around.editorModels.list = () => Promise.reject(new Error('no provider'));
    played.client().answers[engine.localServers.method] = () => {
      throw new Error('gone');
    };
    await setModel(played.around);
    assert.equal(played.shown[0]?.length, 3);
  });

  it('takes a model of a server on this machine with its address', async () => {
    const played = await play({ servers: [ollama], picks: { 'Choose Model': 'qwen3:8b' } });
    await setModel(played.around);
    assert.deepEqual(played.wrote, [{ model: 'qwen3:8b', baseUrl: ollama.baseUrl }]);
  });

  it('keeps the key of a server as a secret of that server, and offers the models that chat there', async () => {
    const types = {
      'Address of the Server': 'https://models.example/v1',
      'API Key for models.example': ' sk-secret ',
    };
    const picks = { 'Choose Model': 'Another Server…', 'Model at models.example': 'b-chat' };
    const serverModels = { models: ['text-embed-3', 'b-chat', 'a-chat', 'whisper-1'] };
    const played = await play({ picks, types, serverModels });
    await setModel(played.around);
    assert.deepEqual(
      played.shown.at(-1)?.map(({ label }) => label),
      ['a-chat', 'b-chat', 'Another Model…'],
    );
    assert.deepEqual(played.wrote, [{ model: 'b-chat', baseUrl: 'https://models.example/v1' }]);
    assert.deepEqual([...played.kept], [[modelKey('https://models.example'), 'sk-secret']]);
    assert.ok(!JSON.stringify([played.wrote, played.client().asked]).includes('sk-secret'));
  });

  it('lets the name be typed where the server does not say, or refuses the key twice', async () => {
    const types: Record<string, string> = {
      'API Key for api.openai.com': '',
      'Model at api.openai.com': ' gpt-x ',
    };
    const picks = { 'Choose Model': 'OpenAI…' };
    for (const problem of ['unlisted', 'unreachable', 'refused'] as const) {
      const played = await play({ picks, types, serverModels: { problem } });
      await setModel(played.around);
      assert.deepEqual(played.wrote, [{ model: 'gpt-x', baseUrl: null }], problem);
    }
  });

  it('without a folder, or trust, says what to do first', async () => {
    const nowhere = await play({ folders: 0 });
    await setModel(nowhere.around);
    assert.match(nowhere.said[0] ?? '', /Open the folder/);
    const restricted = await play({ trusted: false });
    await setModel(restricted.around);
    assert.match(restricted.said[0] ?? '', /Restricted Mode/);
    assert.deepEqual([nowhere.shown, restricted.shown], [[], []]);
  });
});
