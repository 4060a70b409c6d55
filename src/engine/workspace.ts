import { relative, sep } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Budget } from '../core/run.ts';
import type { Catalogue, EditorTool, FolderExcludes } from '../protocol/engine.ts';
import type { ToolCounts } from '../store/index.ts';
import { applyBindings } from '../tools/bindings.ts';
import { type BoundTool, defaultTimeoutMs, type SourceResult } from '../tools/boundTool.ts';
import { FolderSearch } from '../tools/discovery/folderSearch.ts';
import { ReadingThread } from '../tools/reading.ts';
import { Debounced } from './catalogue/debounce.ts';
import { bindToEditor, editorSource, sourceOfEditor } from './catalogue/editorTools.ts';
import { folderPrefixes, withPrefix } from './catalogue/folderIds.ts';
import { Pausing } from './catalogue/pausing.ts';
import { sourceHead, ToolIndex } from './catalogue/toolIndex.ts';
import type { EngineOptions } from './ports.ts';
import { Throttled } from './throttled.ts';

/** Edits that come closer together than this are read once, milliseconds. */
const debounce = 40;
/** Edits of a text longer than this (characters) are read when they pause for so long (milliseconds). */
const longText = 200_000;
const longPause = 600;
/** What a search finds is told of at this pace, milliseconds. */
const searchPace = 250;
/** A search that ends so soon after its first tools is waited for, milliseconds: most do. */
const shownAfter = 30;

/** The catalogue: all tools of the workspace folders, read from their sources. */
export class Workspace {
  readonly #options: Pick<EngineOptions, 'readText' | 'log' | 'settings'>;
  readonly #expand: (folder: string, sources: readonly SourceResult[]) => SourceResult[];
  readonly #changed: () => void;
  readonly #refresh = new Debounced<string | null>(debounce, (paths) => this.#read(paths));
  #folders: string[];
  readonly #thread = new ReadingThread();
  readonly #searches = new Map<string, FolderSearch>();
  readonly #longTexts = new Pausing<string>(longPause, (path) => this.#refresh.call(path));
  /** Tells of what a search has found so far. */
  readonly #pace = new Throttled(searchPace, () => this.#publish());
  #excludes: FolderExcludes;
  /** Sources are others than listeners were told. */
  #unpublished = false;
  /** Searches of all folders that are on. */
  #loading = 0;
  #loaded: Promise<void> = Promise.resolve();
  /** Resolves with what is told of next. */
  #progress = Promise.withResolvers<void>();
  #editorTools: readonly EditorTool[] | null = null;
  #version = 0;
  /** Of the sources as they are now; made when it is asked for. */
  #index: ToolIndex | null = null;

  /**
   * `options` are looked at whenever they are needed; `expand` makes sources of the servers that the sources of a folder
   * name; `changed` is called when the catalogue is another than before.
   */
  constructor(
    options: Pick<EngineOptions, 'folders' | 'readText' | 'log' | 'settings' | 'excludes'>,
    expand: (folder: string, sources: readonly SourceResult[]) => SourceResult[],
    changed: () => void,
  ) {
    this.#expand = expand;
    this.#folders = [...options.folders];
    this.#excludes = options.excludes ?? {};
    this.#options = options;
    this.#changed = changed;
  }

  get folders(): readonly string[] {
    return this.#folders;
  }

  /** Rises with every change of a tool, a problem or a count. */
  get version(): number {
    return this.#version;
  }

  get index(): ToolIndex {
    if (this.#index === null) {
      const prefixes = folderPrefixes(this.#folders);
      const sources = this.#folders.flatMap((folder, index) =>
        withPrefix(this.#sourcesOf(folder), prefixes[index] ?? ''),
      );
      // What the editor has stands behind what the workspace has.
      const [ofEditor, others] = [sources.filter(isEditor), sources.filter((one) => !isEditor(one))];
      this.#index = new ToolIndex([...others, ...ofEditor]);
    }
    return this.#index;
  }

  /** What was read in a folder, with the tools of its servers, as its manifests have it. */
  #sourcesOf(folder: string): SourceResult[] {
    return applyBindings(this.writtenIn(folder), { complete: !this.searching });
  }

  /** The same before its manifests narrow anything: what they can name. */
  writtenIn(folder: string): SourceResult[] {
    const found = this.#searches.get(folder)?.sources ?? [];
    const read = bindToEditor(this.#expand(folder, found), this.#editorTools);
    return [...read, ...this.#ofEditor(folder)];
  }

  /** The editor's own tools, in the first folder: its manifests may say something about them. */
  #ofEditor(folder: string): SourceResult[] {
    if (folder !== this.#folders[0] || this.#editorTools === null) return [];
    const source = sourceOfEditor(this.#editorTools, folder, this.#options.settings.toolTimeout);
    return source ? [source] : [];
  }

  get tools(): BoundTool[] {
    return this.index.tools;
  }

  /** Limits that the sources of these tools set for runs on them. */
  budgetsFor(ids: ReadonlySet<string>): Partial<Budget>[] {
    return this.index.sources
      .filter((source) => source.tools.some(({ tool }) => ids.has(tool.id)))
      .map((source) => source.budget);
  }

  /** The catalogue as it is shown, with what was learned of each tool. */
  view(counts: ReadonlyMap<string, ToolCounts>): Catalogue {
    const { index } = this;
    return {
      version: this.#version,
      sources: index.sources.map((source) => ({
        ...sourceHead(source),
        tools: index.shownTools(source, counts),
      })),
    };
  }

  /** Servers told other tools. */
  serversChanged(): void {
    this.#index = null;
    this.countsChanged();
  }

  /** Something was learned: the counts are others. */
  countsChanged(): void {
    this.#version += 1;
    this.#changed();
  }

  /** What the editor says that it has; null when it was not asked. */
  setEditorTools(tools: readonly EditorTool[] | null): void {
    if (isDeepStrictEqual(tools, this.#editorTools)) return;
    this.#editorTools = tools;
    this.#index = null;
    this.countsChanged();
  }

  async setFolders(folders: readonly string[]): Promise<void> {
    this.#folders = [...folders];
    this.#index = null;
    for (const folder of this.#searches.keys()) if (!folders.includes(folder)) this.#searches.delete(folder);
    this.countsChanged();
    await this.load();
  }

  /** Globs that the editor excludes, by folder; a folder that is missing has the usual ones. */
  async setExcludes(excludes: FolderExcludes): Promise<void> {
    this.#excludes = excludes;
    const due = [...this.#searches].filter(([folder, search]) =>
      search.setExcludes(excludes[folder] ?? null),
    );
    await Promise.all(due.map(([folder]) => this.refresh(folder)));
  }

  /** Whether the search for sources is on: what is known is not all yet. */
  get searching(): boolean {
    return this.#loading > 0;
  }

  /** Resolves when no search is on, or when there are tools to show. */
  async shown(): Promise<void> {
    while (this.searching && this.index.sources.every(({ tools }) => tools.length === 0))
      await this.#progress.promise;
    if (this.searching) await Promise.race([this.#loaded, wait(shownAfter)]);
  }

  /** Resolves when no search is on. */
  async complete(): Promise<void> {
    while (this.searching) await this.#loaded;
  }

  /** Reads all sources, without waiting for others to change; those that are found are told of as they come. */
  load(): Promise<void> {
    this.#loading += 1;
    this.#loaded = this.#read(new Set([null])).finally(() => {
      this.#loading -= 1;
      if (this.#loading > 0) return;
      // Only now it can be said that a manifest names what is not there.
      this.#index = null;
      // Whoever shows that a search is on hears that it has ended.
      this.#pace.dispose();
      this.#publish();
    });
    return this.#loaded;
  }

  /**
   * Reads what has changed again: a file, or a folder and what is in it (absolute path); all, without one. A long text that
   * is edited is read once the edits pause.
   */
  refresh(changedPath?: string): Promise<void> {
    const length = changedPath === undefined ? 0 : (this.#options.readText?.(changedPath)?.length ?? 0);
    if (changedPath === undefined || length < longText) return this.#refresh.call(changedPath ?? null);
    return this.#longTexts.call(changedPath);
  }

  async dispose(): Promise<void> {
    this.#pace.dispose();
    this.#longTexts.dispose();
    await this.#thread.dispose();
  }

  async #read(paths: ReadonlySet<string | null>): Promise<void> {
    await Promise.all(this.#folders.map((folder) => this.#readFolder(folder, paths)));
  }

  /** A folder that cannot be read keeps what was known of it. */
  async #readFolder(folder: string, paths: ReadonlySet<string | null>): Promise<void> {
    const { settings, log } = this.#options;
    const within = [...paths].filter(
      (path) => path === null || path === folder || path.startsWith(folder + sep),
    );
    if (within.length === 0) return;
    const all = within.some((path) => path === null || path === folder);
    const search = this.#searchOf(folder);
    try {
      if (all) await search.search({ timeoutMs: settings.toolTimeout ?? defaultTimeoutMs });
      else await search.refresh(within.map((path) => relative(folder, path ?? folder).replaceAll(sep, '/')));
    } catch (error) {
      log(`The tools of ${folder} cannot be read: ${String(error)}`);
    }
    if (this.#searches.get(folder) === search && this.#unpublished) {
      this.#pace.dispose();
      this.#publish();
    }
  }

  #searchOf(folder: string): FolderSearch {
    const known = this.#searches.get(folder);
    if (known) return known;
    const search = new FolderSearch(folder, {
      readText: (path) => this.#options.readText?.(path) ?? null,
      thread: this.#thread,
      excludes: this.#excludes[folder] ?? null,
      changed: () => {
        if (this.#searches.get(folder) !== search) return;
        this.#unpublished = true;
        this.#index = null;
        // An edit is told of when it was read; a search as it goes on.
        if (this.searching) this.#pace.call();
      },
    });
    this.#searches.set(folder, search);
    return search;
  }

  #publish(): void {
    this.#unpublished = false;
    this.countsChanged();
    this.#progress.resolve();
    this.#progress = Promise.withResolvers();
  }
}

function isEditor({ path, file }: SourceResult): boolean {
  return path === editorSource && file === null;
}
