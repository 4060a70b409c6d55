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

  it('without tools offers a manifest', async () => {
    const none = await play({ tools: [], answers: { 'no tools': 'Create Tool Manifest' } });
    await exploreAllTools(none.around);
    assert.deepEqual(none.did, ['newManifest']);
  });

  it('asks whether the model plays a tool that cannot be run, for each run', async () => {
    const tools = [tool('a'), tool('x', { runnable: false, notRunnable: 'No "run" is given' })];
    const question = 'x cannot be run. Explore it with the model playing the tool?';
    const refused = await play({ settings: { model: 'offline' }, tools });
    await exploreTool(refused.around, { toolId: 'imaginarium.yaml#x' });
    assert.deepEqual(refused.questions, [question]);
    assert.match(
      refused.details[0] ?? '',
      /^No "run" is given\.\n\nEach call .*marked as simulated everywhere/,
    );
    assert.deepEqual(asked(refused, engine.explore), []);

    const allowed = await play({ ...offline, tools });
    await exploreTool(allowed.around, { toolId: 'imaginarium.yaml#x' });
    assert.equal(allowed.questions[0], question);
    const params = { tools: ['imaginarium.yaml#x'], model: 'offline', simulate: true };
    assert.deepEqual(asked(allowed, engine.estimate), [params]);
    assert.deepEqual(asked(allowed, engine.explore), [params]);

    const runnable = await play({ ...offline, tools });
    await exploreTool(runnable.around, { toolId: 'imaginarium.yaml#a' });
    assert.deepEqual(asked(runnable, engine.explore), [{ tools: ['imaginarium.yaml#a'], model: 'offline' }]);
  });

  it('asks once for all where none can be run, and leaves them out where some can', async () => {
    const stuck = [tool('x', { runnable: false, notRunnable: 'No "run" is given.' })];
    const played = await play({ ...offline, tools: stuck });
    await exploreAllTools(played.around);
    assert.match(
      played.questions[0] ?? '',
      /^None of the tools here can be run\. Explore them with the model/,
    );
    assert.match(played.details[0] ?? '', /^x: No "run" is given\./);
    assert.deepEqual(asked(played, engine.explore), [{ tools: [], model: 'offline', simulate: true }]);
    const mixed = await play({ ...offline, tools: [tool('a'), ...stuck] });
    await exploreAllTools(mixed.around);
    assert.deepEqual(asked(mixed, engine.explore), [{ tools: [], model: 'offline' }]);
  });

  it('says so when the engine is away, instead of hanging', async () => {
    const played = await play(offline);
    played.client().hooks.onState('ended');
    await assert.rejects(exploreTool(played.around), EngineAway);
  });

  it('lets the person pick a tool, those that cannot be run last, and follows the run to its end', async () => {
    const tools = [tool('stuck', { runnable: false }), tool('a'), tool('b')];
    const played = await play({
      ...offline,
      tools,
      picks: { 'Explore Tool': 'b' },
      answers: { Explored: 'Open Dashboard' },
    });
    await exploreTool(played.around);
    assert.deepEqual(
      played.shown[0]?.map(({ label }) => label),
      ['a', 'b', 'stuck'],
    );
    assert.match(played.shown[0]?.at(-1)?.description ?? '', /cannot be run/);
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
