/** Globs of the editor's settings, over paths relative to the workspace folder. Those of manifests: `tools/glob.ts`. */
import picomatch from 'picomatch';
import { globMatcher, type Matches } from '../glob.ts';

export type { Matches } from '../glob.ts';

/** What the editor excludes as long as nobody says otherwise (`files.exclude`, `search.exclude`); what a terminal excludes. */
export const usualExcludes: readonly string[] = [
  '**/.git',
  '**/.svn',
  '**/.hg',
  '**/.DS_Store',
  '**/Thumbs.db',
  '**/node_modules',
  '**/bower_components',
  '**/*.code-search',
];

/**
 * Settings come with an untrusted workspace, and a regular expression with many wildcards can run for ever (six in one name of
 * 200 letters: 34 s). With more than this, in all or in one name, a glob is taken apart in linear time instead, which knows
 * no classes (`[a-z]`).
 */
const mostWildcards = 4;
const mostInName = 2;

/** Whether a path fits one of the globs. One that cannot be understood fits nothing. */
export function matcherOf(globs: readonly string[]): Matches {
  const all = globs.flatMap((glob) => compiled(glob) ?? []);
  return (path) => all.some((matches) => matches(path));
}

function compiled(glob: string): Matches | null {
  const trimmed = glob.replace(/^\.\//, '').replace(/\/+$/, '');
  if (trimmed === '') return null;
  const names = trimmed.split('/').map((name) => name.match(/\*+|\?/g)?.length ?? 0);
  const total = names.reduce((sum, count) => sum + count, 0);
  if (total > mostWildcards || names.some((count) => count > mostInName)) return globMatcher(trimmed);
  try {
    return picomatch(trimmed, { dot: true, nonegate: true, noextglob: true, strictSlashes: true });
  } catch {
    return null;
  }
}
