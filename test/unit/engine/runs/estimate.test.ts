import assert from 'node:assert/strict';
import { adaptivePreset, paperPreset } from '../../../../src/core/settings.ts';
import { estimateRun } from '../../../../src/engine/runs/estimate.ts';
import { sampleTool } from '../../../helpers/corePorts.ts';

const none = { modelCalls: null, tokens: null, usd: null };
const price = (input: number, output: number): number => (input + 4 * output) / 1_000_000;

describe('The estimate of a run', () => {
  const tools = [sampleTool({ name: 'a' }), sampleTool({ name: 'b' })];

  it('counts every trial with every turn, and never more than the budget', () => {
    const settings = { ...paperPreset, episodes: 2, trials: 3 };
    const { trials, modelCalls, simulated } = estimateRun(tools, settings, none, price);
    assert.deepEqual([trials, modelCalls, simulated], [12, 12 * 7, undefined]);
    const limited = estimateRun(tools, settings, { modelCalls: 20, tokens: 1000, usd: 0.001 }, price);
    assert.deepEqual([limited.modelCalls, limited.tokens, limited.usd], [20, 1000, 0.001]);
  });

  it('counts the calls in which the model plays a tool, with their tokens and their price', () => {
    for (const [settings, plays] of [
      [paperPreset, 4],
      [adaptivePreset, 8],
    ] as const) {
      const real = estimateRun(tools, settings, none, price);
      const one = estimateRun(tools, settings, none, price, ['imaginarium.yaml#a']);
      const trials = settings.episodes * settings.trials;
      assert.equal(one.simulated, 1);
      assert.equal(one.modelCalls - real.modelCalls, trials * plays);
      assert.ok(one.tokens > real.tokens + trials * plays * settings.maxTokens);
      assert.ok((one.usd ?? 0) > (real.usd ?? 0));
    }
  });
});
