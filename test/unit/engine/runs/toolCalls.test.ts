import assert from 'node:assert/strict';
import { Cancelled, UserError } from '../../../../src/core/errors.ts';
import type { Risk } from '../../../../src/core/tool.ts';
import { StoreFailure } from '../../../../src/engine/errors.ts';
import { RiskLadder } from '../../../../src/engine/runs/approvals.ts';
import { Slots } from '../../../../src/engine/runs/slots.ts';
import { ToolCalls } from '../../../../src/engine/runs/toolCalls.ts';
import type { WriteIntent } from '../../../../src/store/index.ts';
import { sampleTool } from '../../../helpers/corePorts.ts';

const observation = { status: 'ok' as const, content: 'done', ms: 1, truncated: false };
const place = { runId: 'r', tool: 'imaginarium.yaml#add_date', episode: 1, trial: 2, step: 3 };

function setUp(risk: Risk, allow: boolean, full = false) {
  const happened: string[] = [];
  const intents: WriteIntent[] = [];
  const tool = sampleTool({ risk });
  const runner = { kind: 'module' as const, module: 'm.mjs', export: 'f', env: {} };
  const bound = {
    tool,
    folder: '/w',
    runner,
    notRunnable: null,
    timeoutMs: 1,
    outputLimit: 1,
    services: [],
  };
  const stop = new AbortController();
  const ladder = new RiskLadder({
    runId: 'r',
    allowWrites: false,
    port: { ask: async () => allow },
    slots: new Slots(1),
    signal: stop.signal,
  });
  const calls = new ToolCalls(
    {
      call: async () => {
        happened.push('called');
        return observation;
      },
      check: async () => [],
    },
    new Map([[tool.id, bound]]),
    ladder,
    {
      intendWrite(intent) {
        if (full) throw new UserError('The disk is full.', 'Make room.');
        happened.push('intended');
        intents.push(intent);
      },
    },
  );
  return { calls, tool, happened, intents, stop };
}

describe('ToolCalls', () => {
  it('makes a call that only reads, and writes nothing down', async () => {
    const { calls, tool, happened, stop } = setUp('read', false);
    assert.deepEqual(await calls.call(tool, {}, place, stop.signal), observation);
    assert.deepEqual(happened, ['called']);
    assert.deepEqual(calls.takeRisky(place), []);
  });

  for (const risk of ['write', 'unknown', 'destructive'] as const) {
    it(`writes a call of risk ${risk} down before it is made`, async () => {
      const { calls, tool, happened, intents, stop } = setUp(risk, true);
      await calls.call(tool, { days: 1 }, place, stop.signal);
      assert.deepEqual(happened, ['intended', 'called']);
      assert.deepEqual(intents, [{ ...place, step: 2, call: { tool: tool.id, arguments: { days: 1 } } }]);
      assert.deepEqual(calls.takeRisky(place), [{ tool: tool.id, step: 3 }]);
      assert.deepEqual(calls.takeRisky(place), []);
    });

    it(`blocks a call of risk ${risk} that nobody allows, and says so`, async () => {
      const { calls, tool, happened, stop } = setUp(risk, false);
      const blocked = await calls.call(tool, {}, place, stop.signal);
      assert.equal(blocked.status, 'blocked');
      assert.match(blocked.content, /^Not run: "add_date" .*nobody has allowed/);
      assert.deepEqual(happened, []);
    });
  }

  it('makes no call that could not be written down', async () => {
    const { calls, tool, happened, stop } = setUp('write', true, true);
    await assert.rejects(calls.call(tool, {}, place, stop.signal), StoreFailure);
    assert.deepEqual(happened, []);
  });

  it('makes no call after a stop', async () => {
    const { calls, tool, happened, stop } = setUp('read', true);
    stop.abort();
    await assert.rejects(calls.call(tool, {}, place, stop.signal), new Cancelled());
    assert.deepEqual(happened, []);
  });

  it('blocks a tool that the catalogue does not have', async () => {
    const { calls, stop } = setUp('read', true);
    const other = sampleTool({ name: 'gone' });
    assert.equal((await calls.call(other, {}, place, stop.signal)).status, 'blocked');
  });
});
