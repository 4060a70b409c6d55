import assert from 'node:assert/strict';
import { addUsage, type ChatRequest, noUsage, type Usage } from '../../../../src/core/chat.ts';
import { BudgetExhausted, ModelError } from '../../../../src/core/errors.ts';
import { emptyMemory } from '../../../../src/core/memory/index.ts';
import { BudgetAccount } from '../../../../src/engine/runs/budget.ts';
import { estimateCall, meteredModel } from '../../../../src/engine/runs/meteredModel.ts';
import { type Scripted, sampleTool, scriptedModel } from '../../../helpers/corePorts.ts';

const never = new AbortController().signal;
const request: ChatRequest = {
  purpose: {
    kind: 'imagine',
    tool: sampleTool(),
    memory: emptyMemory(),
    seed: 1,
    uncovered: [],
    tooClose: [],
  },
  messages: [{ role: 'user', content: 'x'.repeat(400) }],
  temperature: 1,
  maxTokens: 50,
};

function setUp(limit: number | null, answers: Scripted[]) {
  const model = scriptedModel(answers);
  const kept: Usage[] = [];
  const account = new BudgetAccount({ modelCalls: limit, tokens: null, usd: null });
  return { model, kept, metered: meteredModel(model, account, (usage) => kept.push(usage)) };
}

describe('meteredModel', () => {
  it('counts a call before it is sent, and its tokens when they are known', async () => {
    const { model, kept, metered } = setUp(null, ['hello']);
    const chat = metered.chat(request, never);
    await Promise.resolve();
    assert.deepEqual(kept, [{ ...noUsage(), modelCalls: 1 }]);
    await chat;
    assert.equal(model.requests.length, 1);
    assert.deepEqual(kept.reduce(addUsage), {
      modelCalls: 1,
      inputTokens: 10,
      cachedTokens: 0,
      outputTokens: 2,
      usd: null,
    });
  });

  it('sends nothing that the budget does not allow', async () => {
    const { model, kept, metered } = setUp(1, ['one', 'two']);
    await metered.chat(request, never);
    await assert.rejects(metered.chat(request, never), new BudgetExhausted('calls'));
    assert.equal(model.requests.length, 1);
    assert.equal(kept.length, 2);
  });

  it('sends nothing that could not be counted', async () => {
    const model = scriptedModel(['one']);
    const metered = meteredModel(
      model,
      new BudgetAccount({ modelCalls: null, tokens: null, usd: null }),
      () => {
        throw new Error('disk full');
      },
    );
    await assert.rejects(metered.chat(request, never), /disk full/);
    assert.equal(model.requests.length, 0);
  });

  it('a call that failed counts, and its reservation is given back', async () => {
    const failure = new ModelError('timeout', 'no answer', 'wait');
    const model = scriptedModel([failure, 'two']);
    const account = new BudgetAccount({ modelCalls: 2, tokens: 200, usd: null });
    const metered = meteredModel(model, account, () => {});
    await assert.rejects(metered.chat(request, never), failure);
    await metered.chat(request, never);
    assert.equal(account.used.modelCalls, 2);
  });

  it('estimates a call by the length of its texts and the longest answer', () => {
    const price = (input: number, output: number) => input * 2 + output;
    const { tokens, usd } = estimateCall(request, { price });
    assert.ok(tokens >= 150 && tokens < 175, String(tokens));
    assert.equal(usd, (tokens - 50) * 2 + 50);
    const offered = { ...request, tools: [{ name: 'a', description: 'y'.repeat(400), parameters: {} }] };
    assert.ok(estimateCall(offered, { price }).tokens >= tokens + 100);
  });
});
