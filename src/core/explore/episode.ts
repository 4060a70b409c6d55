/**
 * An episode: some trials on one tool that share a conversation (section 3.1 and 3.2 of the paper). The unit of work: a
 * function of its input that yields events and touches neither store nor engine, so that it can run anywhere.
 */
import type { ToolMemory } from '../memory/longTerm.ts';
import { remember } from '../memory/remember.ts';
import { ShortTermMemory } from '../memory/shortTerm.ts';
import type { Ports } from '../ports.ts';
import { deriveSeed } from '../random.ts';
import type { ExploreSettings } from '../settings.ts';
import { type PlayedCall, playedCalls } from '../simulate/simulation.ts';
import type { Tool } from '../tool.ts';
import type { Trial } from '../trial.ts';
import { callsFirst } from './callFirst.ts';
import type { ExploreEvent } from './events.ts';
import { nativeTools } from './nativeTools.ts';
import type { PromptSet } from './prompts.ts';
import { react } from './react.ts';
import { TrialTalk } from './talk.ts';
import { runTrial } from './trial.ts';
import type { TrialContext } from './trialContext.ts';

/** All that an episode depends on: with equal input and equal answers it yields equal trials. */
export interface EpisodeInput {
  runId: string;
  /** The seed of the run. */
  runSeed: number;
  tool: Tool;
  /** Offered beside the explored tool; already chosen. */
  siblings: readonly Tool[];
  /** Counts from 1. */
  episode: number;
  settings: ExploreSettings;
  prompts: PromptSet;
  /** Long-term memory before the first trial that is still to be run: `finished` is in it already. */
  memory: ToolMemory;
  /** Trials of this episode that are finished already, in order: the episode goes on after them. */
  finished: readonly Trial[];
  /**
   * The tools of the episode are played by the model, the explored one and its siblings. What was played before the first
   * trial that is still to be run, in order: that of `finished` is in it already. Absent when the tools are really called.
   */
  played?: readonly PlayedCall[];
  /** Asked before each trial: false ends the episode (the stop rule, or a stop that lets trials finish). */
  goOn?: (memory: ToolMemory) => boolean;
}

/**
 * Explores one episode. Yields what happens; each finished trial as one event `trial`.
 * Throws `ModelError` (fatal), `BudgetExhausted` and `Cancelled`; the trial under way is then lost and will be repeated,
 * the ones before it were yielded.
 */
export async function* exploreEpisode(input: EpisodeInput, ports: Ports): AsyncGenerator<ExploreEvent, void> {
  const { settings, tool } = input;
  const conversation = new ShortTermMemory(input.finished);
  let memory = input.memory;
  const played = input.played && [...input.played];
  if (input.finished.some(overflowed)) return;

  for (let number = input.finished.length + 1; number <= settings.trials; number++) {
    if (input.goOn && !input.goOn(memory)) return;
    const place = { runId: input.runId, tool: tool.id, episode: input.episode, trial: number };
    const seed = deriveSeed(input.runSeed, tool.id, input.episode, number);
    const context: TrialContext = {
      place,
      seed,
      tool,
      offered: offeredTools(input),
      opening: conversation.empty,
      memory,
      settings,
      prompts: input.prompts,
      protocol: settings.protocol === 'react' ? react : nativeTools,
      talk: new TrialTalk(conversation, settings, ports),
      world: played ? { said: [...played], asked: 0 } : null,
      ports,
    };
    const random = ports.random(deriveSeed(seed, 'callFirst?'));
    const trial = yield* runTrial(context, callsFirst(random, settings.callFirstShare));
    conversation.keep(trial.messages);
    memory = remember(memory, trial, tool).memory;
    played?.push(...playedCalls(trial));
    yield { type: 'trial', trial };
    if (overflowed(trial)) return;
  }
}

/** The conversation has grown past what the model takes: the next episode begins with an empty one. */
function overflowed(trial: Trial): boolean {
  return trial.error?.kind === 'too_long';
}

/** The explored tool among its siblings, in the order of their names: being first must not give it away. */
function offeredTools({ tool, siblings }: EpisodeInput): Tool[] {
  return [tool, ...siblings].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
