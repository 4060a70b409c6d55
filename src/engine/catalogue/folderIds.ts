import { basename } from 'node:path';
import type { SourceResult } from '../../tools/boundTool.ts';

/**
 * A name for each workspace folder that keeps the ids of its tools apart from those of the other folders. The first
 * folder, where everything is kept, has none: its ids are as its sources say.
 */
export function folderPrefixes(folders: readonly string[]): string[] {
  const taken = new Map<string, number>();
  return folders.map((folder, index) => {
    if (index === 0) return '';
    const name = basename(folder);
    const times = (taken.get(name) ?? 0) + 1;
    taken.set(name, times);
    return times === 1 ? `${name}/` : `${name}~${times}/`;
  });
}

/** The sources of one folder, the ids of their tools prefixed. */
export function withPrefix(sources: readonly SourceResult[], prefix: string): SourceResult[] {
  if (prefix === '') return [...sources];
  return sources.map((source) => ({
    ...source,
    problems: source.problems.map((problem) =>
      problem.tool === undefined ? problem : { ...problem, tool: `${prefix}${problem.tool}` },
    ),
    tools: source.tools.map((bound) => ({
      ...bound,
      tool: { ...bound.tool, id: `${prefix}${bound.tool.id}` },
    })),
  }));
}
