import type { ToolMemory } from '../memory/longTerm.ts';
import type { ExploreSettings } from '../settings.ts';

/**
 * Whether a tool is done: the last `stopPatience` trials of this run taught nothing new (no lesson, no fix, no coverage
 * cell). Trials of earlier runs do not count: whoever starts a run wants to see it try.
 */
export function shouldStop(
  memory: ToolMemory,
  settings: Pick<ExploreSettings, 'stopRule' | 'stopPatience'>,
  runId: string,
): boolean {
  if (!settings.stopRule || memory.newest?.runId !== runId) return false;
  return memory.newest.quiet >= settings.stopPatience;
}
