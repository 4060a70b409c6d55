/** Finds and reads the specs of one workspace folder, and follows what becomes of them. */
import { lstat, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import PQueue from 'p-queue';
import { defaultTimeoutMs, type SourceResult } from '../boundTool.ts';
import type { ReadDefaults, SpecFormat } from '../formats/format.ts';
import type { ReadingThread } from '../reading.ts';
import { depthOf, isCandidate, isIgnoreFile, isManifest } from './candidates.ts';
import { isInside, NotRead } from './fileText.ts';
import { FoundSpecs } from './foundSpecs.ts';
import { parentOf } from './ignoreFiles.ts';
import { LeftOut } from './leftOut.ts';
import { ManifestBindings } from './manifestBindings.ts';
import { type KnownFile, SpecReader } from './specReader.ts';
import { readIgnoreTexts, type Visitor, walk } from './walk.ts';

export interface FolderSearchOptions {
  /** What an editor holds unsaved of a file (absolute path); null for what is on disk. */
  readText?: (absolutePath: string) => string | null;
  thread: ReadingThread;
  /** Globs that the editor excludes in this folder; null or absent for what it usually does. */
  excludes?: readonly string[] | null;
  /** Sources were found, changed or taken away. */
  changed?: () => void;
  /** For tests: other formats, which are read in this thread. */
  formats?: readonly SpecFormat[];
}

/** Files that are looked at at a time. */
const lanes = 8;
const mostFolders = 50_000;
const mostOneByOne = 200;

const nothing: KnownFile = { source: null, stamp: null, hash: null };

export class FolderSearch {
  readonly folder: string;
  readonly #options: FolderSearchOptions;
  readonly #leftOut = new LeftOut();
  readonly #bindings = new ManifestBindings();
  readonly #found: FoundSpecs;
  /** Those of them that are ignored, and read because a manifest names them. */
  readonly #named = new Set<string>();
  /** Those of them that are not read because a manifest leaves them out. */
  readonly #unread = new Set<string>();
  /** Folders that were looked into; null as long as nothing was. */
  #folders: Set<string> | null = null;
  #defaults: ReadDefaults = { timeoutMs: defaultTimeoutMs };
  #reader: SpecReader | null = null;
  #realFolder = '';
  /** Another look at what manifests name and leave out is due. */
  #rebind = false;
  #turn: Promise<unknown> = Promise.resolve();

  /** @param folder absolute path */
  constructor(folder: string, options: FolderSearchOptions) {
    this.folder = folder;
    this.#options = options;
    this.#found = new FoundSpecs(folder, () => options.changed?.());
    this.#leftOut.setGlobs(options.excludes ?? null);
  }

  /** What is known now, by name; the very same list as long as nothing changes. */
  get sources(): SourceResult[] {
    return this.#found.sources;
  }

  /** Globs that the editor excludes from now on; null for what it usually does. Returns whether a search is due. */
  setExcludes(globs: readonly string[] | null): boolean {
    return this.#leftOut.setGlobs(globs);
  }

  /**
   * Searches the whole folder: manifests and what lies at the top first. What cannot be read is a problem of its source,
   * never an error. Rejects when the signal is aborted.
   */
  search(defaults: ReadDefaults, signal?: AbortSignal): Promise<void> {
    this.#defaults = defaults;
    return this.#alone(() => this.#walk('', signal));
  }

  /**
   * Looks again at these files and folders (relative paths), which have changed, have come or are gone.
   */
  refresh(paths: Iterable<string>, signal?: AbortSignal): Promise<void> {
    return this.#alone(async () => {
      if (this.#folders === null) return;
      const changed = [...paths];
      // A branch was changed, or the like: to look through all at once takes less than one after another.
      const many = changed.length > mostOneByOne;
      if (many) await this.#walk('', signal);
      for (const path of many ? changed.filter((one) => this.#named.has(one)) : changed) {
        signal?.throwIfAborted();
        await this.#refresh(path, signal);
        for (const taker of this.#found.takersOf(path)) await this.#read(taker);
      }
      await this.#bind(signal);
    });
  }

  /** One at a time. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #refresh(path: string, signal: AbortSignal | undefined): Promise<void> {
    if (path === '') return this.#walk('', signal);
    if (isIgnoreFile(path)) return this.#ignoreFileChanged(path, signal);
    const entered = this.#isEntered(parentOf(path));
    if (!entered && !this.#bindings.names(path)) return;
    const kind = await this.#kindOf(path);
    if (kind === 'gone') return this.#remove(path);
    if (kind === 'folder') {
      // What was a file before.
      this.#put(path, null);
      if (this.#isEntered(path)) await this.#walk(this.#firstUnknown(path), signal);
      return;
    }
    if (this.#folders?.has(path)) this.#remove(path);
    if (!isCandidate(path) && !this.#bindings.names(path)) return;
    if (!entered || this.#leftOut.file(path)) return this.#readNamed(path);
    const from = this.#firstUnknown(parentOf(path));
    if (!this.#folders?.has(from)) {
      // A link to a folder is not followed.
      return (await this.#kindOf(from)) === 'folder' ? this.#walk(from, signal) : this.#readNamed(path);
    }
    this.#named.delete(path);
    await this.#read(path);
  }

  async #kindOf(path: string): Promise<'gone' | 'folder' | 'file'> {
    try {
      return (await lstat(join(this.folder, path))).isDirectory() ? 'folder' : 'file';
    } catch {
      return 'gone';
    }
  }

  async #ignoreFileChanged(path: string, signal: AbortSignal | undefined): Promise<void> {
    const folder = parentOf(path.replace(/\.git\/info\/exclude$/, 'x'));
    if (!this.#folders?.has(folder)) return;
    const texts = await readIgnoreTexts(this.folder, folder);
    if (this.#leftOut.ignoreTexts(folder, texts)) await this.#walk(folder, signal);
  }

  /** Whether a folder and all above it are looked into. */
  #isEntered(path: string): boolean {
    if (path === '' || this.#folders?.has(path)) return true;
    return this.#isEntered(parentOf(path)) && !this.#leftOut.folder(path);
  }

  /** The topmost folder on the way to this one that was not looked into yet; the folder itself when all were. */
  #firstUnknown(path: string): string {
    const names = path.split('/');
    for (let length = 1; length < names.length; length++) {
      const above = names.slice(0, length).join('/');
      if (!this.#folders?.has(above)) return above;
    }
    return path;
  }

  /** Looks through a folder and all below it. */
  async #walk(from: string, signal: AbortSignal | undefined): Promise<void> {
    await this.#openReader();
    const queue = new PQueue({ concurrency: lanes });
    const seen = new Set<string>();
    const folders = new Set<string>();
    const faults: unknown[] = [];
    const read = (path: string): void => {
      queue
        .add(() => this.#read(path), { priority: urgencyOf(path) })
        .catch((error: unknown) => faults.push(error));
    };
    const visitor: Visitor = {
      ignoreTexts: (folder, texts) => {
        folders.add(folder);
        this.#found.setClosed(folder, null);
        this.#leftOut.ignoreTexts(folder, texts);
      },
      enters: (path) => folders.size < mostFolders && !this.#leftOut.folder(path),
      files: async (folder, paths) => {
        const candidates = paths.filter((path) => isCandidate(path) && !this.#leftOut.file(path));
        for (const path of candidates) seen.add(path);
        // They say what else is read.
        const first = folder === '' ? candidates.filter(isManifest) : [];
        await Promise.all(first.map((path) => this.#read(path)));
        for (const path of candidates) if (!first.includes(path)) read(path);
      },
      closed: (folder, error) => this.#found.setClosed(folder, error),
    };
    try {
      await walk(this.folder, from, visitor, signal);
      await queue.onIdle();
      signal?.throwIfAborted();
    } finally {
      queue.clear();
    }
    this.#forgetUnseen(from, seen, folders);
    this.#leftOut.forget();
    this.#rebind ||= from === '';
    await this.#bind(signal);
    if (faults.length > 0) throw faults[0];
  }

  #forgetUnseen(from: string, seen: ReadonlySet<string>, folders: ReadonlySet<string>): void {
    const within = (path: string): boolean => from === '' || path === from || path.startsWith(`${from}/`);
    for (const path of this.#found.paths) {
      if (seen.has(path)) this.#named.delete(path);
      else if (within(path) && !this.#named.has(path)) this.#put(path, null);
    }
    for (const path of this.#found.closedFolders) {
      if (within(path) && !this.#isReachable(path, folders)) this.#found.setClosed(path, null);
    }
    const others = [...(this.#folders ?? [])].filter((path) => !within(path));
    this.#folders = new Set([...others, ...folders]);
  }

  /** A folder that could not be listed is still there when the one above it is. */
  #isReachable(path: string, folders: ReadonlySet<string>): boolean {
    return path === '' || (folders.has(parentOf(path)) && !this.#leftOut.folder(path));
  }

  #remove(path: string): void {
    this.#put(path, null);
    const closed = this.#found.closedFolders;
    if (!this.#folders?.has(path) && !closed.includes(path)) return;
    const below = `${path}/`;
    for (const one of this.#found.paths) if (one.startsWith(below)) this.#put(one, null);
    for (const one of closed) {
      if (one === path || one.startsWith(below)) this.#found.setClosed(one, null);
    }
    for (const one of this.#folders ?? []) {
      if (one === path || one.startsWith(below)) this.#folders?.delete(one);
    }
    this.#leftOut.remove(path);
  }

  async #read(path: string): Promise<void> {
    if (this.#bindings.excludes(path) && !isManifest(path)) {
      this.#put(path, nothing);
      this.#unread.add(path);
      return;
    }
    this.#unread.delete(path);
    if (this.#found.isFull && !this.#found.get(path)?.source) return this.#put(path, nothing);
    try {
      const reader = await this.#openReader();
      this.#put(path, await reader.read(path, this.#found.get(path), this.#defaults));
    } catch (error) {
      if (!(error instanceof NotRead)) throw error;
      this.#put(path, null);
    }
  }

  /** Reads a file that is ignored, if a manifest names it. */
  async #readNamed(path: string): Promise<void> {
    if (!this.#bindings.names(path) || !(await this.#isWithin(path))) {
      this.#named.delete(path);
      return this.#put(path, null);
    }
    this.#named.add(path);
    await this.#read(path);
  }

  async #isWithin(path: string): Promise<boolean> {
    try {
      return isInside(await realpath(join(this.folder, path)), this.#realFolder);
    } catch {
      return false;
    }
  }

  /** Goes by what the manifests say now, where that is another than before. */
  async #bind(signal: AbortSignal | undefined): Promise<void> {
    // A file that is named may be a manifest, which names others; each round reads at least one that was not read before.
    for (let round = 0; this.#rebind && round < 5; round++) {
      this.#rebind = false;
      const named = await this.#bindings.namedFiles(this.folder, signal);
      for (const path of [...this.#named]) if (!named.has(path)) await this.#readNamed(path);
      for (const path of this.#found.paths) {
        const out = this.#bindings.excludes(path) && !isManifest(path);
        if (out !== this.#unread.has(path)) await this.#read(path);
      }
      for (const path of named) if (!this.#found.get(path)) await this.#readNamed(path);
    }
  }

  async #openReader(): Promise<SpecReader> {
    if (this.#reader) return this.#reader;
    const { readText = () => null, thread, formats } = this.#options;
    this.#realFolder = await realpath(this.folder).catch(() => this.folder);
    this.#reader = new SpecReader({
      folder: this.folder,
      realFolder: this.#realFolder,
      readText,
      thread,
      ...(formats ? { formats } : {}),
    });
    return this.#reader;
  }

  /** Null takes a file away. */
  #put(path: string, now: KnownFile | null): void {
    if (now === null) {
      this.#named.delete(path);
      this.#unread.delete(path);
    }
    // What manifests say comes first: who hears of the change asks for it.
    if (this.#bindings.set(path, now?.source?.bindings)) this.#rebind = true;
    this.#found.put(path, now);
  }
}

/** What is looked at first: manifests, then what lies at the top or in a folder for settings, then level by level. */
function urgencyOf(path: string): number {
  if (isManifest(path)) return 100;
  return 50 - depthOf(path) + (path.startsWith('.') ? 1 : 0);
}
