import type { ChatModel } from '../../core/chat.ts';
import {
  maxModelCallsPerTrial,
  maxPlayedPerTrial,
  maxPlayedTokensPerTrial,
  maxTokensPerTrial,
} from '../../core/explore/estimate.ts';
import type { Budget, Estimate } from '../../core/run.ts';
import type { ExploreSettings } from '../../core/settings.ts';
import type { Tool } from '../../core/tool.ts';

/**
 * What a run takes at most: every trial with every turn, and never more than its budget. The stop rule and good answers
 * make it less; nobody can say beforehand by how much.
 *
 * @param simulated ids of the tools that the model plays: each of their calls is a model call
 */
export function estimateRun(
  tools: readonly Tool[],
  settings: ExploreSettings,
  budget: Budget,
  price: ChatModel['price'],
  simulated: readonly string[] = [],
): Estimate {
  const trialsPerTool = settings.episodes * settings.trials;
  const trials = tools.length * trialsPerTool;
  let input = 0;
  let output = 0;
  for (const tool of tools) {
    const parts = [maxTokensPerTrial(tool, settings)];
    if (simulated.includes(tool.id)) parts.push(maxPlayedTokensPerTrial(tool, settings));
    for (const tokens of parts) {
      input += tokens.input * trialsPerTool;
      output += tokens.output * trialsPerTool;
    }
  }
  const played = simulated.length * trialsPerTool * maxPlayedPerTrial(settings);
  const modelCalls = trials * maxModelCallsPerTrial(settings) + played;
  const usd = price(input, output);
  return {
    tools: tools.length,
    ...(simulated.length > 0 ? { simulated: simulated.length } : {}),
    trials,
    modelCalls: atMost(modelCalls, budget.modelCalls),
    tokens: atMost(input + output, budget.tokens),
    usd: usd === null ? null : atMost(usd, budget.usd),
  };
}

function atMost(amount: number, limit: number | null): number {
  return limit === null ? amount : Math.min(amount, limit);
}
