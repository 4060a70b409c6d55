import type { SpecProblem } from '../../core/tool.ts';
import type { SourceResult } from '../boundTool.ts';
import { pathMatcher } from '../glob.ts';

export interface Exclusion {
  excluded: ReadonlySet<SourceResult>;
  /** Whether a manifest that is heard excludes a source of this name: it need not have been read. */
  excludes: (name: string) => boolean;
  problems: SpecProblem[];
}

/**
 * The sources that the manifests exclude; `manifests` stand from the weakest to the strongest. A manifest that a stronger
 * one excludes says nothing any more; a stronger one, or itself, a manifest cannot exclude.
 */
export function excludedSources(
  sources: readonly SourceResult[],
  manifests: readonly SourceResult[],
): Exclusion {
  const excluded = new Set<SourceResult>();
  const problems: SpecProblem[] = [];
  const heard = new Set<SourceResult>();
  for (const manifest of manifests.toReversed()) {
    if (excluded.has(manifest)) continue;
    heard.add(manifest);
    for (const { glob, at } of manifest.bindings?.exclude ?? []) {
      const named = pathMatcher(glob);
      for (const source of sources) {
        if (!named(source.path) && !(typeof source.file === 'string' && named(source.file))) continue;
        if (!heard.has(source)) excluded.add(source);
        // A pattern that is about everything below means the others.
        else if (glob === source.path)
          problems.push({ ...at, severity: 'warning', message: kept(manifest, source) });
      }
    }
  }
  const globs = [...heard]
    .flatMap(({ bindings }) => bindings?.exclude ?? [])
    .map(({ glob }) => pathMatcher(glob));
  return { excluded, excludes: (name) => globs.some((named) => named(name)), problems };
}

function kept(manifest: SourceResult, source: SourceResult): string {
  return source === manifest
    ? 'A manifest cannot exclude itself: what stands here would not be read.'
    : `"${source.path}" counts more than this manifest, which cannot exclude it.`;
}
