import assert from 'node:assert/strict';
import { EngineLink } from '../../../../src/extension/link/engineLink.ts';
import { Recovery } from '../../../../src/extension/state/recovery.ts';
import { Workbench } from '../../../../src/extension/state/workbench.ts';
import { type EngineState, engine, nothingSet } from '../../../../src/protocol/engine.ts';
import { fakeClients, run, settle } from '../fakes.ts';

/** A window with a run on; the database knows what the test says. */
async function window(stored: () => EngineState['runs']) {
  const resumed: string[] = [];
  const asked: string[] = [];
  const workbench = new Workbench();
  const { open, clients } = fakeClients((client) => {
    client.answers = {
      [engine.state.method]: () => ({
        version: '1',
        trusted: true,
        readOnly: false,
        storeProblem: null,
        runs: stored(),
      }),
      [engine.sources.method]: () => ({ version: 1, tools: 0, runnable: 0, sources: [] }),
      [engine.resume.method]: (params) => {
        resumed.push((params as { runId: string }).runId);
        client.hooks.onEvents([{ type: 'run', run: run('r1') }]);
        return { runId: 'r1' };
      },
    };
  });
  const link = new EngineLink({
    open,
    start: () => ({ folders: ['/w'], trusted: true, settings: nothingSet }),
    log: (error) => assert.fail(String(error)),
    patience: 50,
  });
  const recovery = new Recovery({
    link,
    workbench,
    ask: (runId) => void asked.push(runId),
    note: () => {},
    log: () => {},
  });
  link.onState.listen((state) => recovery.hear(state));
  link.onEvents.listen((events) => workbench.hear(events));
  link.wake();
  await settle();
  return { workbench, recovery, clients, resumed, asked };
}

describe('A run whose engine dies under the window', () => {
  it('goes on by itself once; at the second death a person is asked', async () => {
    let stored = [run('r1')];
    const { workbench, recovery, clients, resumed, asked } = await window(() => stored);
    clients[0]?.hooks.onEvents([{ type: 'run', run: run('r1') }]);
    assert.ok(recovery.isUnderWay('r1'));
    clients[0]?.die();
    assert.ok(recovery.isUnderWay('r1'), 'it is on its way back');
    clients[0]?.hooks.onState('running');
    await settle();
    assert.deepEqual([resumed, asked], [['r1'], []]);
    assert.ok(recovery.isUnderWay('r1'));

    stored = [run('r1', { status: 'interrupted' })];
    clients[0]?.die();
    clients[0]?.hooks.onState('running');
    await settle();
    assert.deepEqual([resumed, asked], [['r1'], ['r1']]);
    assert.equal(recovery.isUnderWay('r1'), false);
    assert.equal(workbench.resumable?.id, 'r1');
  });

  it('is a person’s business when no engine comes back', async () => {
    const { recovery, clients, resumed, asked } = await window(() => [run('r1')]);
    clients[0]?.hooks.onEvents([{ type: 'run', run: run('r1') }]);
    clients[0]?.hooks.onState('ended');
    assert.deepEqual([resumed, asked], [[], ['r1']]);
    assert.equal(recovery.isUnderWay('r1'), false);
  });

  it('that an earlier window left behind is not touched', async () => {
    const { clients, resumed, asked, workbench } = await window(() => [run('r0', { status: 'interrupted' })]);
    clients[0]?.die();
    clients[0]?.hooks.onState('running');
    await settle();
    assert.deepEqual([resumed, asked], [[], []]);
    assert.equal(workbench.resumable?.id, 'r0');
  });

  it('that another process works on is not ours', async () => {
    const { workbench, clients, resumed } = await window(() => [run('r9')]);
    assert.deepEqual(workbench.running, []);
    clients[0]?.die();
    clients[0]?.hooks.onState('running');
    await settle();
    assert.deepEqual(resumed, []);
  });
});
