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

/** Settings come with an untrusted workspace: with more wildcards than this a regular expression could run for ever. */
const mostWildcards = 6;

/** Whether a path fits one of the globs. One that cannot be understood fits nothing. */
export function matcherOf(globs: readonly string[]): Matches {
  const all = globs.flatMap((glob) => compiled(glob) ?? []);
  return (path) => all.some((matches) => matches(path));
}

function compiled(glob: string): Matches | null {
  const trimmed = glob.replace(/^\.\//, '').replace(/\/+$/, '');
  if (trimmed === '') return null;
  if ((trimmed.match(/\*+|\?/g)?.length ?? 0) > mostWildcards) return globMatcher(trimmed);
  try {
    return picomatch(trimmed, { dot: true, nonegate: true, noextglob: true, strictSlashes: true });
  } catch {
    return null;
  }
}
