import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { WatchOthers } from '../../../../src/extension/state/watchOthers.ts';
import { engine } from '../../../../src/protocol/engine.ts';
import { type Played, play } from '../commands/person.ts';
import { run, sources } from '../fakes.ts';

/** Lets what is answered at once arrive; the clock of the test stands still. */
const arrived = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('A window that can only read', () => {
  let played: Played;
  let readOnly: boolean;
  let trials: number;
  let watch: WatchOthers;

  const asked = (): number =>
    played.client().asked.filter(({ method }) => method === engine.state.method).length;
  async function pass(ms: number): Promise<void> {
    mock.timers.tick(ms);
    await arrived();
    await arrived();
  }

  beforeEach(async () => {
    readOnly = true;
    trials = 1;
    played = await play();
    const { link, workbench, log } = played.around;
    const state = () => ({
      version: '1',
      trusted: true,
      readOnly,
      storeProblem: null,
      runs: [run('theirs', { counts: { trials, examples: 0, failures: 0, lessons: 0 } })],
    });
    played.client().answers[engine.state.method] = state;
    played.client().answers[engine.sources.method] = () => sources();
    mock.timers.enable({ apis: ['setTimeout'] });
    watch = new WatchOthers(link, workbench, log);
    workbench.setEngine(state(), sources());
  });

  afterEach(() => {
    watch.dispose();
    mock.timers.reset();
  });

  it('asks how far the others are, until they have ended', async () => {
    const { workbench } = played.around;
    const before = asked();
    trials = 7;
    await pass(4999);
    assert.equal(asked(), before);
    await pass(1);
    assert.equal(workbench.run('theirs')?.counts.trials, 7);
    readOnly = false;
    await pass(5000);
    assert.equal(workbench.engine?.readOnly, false);
    const last = asked();
    await pass(60_000);
    assert.equal(asked(), last);
  });

  it('asks nothing without an engine, and after its end', async () => {
    const before = asked();
    while (played.client().die() === 'restart') played.client().hooks.onState('running');
    played.around.workbench.set({ link: 'away' });
    await pass(60_000);
    assert.equal(asked(), before);
    watch.dispose();
    await pass(60_000);
    assert.equal(asked(), before);
  });
});
