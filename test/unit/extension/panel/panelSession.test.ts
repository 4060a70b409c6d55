import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { UserError } from '../../../../src/core/errors.ts';
import { PanelSession, type PanelWindow } from '../../../../src/extension/panel/panelSession.ts';
import { engine } from '../../../../src/protocol/engine.ts';
import type { PanelPlace, ToPage } from '../../../../src/protocol/panel.ts';
import { type Played, play } from '../commands/person.ts';
import { run, settle } from '../fakes.ts';

describe('The conversation with the page', () => {
  let played: Played;
  let session: PanelSession;
  const posted: ToPage[] = [];
  const did: unknown[] = [];

  const place: PanelPlace = { tool: { id: 'imaginarium.yaml#a', name: 'a' }, run: null };
  const ask = async (name: string, params: unknown, id = 1): Promise<ToPage | undefined> => {
    session.hear({ type: 'request', id, name, params });
    await settle();
    return posted.at(-1);
  };

  async function open(at: PanelPlace | null = place): Promise<void> {
    posted.length = 0;
    did.length = 0;
    played = await play();
    const window: PanelWindow = {
      post: (message) => void posted.push(message),
      texts: () => ({ Trials: 'Versuche' }),
      run: (command, target) => void did.push([command, target]),
      title: (tool) => void did.push(['title', tool]),
    };
    session = new PanelSession(played.around, window, at);
  }

  beforeEach(() => open());
  afterEach(() => session.dispose());

  it('begins with what the page is for, once: later the page knows it itself', async () => {
    const first = await ask('start', {});
    assert.ok(first?.type === 'answer');
    const start = first.result as { place: unknown; texts: unknown; trusted: boolean; running: boolean };
    assert.deepEqual(
      [start.place, start.texts, start.trusted, start.running],
      [place, { Trials: 'Versuche' }, true, false],
    );
    const second = await ask('start', {}, 2);
    assert.ok(second?.type === 'answer' && (second.result as { place: unknown }).place === null);
  });

  it('asks the engine, and gives its answer back under the same id', async () => {
    const dashboard = { runs: 1 };
    played.client().answers[engine.dashboard.method] = () => dashboard;
    assert.deepEqual(await ask('dashboard', { tool: 'imaginarium.yaml#a' }, 7), {
      type: 'answer',
      id: 7,
      result: dashboard,
    });
    assert.deepEqual(did, [['title', 'a']]);
    played.client().answers[engine.tools.method] = () => ({
      rows: [{ id: 'x#b', name: 'b', counts: { trials: 3 }, description: 'not for the page' }],
      next: null,
    });
    assert.deepEqual(await ask('tools', { text: 'b' }), {
      type: 'answer',
      id: 1,
      result: [{ id: 'x#b', name: 'b', trials: 3 }],
    });
  });

  it('runs commands with a target, and waits for none of them', async () => {
    await ask('openTrial', { trialId: 't' });
    await ask('insert', { exampleId: 'e' });
    await ask('explore', { tool: null });
    assert.deepEqual(await ask('explore', { tool: 'x#b' }, 4), { type: 'answer', id: 4, result: null });
    assert.deepEqual(did, [
      ['openTrial', { trialId: 't' }],
      ['insertExamples', { exampleId: 'e' }],
      ['exploreTool', {}],
      ['exploreTool', { toolId: 'x#b' }],
    ]);
  });

  it('refuses what it does not know, and what the engine refuses, in words', async () => {
    const unknown = await ask('eval', {}, 3);
    assert.ok(unknown?.type === 'refused' && unknown.id === 3 && !unknown.away);
    played.client().answers[engine.list.method] = () => {
      throw new UserError('The database is busy.', 'Try again.');
    };
    const refused = await ask(
      'list',
      { list: 'trials', filter: {}, order: { by: 'time', descending: true } },
      4,
    );
    assert.deepEqual(refused, {
      type: 'refused',
      id: 4,
      message: 'The database is busy.',
      advice: 'Try again.',
      away: false,
    });
  });

  it('leaves nothing open when the engine dies over a question, and says when it is away for good', async () => {
    session.hear({ type: 'request', id: 1, name: 'dashboard', params: {} });
    session.hear({ type: 'request', id: 2, name: 'listRows', params: { list: 'trials', ids: [1] } });
    await settle();
    while (played.client().die() === 'restart') await settle();
    await settle();
    const refused = posted.filter((message) => message.type === 'refused').map(({ id }) => id);
    assert.deepEqual(refused, [1, 2]);
    const later = await ask('dashboard', {}, 3);
    assert.ok(later?.type === 'refused' && later.id === 3 && later.away);
  });

  it('tells of trials at once, then at most once a second, and of no more after the end', () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const row = { runId: 'r', tool: 'x#a', failures: [], example: false };
      const trial = { type: 'trial', row } as never;
      const trials = (count: number): void => {
        for (let i = 0; i < count; i += 1) played.around.link.onEvents.fire([trial]);
      };
      const changed = (): number => posted.filter(({ type }) => type === 'changed').length;
      trials(50);
      assert.equal(changed(), 1);
      mock.timers.tick(999);
      trials(50);
      assert.equal(changed(), 1);
      mock.timers.tick(1);
      assert.equal(changed(), 2);
      trials(1);
      session.dispose();
      mock.timers.tick(5000);
      assert.equal(changed(), 2);
    } finally {
      mock.timers.reset();
    }
  });

  it('says that a run is on, and that the window is trusted now', async () => {
    played.around.workbench.hear([{ type: 'run', run: run('r') }]);
    assert.deepEqual(posted.at(-1), { type: 'changed', trusted: true, running: true });
  });

  it('shows another place also in a page that was hidden and begins anew, and not once it was shown', async () => {
    await ask('start', {});
    played.client().answers[engine.dashboard.method] = () => ({});
    const other = { tool: { id: 'imaginarium.yaml#b', name: 'b' }, run: null };
    const placeAtStart = async (): Promise<unknown> => {
      const answer = await ask('start', {});
      assert.ok(answer?.type === 'answer');
      return (answer.result as { place: unknown }).place;
    };
    session.show(other);
    assert.deepEqual(await placeAtStart(), other);
    session.show(other);
    await ask('dashboard', { tool: 'imaginarium.yaml#a' });
    await ask('dashboard', { tool: 'imaginarium.yaml#b' });
    assert.equal(await placeAtStart(), null);
  });

  it('shows another place in the page that is open', () => {
    session.show({ tool: null, run: { id: 'r', label: 'Run' } });
    assert.deepEqual(posted, [{ type: 'show', place: { tool: null, run: { id: 'r', label: 'Run' } } }]);
  });
});
