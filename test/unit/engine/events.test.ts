import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventBatches } from '../../../src/engine/events.ts';
import type { EngineEvent } from '../../../src/protocol/engine.ts';

function notice(message: string): EngineEvent {
  return { type: 'notice', runId: null, severity: 'info', message, advice: '' };
}

function progress(tool: string, doing: string): EngineEvent {
  return { type: 'progress', runId: 'r', tool, episode: 1, trial: 1, doing };
}

describe('EventBatches', () => {
  it('sends at most ten batches a second, and loses nothing that counts', async () => {
    const events = new EventBatches();
    const batches: { at: number; events: EngineEvent[] }[] = [];
    events.listen((batch) => batches.push({ at: performance.now(), events: batch }));
    for (let i = 0; i < 50; i++) {
      events.publish(notice(`n${i}`));
      await sleep(4);
    }
    await events.sent();
    const messages = batches
      .flatMap((batch) => batch.events)
      .map((event) => event.type === 'notice' && event.message);
    assert.deepEqual(
      messages,
      Array.from({ length: 50 }, (_, i) => `n${i}`),
    );
    for (const [i, batch] of batches.entries()) {
      const before = batches[i - 1];
      if (before) assert.ok(batch.at - before.at >= 95, `batches ${batch.at - before.at} ms apart`);
    }
  });

  it('of events that replace each other a batch holds the newest, in its place', async () => {
    const events = new EventBatches();
    const seen: EngineEvent[] = [];
    events.listen((batch) => seen.push(...batch));
    events.publish({ type: 'catalogue', version: 1 });
    events.publish(progress('a', 'imagining'));
    events.publish(progress('b', 'imagining'));
    events.publish(notice('kept'));
    events.publish(progress('a', 'reflecting'));
    events.publish({ type: 'catalogue', version: 2 });
    await events.sent();
    assert.deepEqual(seen, [
      progress('b', 'imagining'),
      notice('kept'),
      progress('a', 'reflecting'),
      { type: 'catalogue', version: 2 },
    ]);
  });

  it('sends the rest when it is disposed, and nothing to who has left', () => {
    const events = new EventBatches();
    const stayed: EngineEvent[] = [];
    const left: EngineEvent[] = [];
    events.listen((batch) => stayed.push(...batch));
    events.listen((batch) => left.push(...batch))();
    events.publish(notice('last'));
    events.dispose();
    assert.deepEqual(stayed, [notice('last')]);
    assert.deepEqual(left, []);
  });
});
