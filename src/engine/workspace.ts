import { sep } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Budget } from '../core/run.ts';
import type { Catalogue, EditorTool } from '../protocol/engine.ts';
import type { ToolCounts } from '../store/index.ts';
import { applyBindings } from '../tools/bindings.ts';
import type { BoundTool, SourceResult } from '../tools/boundTool.ts';
import { discover } from '../tools/discover.ts';
import { KnownSources } from '../tools/knownSources.ts';
import { Debounced } from './catalogue/debounce.ts';
import { bindToEditor, editorSource, sourceOfEditor } from './catalogue/editorTools.ts';
import { folderPrefixes, withPrefix } from './catalogue/folderIds.ts';
import { expandServers } from './catalogue/mcpServers.ts';
import { sourceHead, ToolIndex } from './catalogue/toolIndex.ts';
import type { EngineOptions } from './ports.ts';

/** Edits that come closer together than this are read once, milliseconds. */
const debounce = 40;

/** The catalogue: all tools of the workspace folders, read from their sources. */
export class Workspace {
  readonly #options: Pick<EngineOptions, 'readText' | 'log' | 'settings'>;
  readonly #changed: () => void;
  readonly #refresh = new Debounced<string | null>(debounce, (paths) => this.#read(paths));
  #folders: string[];
  readonly #known = new Map<string, KnownSources>();
  #byFolder = new Map<string, SourceResult[]>();
  #editorTools: readonly EditorTool[] | null = null;
  #version = 0;
  /** Of the sources as they are now; made when it is asked for. */
  #index: ToolIndex | null = null;

  /** `options` are looked at whenever they are needed; `changed` is called when the catalogue is another than before. */
  constructor(
    options: Pick<EngineOptions, 'folders' | 'readText' | 'log' | 'settings'>,
    changed: () => void,
  ) {
    this.#folders = [...options.folders];
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
    const read = bindToEditor(expandServers(this.#byFolder.get(folder) ?? []), this.#editorTools);
    return applyBindings([...read, ...this.#ofEditor(folder)]);
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
    for (const folder of this.#byFolder.keys()) {
      if (folders.includes(folder)) continue;
      this.#byFolder.delete(folder);
      this.#known.delete(folder);
    }
    this.countsChanged();
    await this.load();
  }

  /** Reads all sources, without waiting for others to change. */
  load(): Promise<void> {
    return this.#read(new Set([null]));
  }

  /** Reads the sources again: of the folder that holds `changedPath` (absolute), or of all. */
  refresh(changedPath?: string): Promise<void> {
    return this.#refresh.call(changedPath ?? null);
  }

  async #read(paths: ReadonlySet<string | null>): Promise<void> {
    const folders = this.#folders.filter((folder) =>
      [...paths].some((path) => path === null || path === folder || path.startsWith(folder + sep)),
    );
    const changed = await Promise.all(folders.map((folder) => this.#readFolder(folder)));
    if (changed.includes(true)) this.countsChanged();
  }

  /** Whether it is another than before. A folder that cannot be read keeps what was known of it. */
  async #readFolder(folder: string): Promise<boolean> {
    const { readText, settings, log } = this.#options;
    try {
      const sources = await discover(folder, {
        ...(readText ? { readText } : {}),
        known: this.#knownOf(folder),
        ...(settings.toolTimeout === null ? {} : { timeoutMs: settings.toolTimeout }),
      });
      if (!this.#folders.includes(folder)) return false;
      const changed = !isDeepStrictEqual(sources, this.#byFolder.get(folder) ?? []);
      if (changed) this.#keep(folder, sources);
      return changed;
    } catch (error) {
      log(`The tools of ${folder} cannot be read: ${String(error)}`);
      return false;
    }
  }

  #knownOf(folder: string): KnownSources {
    const known = this.#known.get(folder) ?? new KnownSources();
    this.#known.set(folder, known);
    return known;
  }

  #keep(folder: string, sources: SourceResult[]): void {
    this.#byFolder.set(folder, sources);
    this.#index = null;
  }
}

function isEditor({ path, file }: SourceResult): boolean {
  return path === editorSource && file === null;
}
