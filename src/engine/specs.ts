/** What the editor shows and changes in the specs themselves: what stands where, what trials say against it, edits of it. */
import type { EngineEvent, FileChange, ManifestChange } from '../protocol/engine.ts';
import type { SourceResult } from '../tools/boundTool.ts';
import { LearnedProblems } from './language/learnedProblems.ts';
import { specChange } from './language/specChange.ts';
import { SpecFiles } from './language/specFiles.ts';
import { ToolRenames } from './language/toolRenames.ts';
import { manifestChange } from './manifestChange.ts';
import type { StoreHolder } from './storeHolder.ts';
import type { Workspace } from './workspace.ts';

/** What it is made of; functions where it changes while the engine lives. */
export interface SpecsSources {
  stores(): StoreHolder;
  workspace: Workspace;
  trusted(): boolean;
  /** Whether what is kept of the workspace may be written. */
  mayWrite(): boolean;
  /** The unsaved text of a file, by its absolute path; null when what is on disk counts. */
  readText(absolutePath: string): string | null;
  /** A person is told. */
  notice(severity: 'info' | 'warning' | 'error', message: string, advice: string): void;
  log(line: string): void;
}

export class Specs {
  /** What stands where in which file. */
  readonly files: SpecFiles;
  /** Where trials contradict specs. */
  readonly problems: LearnedProblems;
  /** What was learned follows a tool that a person renames. */
  readonly renames: ToolRenames;
  readonly #sources: SpecsSources;
  readonly #problemListeners = new Set<() => void>();

  constructor(sources: SpecsSources) {
    this.#sources = sources;
    const { workspace, stores, mayWrite, notice, log } = sources;
    this.files = new SpecFiles(() => workspace.index);
    this.problems = new LearnedProblems({
      stores,
      index: () => workspace.index,
      files: this.files,
      folder: () => (sources.trusted() ? (workspace.folders[0] ?? null) : null),
      mayWrite,
      changed: () => {
        for (const listener of this.#problemListeners) listener();
      },
      notice: ({ severity, message, advice }) => notice(severity, message, advice),
      log,
    });
    this.renames = new ToolRenames({
      stores,
      specHash: (id) => workspace.index.definition(id)?.specHash ?? null,
      mayWrite,
      changed: () => workspace.countsChanged(),
      notice: (message, advice) => notice('warning', message, advice),
    });
  }

  /** All sources as they were read, with what runs their tools. */
  get read(): readonly SourceResult[] {
    return this.#sources.workspace.index.sources;
  }

  /** The sources of a folder before its manifests narrow anything: what they can name. */
  writtenIn(folder: string): SourceResult[] {
    return this.#sources.workspace.writtenIn(folder);
  }

  /** Paths of the workspace folders. */
  get folders(): readonly string[] {
    return this.#sources.workspace.folders;
  }

  /** Hears when `problems` has others; the result takes the listener off. */
  onProblems(listener: () => void): () => void {
    this.#problemListeners.add(listener);
    return () => this.#problemListeners.delete(listener);
  }

  /** The spec with the change that a learned problem proposes; null when the problem is gone, or the spec cannot say it. */
  async change(problem: string): Promise<FileChange | null> {
    const found = this.problems.find(problem);
    return found && specChange(found, this.#sources.readText);
  }

  /** What a command changes in the manifest of a folder; nothing is written. */
  manifestChange(folder: string, change: ManifestChange): Promise<FileChange> {
    const { folders, read: sources } = this;
    return manifestChange({ folders, sources, readText: this.#sources.readText }, folder, change);
  }

  /** Follows what happens in the engine. */
  follow(events: readonly EngineEvent[]): void {
    const isOther = events.some(({ type }) => type === 'catalogue');
    if (isOther) void this.renames.follow();
    const tried = events.flatMap((event) => (event.type === 'trial' ? [event.row.tool] : []));
    if (tried.length > 0) this.problems.touch(tried);
    else if (isOther) this.problems.look();
  }
}
