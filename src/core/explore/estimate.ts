import { estimateTokens } from '../chat.ts';
import type { ExploreSettings } from '../settings.ts';
import { mostPlayed } from '../simulate/play.ts';
import { outputLimit } from '../simulate/playerPrompt.ts';
import { recallLimit } from '../simulate/recall.ts';
import type { Tool } from '../tool.ts';

/** Model calls one trial can take at most: imagining (with tries of the gate), turns and the answer after them, reflection. */
export function maxModelCallsPerTrial(
  settings: Pick<ExploreSettings, 'turns' | 'diversityGate' | 'diversityTries'>,
): number {
  const imagining = settings.diversityGate ? Math.max(1, settings.diversityTries) : 1;
  return imagining + (settings.turns + 1) + 1;
}

/**
 * Tokens (input, output) that one trial takes at most, roughly: every call carries the tool's text and the episode so far.
 * An upper bound for the estimate that is shown before a start, not a prediction.
 */
export function maxTokensPerTrial(
  tool: Tool,
  settings: Pick<
    ExploreSettings,
    'turns' | 'trials' | 'maxTokens' | 'observationLimit' | 'diversityGate' | 'diversityTries'
  >,
): { input: number; output: number } {
  const calls = maxModelCallsPerTrial(settings);
  const prompt = 700 + 2 * estimateTokens(tool.description + JSON.stringify(tool.parameters));
  const turn = settings.maxTokens + Math.ceil(settings.observationLimit / 4);
  const conversation = (settings.turns + 2) * turn;
  // On average half of the episode stands in the conversation already.
  const earlier = ((settings.trials - 1) / 2) * conversation;
  return {
    input: Math.ceil(calls * (prompt + earlier + conversation / 2)),
    output: calls * settings.maxTokens,
  };
}

/** Model calls that playing the tools of one trial takes at most. */
export const maxPlayedPerTrial = mostPlayed;

/** Tokens (input, output) that playing the tools of one trial takes at most, roughly. */
export function maxPlayedTokensPerTrial(
  tool: Tool,
  settings: Pick<ExploreSettings, 'turns' | 'protocol' | 'maxTokens'>,
): { input: number; output: number } {
  const calls = mostPlayed(settings);
  const about = estimateTokens(tool.description + JSON.stringify(tool.parameters));
  const output = tool.output === undefined ? 0 : Math.ceil(outputLimit / 4);
  const prompt = 500 + about + output + Math.ceil(recallLimit / 4);
  return { input: calls * prompt, output: calls * settings.maxTokens };
}
