import assert from 'node:assert/strict';
import { exploreAllTools, exploreTool } from '../../../../src/extension/commands/explore.ts';
import { EngineAway } from '../../../../src/extension/link/engineErrors.ts';
import { engine } from '../../../../src/protocol/engine.ts';
import { run, settle, tool } from '../fakes.ts';
import { asked, play } from './person.ts';

const offline = { settings: { model: 'offline' }, confirms: true };

describe('Explore', () => {
  it('without a folder or trust says what to do, does it, and asks the engine for nothing', async () => {
    const nowhere = await play({ folders: 0, answers: { folder: 'Open Folder' } });
    await exploreAllTools(nowhere.around);
    assert.deepEqual(nowhere.did, ['openFolder']);
    const restricted = await play({ trusted: false, answers: { Restricted: 'Manage Workspace Trust' } });
    await exploreTool(restricted.around, { toolId: 'imaginarium.yaml#a' });
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
    const played = await play({
      ...offline,
      tools,
      picks: { 'Explore Tool': 'b' },
      answers: { Explored: 'Open Dashboard' },
    });
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
    assert.deepEqual(played.questions, ['Explore b with the offline sampler?']);
    assert.match(played.did.join(), /^dashboard .*add_date$/);
  });

  it('does nothing when the person picks nothing', async () => {
    const played = await play(offline);
    await exploreTool(played.around);
    assert.deepEqual([asked(played, engine.explore), played.said], [[], []]);
  });

  it('asks for access to a model of the editor, before anything else is asked', async () => {
    const played = await play({ settings: { model: 'editor:v/m' } });
    await exploreAllTools(played.around);
    assert.deepEqual([played.did, played.questions], [['allow v/m'], ['Explore 1 tool with Model M?']]);
  });
});
