import assert from 'node:assert/strict';
import { Cancelled, UserError } from '../../../../src/core/errors.ts';
import { resume } from '../../../../src/extension/commands/resume.ts';
import { showError } from '../../../../src/extension/commands/showError.ts';
import { showStatus } from '../../../../src/extension/commands/showStatus.ts';
import { startEngine } from '../../../../src/extension/commands/startEngine.ts';
import { stop } from '../../../../src/extension/commands/stop.ts';
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
    assert.deepEqual(await labels(), ['Show Tools', 'Set Model…', 'Show Log']);
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
