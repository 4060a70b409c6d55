import assert from 'node:assert/strict';
import type { JsonObject } from '../../../src/core/json.ts';
import type { Step, Trial } from '../../../src/core/trial.ts';
import { sampleTrial } from '../../helpers/sampleTrial.ts';
import { OpenedStore } from './openedStore.ts';

const tool = 'imaginarium.yaml#add_date';
const parameters: JsonObject = {
  type: 'object',
  properties: { date: { type: 'string' }, zone: { type: 'string' } },
  required: ['date'],
};
const asked = { tools: [{ id: tool, specHash: 'now', parameters }] };

function step(args: JsonObject, content: string | null, simulated = false): Step {
  return {
    thought: '',
    call: { tool, arguments: args },
    observation: {
      status: content === null ? 'ok' : 'rejected',
      content: content ?? 'fine',
      ms: 1,
      truncated: false,
      ...(simulated ? { simulated } : {}),
    },
    failure: null,
    failures: [],
  };
}

describe('Contradictions in the trial log', () => {
  /** Records five refusals without `zone` and an answer with it. */
  async function explored(specHash: string, simulated = false, date = 'x', parts: Partial<Trial> = {}) {
    const opened = await OpenedStore.inFolder();
    const store = await opened.open({ run: 'r1' });
    const steps = Array.from({ length: 5 }, (_, index) =>
      step({ date: `${date}${index}` }, `zone is missing for ${date}${index}`, simulated),
    );
    for (const [index, one] of [...steps, step({ date: 'x', zone: 'UTC' }, null, simulated)].entries()) {
      const place = { id: `r1-a-1.${index + 1}`, trial: index + 1 };
      const trial = sampleTrial({ ...place, steps: [one], specHash, ...parts });
      store.recordTrial({ trial, lessons: [], fixes: [], example: null });
    }
    return { opened, store };
  }

  it('are found with their trials, the newest first, beside the main thread', async () => {
    const { opened, store } = await explored('now');
    await using _ = opened;
    const found = await store.contradictions(asked);
    assert.deepEqual(
      found.map(({ kind, argument, trials }) => ({ kind, argument, trials })),
      [{ kind: 'needed', argument: '/zone', trials: [5, 4, 3, 2, 1].map((one) => `r1-a-1.${one}`) }],
    );
  });

  it('need trials of the spec as it is now, and of the real tool', async () => {
    for (const { opened, store } of [await explored('before'), await explored('now', true)]) {
      await using _ = opened;
      assert.deepEqual(await store.contradictions(asked), []);
    }
  });

  it('need trials of ours: in those of another program it is guessed whether calls failed', async () => {
    const { opened, store } = await explored('now', false, 'x', { imported: true });
    await using _ = opened;
    assert.deepEqual(await store.contradictions(asked), []);
  });

  it('tell no secret', async () => {
    const key = `sk-${'a1'.repeat(12)}`;
    const { opened, store } = await explored('now', false, key);
    await using _ = opened;
    const [found] = await store.contradictions(asked);
    assert.ok(found && !JSON.stringify(found).includes(key), JSON.stringify(found));
  });

  it('are none of a tool that was never called', async () => {
    await using opened = await OpenedStore.inFolder();
    const store = await opened.open();
    assert.deepEqual(await store.contradictions(asked), []);
  });
});
