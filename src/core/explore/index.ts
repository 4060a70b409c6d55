/** The exploration stage (section 3.1 of the paper), as the engine uses it. */

export type { EpisodeInput } from './episode.ts';
export { exploreEpisode } from './episode.ts';
export {
  maxModelCallsPerTrial,
  maxPlayedPerTrial,
  maxPlayedTokensPerTrial,
  maxTokensPerTrial,
} from './estimate.ts';
export type { ExploreEvent } from './events.ts';
export type { PromptSet } from './prompts.ts';
export { loadPromptSet, ownPrompts, promptFiles } from './prompts.ts';
export { nearestSiblings } from './siblings.ts';
export { shouldStop } from './stopRule.ts';
