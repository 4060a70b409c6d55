import type { ChatModel } from '../../core/chat.ts';
import { maxModelCallsPerTrial, maxTokensPerTrial } from '../../core/explore/estimate.ts';
import type { Budget, Estimate } from '../../core/run.ts';
import type { ExploreSettings } from '../../core/settings.ts';
import type { Tool } from '../../core/tool.ts';

/**
 * What a run takes at most: every trial with every turn, and never more than its budget. The stop rule and good answers
 * make it less; nobody can say beforehand by how much.
 */
export function estimateRun(
  tools: readonly Tool[],
  settings: ExploreSettings,
  budget: Budget,
  price: ChatModel['price'],
): Estimate {
  const trialsPerTool = settings.episodes * settings.trials;
  const trials = tools.length * trialsPerTool;
  let input = 0;
  let output = 0;
  for (const tool of tools) {
    const tokens = maxTokensPerTrial(tool, settings);
    input += tokens.input * trialsPerTool;
    output += tokens.output * trialsPerTool;
  }
  const usd = price(input, output);
  return {
    tools: tools.length,
    trials,
    modelCalls: atMost(trials * maxModelCallsPerTrial(settings), budget.modelCalls),
    tokens: atMost(input + output, budget.tokens),
    usd: usd === null ? null : atMost(usd, budget.usd),
  };
}

function atMost(amount: number, limit: number | null): number {
  return limit === null ? amount : Math.min(amount, limit);
}
