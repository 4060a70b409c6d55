/**
 * What `.gitignore` files say, as git reads them: nested, with negation, `.git/info/exclude` first. Those above the workspace
 * folder do not count (the editor's search leaves them out, too), nor does a person's global one: both lie outside.
 */
import ignore, { type Ignore } from 'ignore';

/** Every path is held against every pattern: with more than this in a folder, somebody wants us to be busy. */
const mostPatterns = 2_000;

export class IgnoreFiles {
  /** Patterns by folder, relative to the workspace folder; '' is that itself. */
  readonly #patterns = new Map<string, string[]>();
  /** All that counts in a folder, its parents' rules first; made when it is asked for. */
  readonly #rules = new Map<string, Ignore>();

  /** Takes over the texts of a folder (`.git/info/exclude`, `.gitignore`), or that there are none. Tells a change. */
  set(folder: string, texts: readonly string[]): boolean {
    const patterns = texts.flatMap((text) => text.replace(/^\uFEFF/, '').split(/\r?\n/));
    const own = patterns.flatMap((line) => rebased(line, folder) ?? []).slice(0, mostPatterns);
    const before = this.#patterns.get(folder) ?? [];
    if (own.length === before.length && own.every((line, index) => line === before[index])) return false;
    if (own.length > 0) this.#patterns.set(folder, own);
    else this.#patterns.delete(folder);
    this.forget();
    return true;
  }

  /** Whether git ignores a file or folder, its parents included. */
  ignores(path: string, isFolder: boolean): boolean {
    if (this.#patterns.size === 0) return false;
    return this.#rulesOf(parentOf(path)).ignores(isFolder ? `${path}/` : path);
  }

  /** Takes away a folder and all below. */
  remove(folder: string): void {
    for (const path of this.#patterns.keys()) {
      if (path === folder || path.startsWith(`${folder}/`)) this.#patterns.delete(path);
    }
    this.forget();
  }

  /** Lets go of what was worked out: it remembers every path that was asked for. */
  forget(): void {
    this.#rules.clear();
  }

  #rulesOf(folder: string): Ignore {
    const known = this.#rules.get(folder);
    if (known) return known;
    const above = folder === '' ? null : this.#rulesOf(parentOf(folder));
    const own = this.#patterns.get(folder);
    const rules = own || !above ? newRules(above, own ?? []) : above;
    this.#rules.set(folder, rules);
    return rules;
  }
}

function newRules(above: Ignore | null, own: string[]): Ignore {
  const rules = ignore({ ignorecase: process.platform === 'win32' || process.platform === 'darwin' });
  return (above ? rules.add(above) : rules).add(own);
}

export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** A pattern of a nested file as one of the workspace folder; null for what is none. */
function rebased(line: string, folder: string): string | null {
  if (line.trim() === '' || line.startsWith('#')) return null;
  if (folder === '') return line;
  const not = line.startsWith('!') ? '!' : '';
  const body = line.slice(not.length);
  const place = folder.replace(/[\\*?[\]!# ]/g, '\\$&');
  // A slash before the end ties a pattern to the folder of its file.
  const tied = body.replace(/\/?\s*$/, '').includes('/');
  return `${not}/${place}/${tied ? body.replace(/^\//, '') : `**/${body}`}`;
}
