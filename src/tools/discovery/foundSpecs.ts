/** What is known of the files of one workspace folder that may be specs, and of its folders that cannot be listed. */
import { isDeepStrictEqual } from 'node:util';
import type { SourceResult } from '../boundTool.ts';
import { problemSource } from '../source.ts';
import type { KnownFile } from './specReader.ts';

const mostSources = 2_000;

export class FoundSpecs {
  readonly #folder: string;
  readonly #changed: () => void;
  /** Every file that may be a spec, whether it is one or not. */
  readonly #files = new Map<string, KnownFile>();
  readonly #closed = new Map<string, SourceResult>();
  #found = 0;
  #sources: SourceResult[] | null = null;

  /** @param changed is called when `sources` is another than before */
  constructor(folder: string, changed: () => void) {
    this.#folder = folder;
    this.#changed = changed;
  }

  /** By name; the very same list as long as nothing changes. */
  get sources(): SourceResult[] {
    this.#sources ??= [
      ...[...this.#files.values()].flatMap(({ source }) => source ?? []),
      ...this.#closed.values(),
      ...(this.isFull ? [tooMany(this.#folder)] : []),
    ].sort((a, b) => (a.path < b.path ? -1 : 1));
    return this.#sources;
  }

  get paths(): string[] {
    return [...this.#files.keys()];
  }

  get closedFolders(): string[] {
    return [...this.#closed.keys()];
  }

  /** With more sources than this nothing further is read. */
  get isFull(): boolean {
    return this.#found > mostSources;
  }

  get(path: string): KnownFile | undefined {
    return this.#files.get(path);
  }

  /** Files that take something from this one. */
  takersOf(path: string): string[] {
    const takers = [...this.#files].filter(([, { source }]) => source?.alsoReads?.includes(path));
    return takers.map(([taker]) => taker).filter((taker) => taker !== path);
  }

  /** Takes over what a file says now; null takes it away. Returns whether that is another than before. */
  put(path: string, now: KnownFile | null): boolean {
    const old = this.#files.get(path)?.source ?? null;
    const source = now?.source ?? null;
    const same = source === old || (source !== null && isDeepStrictEqual(source, old));
    if (now === null) this.#files.delete(path);
    else this.#files.set(path, { ...lasting(now), source: same ? old : source });
    if (same) return false;
    this.#found += (source === null ? 0 : 1) - (old === null ? 0 : 1);
    this.#hasChanged();
    return true;
  }

  /** Why a folder cannot be listed; null when it can, or is left out. One that is gone is nothing to worry about. */
  setClosed(folder: string, error: NodeJS.ErrnoException | null): void {
    const gone = folder !== '' && (error?.code === 'ENOENT' || error?.code === 'ENOTDIR');
    if (error === null || gone) {
      if (this.#closed.delete(folder)) this.#hasChanged();
      return;
    }
    const path = folder === '' ? '.' : folder;
    const message = `The folder cannot be read, so its tools are not known: ${error.message}.`;
    const source = problemSource(path, this.#folder, message, folder === '' ? 'error' : 'warning');
    if (isDeepStrictEqual(source, this.#closed.get(folder))) return;
    this.#closed.set(folder, source);
    this.#hasChanged();
  }

  #hasChanged(): void {
    this.#sources = null;
    this.#changed();
  }
}

/** What other files say may change without this one: it is read whenever it is looked at. */
function lasting(known: KnownFile): KnownFile {
  return known.source?.alsoReads?.length ? { ...known, stamp: null, hash: null } : known;
}

function tooMany(folder: string): SourceResult {
  const message = `Only the first ${mostSources} files with tools are read: leave some out with "exclude:" in imaginarium.yaml.`;
  return problemSource('.', folder, message, 'warning');
}
