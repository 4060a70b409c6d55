/** What of a workspace folder is not looked at: what the editor excludes, what git ignores, what is never looked into. */
import { isEntered, isRootManifest } from './candidates.ts';
import { type Matches, matcherOf, usualExcludes } from './globs.ts';
import { IgnoreFiles } from './ignoreFiles.ts';

export class LeftOut {
  readonly #git = new IgnoreFiles();
  #globs: readonly string[] = [];
  #excluded: Matches = () => false;

  /** Null for what the editor usually excludes. Returns whether these are others than before. */
  setGlobs(globs: readonly string[] | null): boolean {
    const now = globs ?? usualExcludes;
    if (now.length === this.#globs.length && now.every((glob, index) => glob === this.#globs[index]))
      return false;
    this.#globs = [...now];
    this.#excluded = matcherOf(now);
    return true;
  }

  /** Takes over the ignore files of a folder. Returns whether they say something else than before. */
  ignoreTexts(folder: string, texts: readonly string[]): boolean {
    return this.#git.set(folder, texts);
  }

  /** Of a folder whose parents are looked into. */
  folder(path: string): boolean {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return !isEntered(name) || this.#excluded(path) || this.#git.ignores(path, true);
  }

  /** Of a file in a folder that is looked into. The manifest of the folder itself never is: nothing else could name it. */
  file(path: string): boolean {
    if (isRootManifest(path)) return false;
    return this.#excluded(path) || this.#git.ignores(path, false);
  }

  /** A folder is gone. */
  remove(folder: string): void {
    this.#git.remove(folder);
  }

  /** Lets go of what was only needed while many paths were looked at. */
  forget(): void {
    this.#git.forget();
  }
}
