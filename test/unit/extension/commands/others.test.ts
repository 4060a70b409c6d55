import assert from 'node:assert/strict';
import { Cancelled, UserError } from '../../../../src/core/errors.ts';
import { createToolManifest } from '../../../../src/extension/commands/createToolManifest.ts';
import { exploreAllTools, exploreTool } from '../../../../src/extension/commands/explore.ts';
import { resume } from '../../../../src/extension/commands/resume.ts';
import { showError } from '../../../../src/extension/commands/showError.ts';
import { showStatus } from '../../../../src/extension/commands/showStatus.ts';
import { startEngine } from '../../../../src/extension/commands/startEngine.ts';
import { stop } from '../../../../src/extension/commands/stop.ts';
import { syncAll } from '../../../../src/extension/state/sync.ts';
import { engine } from '../../../../src/protocol/engine.ts';
import { run, settle } from '../fakes.ts';
import { asked, play } from './person.ts';

describe('Stop and Resume', () => {
  it('say so where there is nothing to do it on', async () => {
    const played = await play();
    await stop(played.around);
    await resume(played.around);
    assert.deepEqual(played.said, ['Nothing is being explored.', 'Nothing to resume.']);
    assert.deepEqual(asked(played, engine.stop), []);
  });

  it('act on what there is; the model of the editor is asked for again', async () => {
    const played = await play();
    const model = { id: 'editor:v/m', label: 'M', baseUrl: null, isLanguageModel: true };
    played.around.workbench.hear([{ type: 'run', run: run('r') }]);
    await stop(played.around);
    assert.deepEqual(asked(played, engine.stop), [{}]);
    played.around.workbench.hear([{ type: 'run', run: run('r', { status: 'stopped', model }) }]);
    await resume(played.around);
    assert.deepEqual([played.did, asked(played, engine.resume)], [['allow v/m'], [{ runId: 'r' }]]);
  });
});

describe('What can be done now', () => {
  it('follows from what is going on', async () => {
    const played = await play();
    const labels = async () => {
      await showStatus(played.around);
      return played.shown.at(-1)?.map(({ label }) => label);
    };
    assert.deepEqual(await labels(), ['Explore Tool…', 'Show Tools', 'Set Model…', 'Show Log']);
    played.around.workbench.hear([{ type: 'run', run: run('r') }]);
    assert.equal((await labels())?.[0], 'Stop Exploring');
    played.around.workbench.hear([{ type: 'run', run: run('r', { status: 'stopped' }) }]);
    assert.equal((await labels())?.[0], 'Resume');
    played.client().hooks.onState('ended');
    assert.equal((await labels())?.[0], 'Start Engine');
  });

  it('starts an engine that is away, and says that it runs where it does', async () => {
    const played = await play();
    await startEngine(played.around);
    assert.deepEqual(played.said, ['The engine is running.']);
    played.client().hooks.onState('ended');
    await startEngine(played.around);
    await settle();
    assert.equal(played.around.link.state, 'ready');
  });
});

describe('An error', () => {
  it('is told with its advice and the way to the log; cancellation is none', async () => {
    const played = await play({ answers: { 'No model': 'Show Log' } });
    await showError(played.around, new Cancelled());
    await showError(played.around, new UserError('No model is chosen.', 'Choose one.'));
    assert.deepEqual([played.said, played.did], [['No model is chosen. Choose one.'], ['showLog']]);
  });
});

describe('In a window that can only read', () => {
  const state = { version: '1', trusted: true, readOnly: true, storeProblem: null, runs: [] };

  it('nothing is explored or resumed: another window does it', async () => {
    const played = await play({ settings: { model: 'offline' }, confirms: true });
    played.client().answers[engine.state.method] = () => state;
    await syncAll(played.around.link, played.around.workbench);
    for (const command of [exploreAllTools, exploreTool, resume]) {
      await assert.rejects(command(played.around), /Another window, or a terminal, explores this workspace/);
    }
    assert.deepEqual(asked(played, engine.explore), []);
    await stop(played.around);
    assert.deepEqual(played.said, ['Nothing is being explored in this window.']);
  });

  it('it goes on as soon as the other one has ended', async () => {
    const played = await play({ settings: { model: 'offline' }, confirms: true });
    played.around.workbench.setEngine(state, { version: 1, tools: 1, runnable: 1, sources: [] });
    await exploreAllTools(played.around);
    assert.equal(asked(played, engine.explore).length, 1);
  });
});

describe('Create Tool Manifest', () => {
  it('opens one, and without a folder says what to do first', async () => {
    const played = await play();
    await createToolManifest(played.around);
    const nowhere = await play({ folders: 0, answers: { folder: 'Open Folder' } });
    await createToolManifest(nowhere.around);
    assert.deepEqual([played.did, nowhere.did], [['newManifest'], ['openFolder']]);
  });
});

describe('Approvals that wait', () => {
  it('are shown again from the status, those among the notifications too', async () => {
    const played = await play({ picks: { Imaginarium: 'Show Waiting Approvals' } });
    played.around.workbench.set({ waitingApprovals: 1 });
    await showStatus(played.around);
    assert.deepEqual(played.did, ['showNotifications']);
  });
});
