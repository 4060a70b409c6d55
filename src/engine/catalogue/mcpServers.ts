import type { SourceResult } from '../../tools/boundTool.ts';

/** Each server that a configuration file names as a source of its own, with the tools that it told. */
export function expandServers(sources: readonly SourceResult[]): SourceResult[] {
  return [...sources];
}
