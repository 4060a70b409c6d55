import assert from 'node:assert/strict';
import { exploreAllTools, exploreTool } from '../../../../src/extension/commands/explore.ts';
import { EngineAway } from '../../../../src/extension/link/engineErrors.ts';
import { engine } from '../../../../src/protocol/engine.ts';
import { offlineLabel } from '../../../../src/protocol/modelNames.ts';
import { modelKey } from '../../../../src/protocol/secrets.ts';
import { run, settle, tool } from '../fakes.ts';
import { asked, play } from './person.ts';

const offline = { settings: { model: 'offline' } };

describe('Explore', () => {
  it('without a folder or trust says what to do, does it, and asks the engine for nothing', async () => {
    const nowhere = await play({ folders: 0, answers: { folder: 'Open Folder' } });
    await exploreAllTools(nowhere.around);
    assert.deepEqual(nowhere.did, ['openFolder']);
    const restricted = await play({ trusted: false, answers: { Restricted: 'Manage Workspace Trust' } });
    await exploreTool(restricted.around, 'imaginarium.yaml#a');
    assert.deepEqual(restricted.did, ['manageTrust']);
    for (const played of [nowhere, restricted]) assert.deepEqual(asked(played, engine.explore), []);
  });

  it('without tools offers a manifest; without runnable ones says why', async () => {
    const none = await play({ tools: [], answers: { 'no tools': 'Create Tool Manifest' } });
    await exploreAllTools(none.around);
    assert.deepEqual(none.did, ['newManifest']);
    const stuck = await play({ tools: [tool('x', { runnable: false, notRunnable: 'No "run" is given.' })] });
    await exploreTool(stuck.around);
    assert.match(stuck.said[0] ?? '', /None of the tools here can be run\. x: No "run" is given\./);
  });

  it('says so when the engine is away, instead of hanging', async () => {
    const played = await play(offline);
    played.client().hooks.onState('ended');
    await assert.rejects(exploreTool(played.around), EngineAway);
  });

  it('lets the person pick a tool that can be run, and follows the run to its end', async () => {
    const tools = [tool('a'), tool('b'), tool('stuck', { runnable: false })];
    const played = await play({ ...offline, tools, picks: { 'Explore Tool': 'b' } });
    await exploreTool(played.around);
    assert.deepEqual(
      played.shown[0]?.map(({ label }) => label),
      ['a', 'b'],
    );
    assert.deepEqual(asked(played, engine.explore), [{ tools: ['imaginarium.yaml#b'], model: 'offline' }]);
    played.client().hooks.onEvents([{ type: 'run', run: run('r') }]);
    const counts = { trials: 3, examples: 1, failures: 0, lessons: 0 };
    played.client().hooks.onEvents([{ type: 'run', run: run('r', { status: 'finished', counts }) }]);
    await settle();
    assert.deepEqual(played.said, ['Explored add_date: 3 trials, 1 example, 0 failed calls, 0 lessons.']);
  });

  it('does nothing when the person picks nothing', async () => {
    const played = await play(offline);
    await exploreTool(played.around);
    assert.deepEqual([asked(played, engine.explore), played.said], [[], []]);
  });

  it('with a language model says first what it may take, and starts only on a yes', async () => {
    const no = await play({ settings: { model: 'gpt-x', baseUrl: 'http://127.0.0.1:1/v1' } });
    await exploreAllTools(no.around);
    assert.deepEqual(no.questions, ['Explore 1 tool with gpt-x?']);
    assert.deepEqual(asked(no, engine.explore), []);
    const yes = await play({ settings: { model: 'gpt-x' }, confirms: true });
    await exploreAllTools(yes.around);
    assert.deepEqual(asked(yes, engine.explore), [{ tools: [], model: 'gpt-x' }]);
  });

  it('asks for access to a model of the editor, before anything else is asked', async () => {
    const played = await play({ settings: { model: 'editor:v/m' } });
    await exploreAllTools(played.around);
    assert.deepEqual([played.did, played.questions], [['allow v/m'], ['Explore 1 tool with Model M?']]);
  });
});

describe('The first Explore', () => {
  it('asks which model, names the sampler as what it is, and keeps the choice', async () => {
    const editorModels = [{ id: 'v/m', label: 'Model M', maxInputTokens: 1000 }];
    const played = await play({ editorModels, picks: { 'Choose Model': offlineLabel } });
    await exploreAllTools(played.around);
    assert.deepEqual(
      played.shown[0]?.map(({ label }) => label),
      ['Model M', 'A model server…', offlineLabel],
    );
    assert.match(played.shown[0]?.[2]?.detail ?? '', /A demonstration/);
    assert.deepEqual(played.wrote, [{ model: 'offline', baseUrl: null }]);
    assert.deepEqual(asked(played, engine.explore), [{ tools: [], model: 'offline' }]);
  });

  it('takes no answer for no run, and never the sampler unasked', async () => {
    const played = await play();
    await exploreAllTools(played.around);
    assert.deepEqual([asked(played, engine.explore), played.wrote], [[], []]);
  });

  it('keeps the key of a server as a secret of that server, and out of the settings', async () => {
    const types = {
      'Address of the Server (1/3)': 'http://127.0.0.1:11434/v1',
      'Name of the Model (2/3)': ' qwen3 ',
      'Key of the Server (3/3)': 'sk-secret',
    };
    const played = await play({ picks: { 'Choose Model': 'A model server…' }, types, confirms: true });
    await exploreAllTools(played.around);
    assert.deepEqual(played.wrote, [{ model: 'qwen3', baseUrl: 'http://127.0.0.1:11434/v1' }]);
    assert.deepEqual([...played.kept], [[modelKey('http://127.0.0.1:11434'), 'sk-secret']]);
    assert.ok(!JSON.stringify([played.wrote, played.client().asked]).includes('sk-secret'));
  });
});
