import assert from 'node:assert/strict';
import { Cancelled } from '../../../../src/core/errors.ts';
import type { Risk, Tool } from '../../../../src/core/tool.ts';
import type { ApprovalRequest } from '../../../../src/engine/ports.ts';
import { RiskLadder } from '../../../../src/engine/runs/approvals.ts';
import { Slots } from '../../../../src/engine/runs/slots.ts';
import { sampleTool } from '../../../helpers/corePorts.ts';

interface Fixture {
  ladder: RiskLadder;
  asked: ApprovalRequest[];
  stop: AbortController;
  slots: Slots;
}

function setUp(answer: (request: ApprovalRequest) => Promise<boolean>, allowWrites = false): Fixture {
  const asked: ApprovalRequest[] = [];
  const stop = new AbortController();
  const slots = new Slots(1);
  const ladder = new RiskLadder({
    runId: 'run',
    allowWrites,
    slots,
    signal: stop.signal,
    port: {
      ask(request) {
        asked.push(request);
        return answer(request);
      },
    },
  });
  return { ladder, asked, stop, slots };
}

function tool(risk: Risk, name = 'book_seat'): Tool {
  return sampleTool({ name, risk });
}

/** Asks as the engine does: from within a slot. */
function ask({ ladder, slots, stop }: Fixture, of: Tool, args = {}) {
  return slots.use(stop.signal, () => ladder.permission(of, args));
}

describe('RiskLadder', () => {
  it('read runs without a question', async () => {
    const set = setUp(async () => false);
    assert.deepEqual(await ask(set, tool('read')), { allowed: true });
    assert.equal(set.asked.length, 0);
  });

  for (const risk of ['write', 'unknown'] as const) {
    it(`${risk} asks once a run for each tool, naming it`, async () => {
      const set = setUp(async (request) => request.name === 'book_seat');
      assert.deepEqual(await ask(set, tool(risk), { seat: '1A' }), { allowed: true });
      assert.deepEqual(await ask(set, tool(risk), { seat: '1B' }), { allowed: true });
      const other = await ask(set, tool(risk, 'cancel_seat'));
      assert.ok(!other.allowed && other.why.includes('"cancel_seat"'));
      assert.deepEqual(
        set.asked.map(({ name, scope, arguments: args }) => ({ name, scope, args })),
        [
          { name: 'book_seat', scope: 'run', args: { seat: '1A' } },
          { name: 'cancel_seat', scope: 'run', args: {} },
        ],
      );
    });

    it(`${risk} asks nobody when writes were allowed beforehand`, async () => {
      const set = setUp(async () => false, true);
      assert.deepEqual(await ask(set, tool(risk)), { allowed: true });
      assert.equal(set.asked.length, 0);
    });
  }

  it('destructive asks for every call, also when writes are allowed', async () => {
    const set = setUp(async (request) => request.arguments.id === 1, true);
    assert.equal((await ask(set, tool('destructive'), { id: 1 })).allowed, true);
    assert.equal((await ask(set, tool('destructive'), { id: 2 })).allowed, false);
    assert.deepEqual(
      set.asked.map((request) => request.scope),
      ['call', 'call'],
    );
  });

  it('an approval that nobody answers pauses its tool only', async () => {
    const set = setUp(() => new Promise(() => {}));
    const waiting = ask(set, tool('write'));
    assert.deepEqual(await ask(set, tool('read')), { allowed: true });
    set.stop.abort();
    await assert.rejects(waiting, new Cancelled());
  });
});
