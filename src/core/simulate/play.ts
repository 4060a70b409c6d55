/** A call that a model plays: refused by the schema, answered as before, or asked for. */
import type { TrialContext } from '../explore/trialContext.ts';
import type { JsonObject } from '../json.ts';
import { deriveSeed } from '../random.ts';
import type { ExploreSettings } from '../settings.ts';
import type { Tool } from '../tool.ts';
import type { Failure, Observation } from '../trial.ts';
import { playerMessages } from './playerPrompt.ts';
import { readPlayed } from './readPlayed.ts';
import { recalled, sameAnswer } from './recall.ts';
import { refusalText } from './refusal.ts';
import type { PlayedCall } from './simulation.ts';

/** The played world as one trial sees it: what was said before it, and what it adds as it goes. */
export interface PlayedWorld {
  said: PlayedCall[];
  /** How often this trial has asked the model to play. */
  asked: number;
}

/** Times a trial asks the model to play, at most: a turn may hold several calls, and what it can cost is told beforehand. */
export function mostPlayed({ turns, protocol }: Pick<ExploreSettings, 'turns' | 'protocol'>): number {
  return protocol === 'react' ? turns : 2 * turns;
}

/**
 * What the played tool answers. Never approved and never written down beforehand: nothing in the world changes. Rejects as
 * the model does.
 *
 * @param failures of the arguments against the schema
 */
export async function play(
  context: TrialContext,
  world: PlayedWorld,
  call: { tool: Tool; arguments: JsonObject; failures: readonly Failure[] },
): Promise<Observation> {
  const { tool, failures } = call;
  if (failures.length > 0) return simulated({ status: 'rejected', content: refusalText(failures) });
  const same = sameAnswer(world.said, tool, call.arguments, context.offered);
  if (same) return simulated(same);
  if (world.asked >= mostPlayed(context.settings)) {
    return { status: 'not_run', content: 'Not run: too many calls in this trial.', ms: 0, truncated: false };
  }
  world.asked += 1;
  const { text, ms, cut } = await askPlayer(context, world, call);
  const read = readPlayed(text);
  if (read === null) {
    const content = 'The model that plays the tool gave no answer.';
    return { status: 'tool_fault', content, ms, truncated: false, simulated: true };
  }
  world.said.push({ tool: tool.id, arguments: call.arguments, ...read });
  return { ...simulated(read), ms, truncated: cut };
}

function simulated({ status, content }: Pick<PlayedCall, 'status' | 'content'>): Observation {
  return { status, content, ms: 0, truncated: false, simulated: true };
}

async function askPlayer(
  context: TrialContext,
  world: PlayedWorld,
  { tool, arguments: args }: { tool: Tool; arguments: JsonObject },
): Promise<{ text: string; ms: number; cut: boolean }> {
  const known = recalled(world.said, args);
  const names = new Map(context.offered.map(({ id, name }) => [id, name]));
  const purpose = {
    kind: 'simulate' as const,
    tool,
    arguments: args,
    said: known,
    seed: deriveSeed(context.seed, 'simulate', world.asked),
  };
  const messages = playerMessages({ tool, arguments: args, recalled: known }, context.prompts, names);
  const { answer, ms } = await context.talk.aside(purpose, messages);
  return { text: answer.text, ms, cut: answer.finish === 'length' };
}
