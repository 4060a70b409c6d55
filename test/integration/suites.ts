/** The suites: each folder here with a `suite.json` is one run of VS Code. */
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** `suite.json` */
export interface SuiteFile {
  /** Folder to copy and open, relative to the project; null for a window without a folder. */
  workspace: string | null;
  /** False leaves the window in Restricted Mode. */
  trusted: boolean;
  /** Settings of the person. */
  settings?: Record<string, unknown>;
  /** Folders of further extensions, relative to the project. */
  extensions?: string[];
  /** Time limit of the whole suite, seconds. */
  seconds: number;
}

export interface Suite extends SuiteFile {
  name: string;
  /** Paths of its `*.test.ts`. */
  files: string[];
}

/**
 * All suites, by name.
 *
 * @throws Error when there is none, one has no test files, or tests lie outside of a suite
 */
export function findSuites(folder: string): Suite[] {
  const files = globSync('**/*.test.ts', { cwd: folder }).sort();
  const suites = globSync('*/suite.json', { cwd: folder })
    .sort()
    .map((path): Suite => {
      const name = dirname(path);
      const suite: SuiteFile = JSON.parse(readFileSync(join(folder, path), 'utf8'));
      const own = files.filter((file) => dirname(file) === name).map((file) => join(folder, file));
      if (own.length === 0) throw new Error(`The suite ${name} has no *.test.ts.`);
      return { ...suite, name: basename(name), files: own };
    });
  if (suites.length === 0) throw new Error(`There is no suite in ${folder}.`);
  const known = new Set(suites.flatMap((suite) => suite.files));
  const stray = files.filter((file) => !known.has(join(folder, file)));
  if (stray.length > 0) throw new Error(`No suite.json beside ${stray.join(', ')}: nothing would run it.`);
  return suites;
}
