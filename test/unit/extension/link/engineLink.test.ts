import assert from 'node:assert/strict';
import { Cancelled, UserError } from '../../../../src/core/errors.ts';
import { EngineAway, engineError } from '../../../../src/extension/link/engineErrors.ts';
import { EngineLink, type LinkState } from '../../../../src/extension/link/engineLink.ts';
import { engine, nothingSet } from '../../../../src/protocol/engine.ts';
import { type FakeClient, fakeClients, settle } from '../fakes.ts';

function linked(prepare?: (client: FakeClient) => void, patience = 50) {
  const { open, clients } = fakeClients(prepare);
  const logged: unknown[] = [];
  const states: LinkState[] = [];
  let now = 0;
  const link = new EngineLink({
    open,
    start: () => ({ folders: [], trusted: true, settings: nothingSet }),
    log: (error) => void logged.push(error),
    patience,
    now: () => now,
  });
  link.onState.listen((state) => states.push(state));
  return { link, clients, logged, states, later: (ms: number) => (now += ms) };
}

const answering = (client: FakeClient): void => {
  client.answers[engine.state.method] = () => 'here';
};

describe('The way to the engine', () => {
  it('starts it at the first need, once', async () => {
    const { link, clients, states } = linked(answering);
    assert.equal(link.state, 'asleep');
    const answers = await Promise.all([link.request(engine.state, {}), link.request(engine.state, {})]);
    assert.deepEqual(answers, ['here', 'here']);
    assert.equal(clients.length, 1);
    assert.deepEqual(states, ['starting', 'ready']);
  });

  it('leaves no request open when the engine dies, and answers the next one', async () => {
    const { link, clients } = linked();
    const open = link.request(engine.state, {});
    await settle();
    assert.equal(clients[0]?.die(), 'restart');
    await assert.rejects(open, EngineAway);
    assert.equal(link.state, 'restarting');
    const waiting = link.request(engine.state, {});
    answering(clients[0] as FakeClient);
    clients[0]?.hooks.onState('running');
    assert.equal(await waiting, 'here');
  });

  it('gives up an engine that keeps dying, says so at once, and starts it again when a person asks', async () => {
    const { link, clients, states } = linked(answering);
    await link.request(engine.state, {});
    const first = clients[0] as FakeClient;
    for (let death = 1; death <= 4; death += 1) {
      assert.equal(first.die(), 'restart');
      first.hooks.onState('running');
    }
    assert.equal(first.die(), 'give up');
    assert.equal(link.state, 'away');
    await assert.rejects(link.request(engine.state, {}), EngineAway);
    assert.equal(first.stopped, 1);
    link.wake();
    assert.equal(await link.request(engine.state, {}), 'here');
    assert.equal(clients.length, 2);
    first.hooks.onState('ended');
    assert.equal(link.state, 'ready', 'what an earlier engine still says is not heard');
    assert.equal(states.at(-1), 'ready');
  });

  it('forgives deaths that lie far apart', async () => {
    const { link, clients, later } = linked(answering);
    await link.request(engine.state, {});
    for (let death = 1; death <= 20; death += 1) {
      assert.equal(clients[0]?.die(), 'restart', `death ${death}`);
      clients[0]?.hooks.onState('running');
      later(60_000);
    }
  });

  it('waits for an engine on its way only so long', async () => {
    const { link } = linked((client) => {
      client.starting = () => new Promise(() => {});
    }, 20);
    await assert.rejects(link.request(engine.state, {}), /does not answer/);
  });

  it('is away when the engine cannot be started, and logs why', async () => {
    const { link, logged } = linked((client) => {
      client.starting = () => Promise.reject(new Error('no such file'));
    });
    await assert.rejects(link.request(engine.state, {}), EngineAway);
    assert.deepEqual(logged.map(String), ['Error: no such file']);
  });

  it('tells nothing to an engine that is not there', async () => {
    const { link, clients } = linked(answering);
    link.tell(engine.trust, { trusted: true });
    assert.equal(clients.length, 0);
    await link.request(engine.state, {});
    link.tell(engine.trust, { trusted: true });
    assert.deepEqual(clients[0]?.told, [engine.trust.method]);
  });

  it('ends the engine when the window closes, also one that is only just starting', async () => {
    const { link, clients } = linked(answering);
    link.wake();
    await link.dispose();
    await settle();
    assert.equal(clients[0]?.stopped, 1);
    await assert.rejects(link.request(engine.state, {}), EngineAway);
  });
});

describe('What the engine answers', () => {
  it('keeps its advice; cancellation is no error of anybody', () => {
    const wire = Object.assign(new Error('No model.'), { code: -32803, data: { advice: 'Choose one.' } });
    const error = engineError(wire);
    assert.ok(error instanceof UserError);
    assert.deepEqual([error.message, error.advice], ['No model.', 'Choose one.']);
    assert.ok(engineError(Object.assign(new Error('x'), { code: -32800 })) instanceof Cancelled);
    assert.ok(!(engineError(new Error('bug')) instanceof UserError));
  });
});
