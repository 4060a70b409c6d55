/** What the manifests of a folder say about which other files are read. */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { SourceBindings } from '../boundTool.ts';
import { isGlob, type Matches, pathMatcher } from '../glob.ts';
import { isCandidate, isClosed } from './candidates.ts';
import { walk } from './walk.ts';

/** Folders that are looked into for one name that stands for several files. */
const mostFolders = 2_000;

interface Said {
  /** Files that are read even where they are ignored. */
  named: string[];
  /** Files that are not read. */
  excluded: string[];
}

const nothing: Said = { named: [], excluded: [] };

export class ManifestBindings {
  readonly #byManifest = new Map<string, Said>();
  #named: Matches = () => false;
  #excluded: Matches = () => false;

  /** Takes over what a manifest says now; absent when it is gone. Returns whether that is another than before. */
  set(manifest: string, bindings: SourceBindings | undefined): boolean {
    const said = bindings ? saidBy(bindings) : nothing;
    const before = this.#byManifest.get(manifest) ?? nothing;
    if (isDeepStrictEqual(said, before)) return false;
    if (said.named.length + said.excluded.length > 0) this.#byManifest.set(manifest, said);
    else this.#byManifest.delete(manifest);
    this.#named = anyOf(this.#globs());
    this.#excluded = anyOf([...this.#byManifest.values()].flatMap(({ excluded }) => excluded));
    return true;
  }

  /** Whether a manifest leaves this file out. */
  excludes(path: string): boolean {
    return this.#excluded(path);
  }

  /** Whether a manifest names this file, so that it is read even where it is ignored. */
  names(path: string): boolean {
    return this.#named(path) && !isClosed(path);
  }

  /** Files that manifests name, those that are ignored included; a name without wildcards whether it is there or not. */
  async namedFiles(root: string, signal?: AbortSignal): Promise<Set<string>> {
    const found = new Set<string>();
    for (const glob of new Set(this.#globs())) {
      signal?.throwIfAborted();
      const base = fixedPart(glob);
      if (isClosed(base) && base !== '') continue;
      if (base !== glob || (await isFolder(join(root, base)))) {
        for (const path of await filesLike(root, base, glob, signal)) found.add(path);
      } else found.add(base);
    }
    return found;
  }

  #globs(): string[] {
    return [...this.#byManifest.values()].flatMap(({ named }) => named);
  }
}

/** A server that a file names is a source of its own, `<file>#<server>`: it is the file that is read. */
function saidBy({ include, exclude }: SourceBindings): Said {
  const named = include.map(({ source }) => source.replace(/#.*$/, '').replace(/\/+$/, ''));
  return {
    named: named.filter((glob) => glob !== ''),
    // With the server left out, its file would be.
    excluded: exclude.map(({ glob }) => glob).filter((glob) => !glob.includes('#')),
  };
}

function anyOf(globs: readonly string[]): Matches {
  const all = globs.map(pathMatcher);
  return (path) => all.some((matches) => matches(path));
}

/** The part of a glob before its first wildcard: a folder, or all of it. */
function fixedPart(glob: string): string {
  const parts = glob.split('/');
  const first = parts.findIndex(isGlob);
  return first < 0 ? glob : parts.slice(0, first).join('/');
}

async function isFolder(path: string): Promise<boolean> {
  return lstat(path).then(
    (stat) => stat.isDirectory(),
    () => false,
  );
}

async function filesLike(
  root: string,
  base: string,
  glob: string,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const matches = pathMatcher(glob);
  const found: string[] = [];
  let folders = 0;
  const visitor = {
    ignoreTexts: () => undefined,
    enters: (path: string) => !isClosed(path) && folders++ < mostFolders,
    files: (_folder: string, paths: string[]) => {
      found.push(...paths.filter((path) => isCandidate(path) && matches(path)));
    },
    closed: () => undefined,
  };
  await walk(root, base, visitor, signal);
  return found;
}
