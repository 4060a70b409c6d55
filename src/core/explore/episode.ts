import type { ToolMemory } from '../memory/longTerm.ts';
import type { Ports } from '../ports.ts';
import type { ExploreSettings } from '../settings.ts';
import type { Tool } from '../tool.ts';
import type { Trial } from '../trial.ts';
import type { ExploreEvent } from './events.ts';
import type { PromptSet } from './prompts.ts';

/** All that an episode depends on: with equal input and equal answers it yields equal trials. */
export interface EpisodeInput {
  runId: string;
  /** The seed of the run. */
  runSeed: number;
  tool: Tool;
  /** Offered beside the explored tool; already chosen. */
  siblings: Tool[];
  /** Counts from 1. */
  episode: number;
  settings: ExploreSettings;
  prompts: PromptSet;
  /** Long-term memory as it stands before this episode. */
  memory: ToolMemory;
  /** Trials of this episode that are finished already, in order: the episode goes on after them. */
  finished: Trial[];
  /** Asked before each trial: false ends the episode (stop rule, or a stop that lets trials finish). */
  goOn?: (memory: ToolMemory) => boolean;
}
declare const unfinished: (input: EpisodeInput, ports: Ports) => AsyncGenerator<ExploreEvent, void, void>;
export const exploreEpisode = unfinished;
