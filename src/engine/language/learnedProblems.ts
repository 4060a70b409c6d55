/** Where trials contradict the specs of the workspace: looked for when something was learned, and never in anybody's way. */

import type { Contradiction } from '../../core/contradictions/index.ts';
import { UserError } from '../../core/errors.ts';
import { DismissedProblems, type StoreNotice } from '../../store/index.ts';
import type { BoundTool, SourceResult } from '../../tools/boundTool.ts';
import type { ToolIndex } from '../catalogue/toolIndex.ts';
import type { StoreHolder } from '../storeHolder.ts';
import { Throttled } from '../throttled.ts';
import type { SpecFiles } from './specFiles.ts';

/** How often, milliseconds, it is looked for them at most. */
const pace = 1000;
/** Tools that are asked about at a time, so that others can ask between. */
const toolsAtOnce = 20;
/** A tool with fewer failed calls cannot have any. */
const leastFailures = 3;

/** A contradiction with the tool it is about. */
export interface LearnedProblem extends Contradiction {
  bound: BoundTool;
  source: SourceResult;
}

/** What it is made of; functions, since all of it changes while the engine lives. */
export interface LearnedProblemSources {
  stores(): StoreHolder;
  index(): ToolIndex;
  files: SpecFiles;
  /** The folder in which everything is kept; null when there is none, or it is not trusted. */
  folder(): string | null;
  mayWrite(): boolean;
  /** They are others now. */
  changed(): void;
  notice(notice: StoreNotice): void;
  log(line: string): void;
}

/** What was found of a tool, and from what. */
interface Found {
  specHash: string;
  trials: number;
  failures: number;
  problems: Contradiction[];
}

export class LearnedProblems {
  readonly #sources: LearnedProblemSources;
  readonly #look: Throttled;
  readonly #found = new Map<string, Found>();
  /** Tools that trials were made of since the start. */
  readonly #touched = new Set<string>();
  /** Absolute paths of the documents that are open. */
  #open: () => readonly string[] = () => [];
  #dismissed: { folder: string; file: DismissedProblems; ids: ReadonlySet<string> } | null = null;
  #looking: Promise<void> = Promise.resolve();

  constructor(sources: LearnedProblemSources) {
    this.#sources = sources;
    this.#look = new Throttled(pace, () => {
      this.#looking = this.#looking.then(() => this.#lookNow());
    });
  }

  /** Tells which documents are open: their tools are looked at, too. */
  followOpen(open: () => readonly string[]): void {
    this.#open = open;
  }

  /** Trials of these tools have ended. */
  touch(tools: Iterable<string>): void {
    for (const tool of tools) this.#touched.add(tool);
    this.look();
  }

  /** Something may be otherwise than before: a spec, a trial, a document that was opened. */
  look(): void {
    this.#look.call();
  }

  /** The file of what was dismissed may be another, or the folder that it lies in. */
  forgetDismissed(): void {
    this.#dismissed = null;
    this.look();
  }

  /** Those of tools that are in the catalogue as they were tried, without what was dismissed; by tool as specs have them. */
  list(): LearnedProblem[] {
    const ids = this.#dismissed?.ids;
    if (ids === undefined || this.#found.size === 0) return [];
    return this.#sources.index().sources.flatMap((source) =>
      source.tools.flatMap((bound) => {
        const found = this.#found.get(bound.tool.id);
        if (found === undefined || found.specHash !== bound.tool.specHash) return [];
        return found.problems
          .filter(({ id }) => !ids.has(id))
          .map((problem) => ({ ...problem, bound, source }));
      }),
    );
  }

  find(id: string): LearnedProblem | null {
    return this.list().find((one) => one.id === id) ?? null;
  }

  /** Not shown again, whatever is learned. False when there is none of this id. Rejects with `UserError`. */
  async dismiss(id: string): Promise<boolean> {
    const problem = this.find(id);
    const dismissed = this.#dismissed;
    if (problem === null || dismissed === null) return false;
    if (!this.#sources.mayWrite())
      throw new UserError(
        'Nothing is changed in a workspace that is not trusted.',
        'Trust the workspace to dismiss problems in it.',
      );
    await dismissed.file.add(problem);
    this.#dismissed = { ...dismissed, ids: new Set([...dismissed.ids, id]) };
    this.#sources.changed();
    return true;
  }

  dispose(): Promise<void> {
    this.#look.dispose();
    return this.#looking;
  }

  async #lookNow(): Promise<void> {
    try {
      const before = this.#shown();
      await this.#readDismissed();
      const tools = this.#dismissed === null ? [] : this.#outdated();
      for (let from = 0; from < tools.length; from += toolsAtOnce) {
        await this.#ask(tools.slice(from, from + toolsAtOnce));
      }
      if (this.#shown() !== before) this.#sources.changed();
    } catch (error) {
      // Asked again when the next trial has ended; nothing that a person does waits for it.
      this.#sources.log(`Problems that trials have shown are not known: ${String(error)}`);
    }
  }

  #shown(): string {
    return this.list()
      .map(({ id, message }) => `${id} ${message}`)
      .join('\n');
  }

  async #readDismissed(): Promise<void> {
    const folder = this.#sources.folder();
    if (folder === null) {
      this.#dismissed = null;
      this.#found.clear();
      return;
    }
    if (this.#dismissed?.folder === folder) return;
    if (this.#dismissed !== null) this.#found.clear();
    const file = new DismissedProblems(folder, (notice) => this.#sources.notice(notice));
    this.#dismissed = { folder, file, ids: await file.read() };
  }

  /** Tools of open documents, and tools that were tried, of which something else is known by now. */
  #outdated(): BoundTool['tool'][] {
    const index = this.#sources.index();
    const store = this.#sources.stores().reading;
    if (store === null) return [];
    const { all } = this.#sources.files;
    const ofOpen = this.#open().flatMap((path) => all.get(path)?.tools.map(({ bound }) => bound.tool) ?? []);
    const ofTouched = [...this.#touched].flatMap((id) => index.definition(id) ?? []);
    const tools = new Map([...ofOpen, ...ofTouched].map((tool) => [tool.id, tool]));
    const counts = store.toolCounts([...tools.keys()]);
    return [...tools.values()].filter(({ id, specHash }) => {
      const { trials, failures } = counts.get(id) ?? { trials: 0, failures: 0 };
      const known = this.#found.get(id);
      const same = known?.specHash === specHash && known.trials === trials && known.failures === failures;
      if (same) return false;
      if (failures >= leastFailures) return true;
      this.#found.set(id, { specHash, trials, failures, problems: [] });
      return false;
    });
  }

  async #ask(tools: readonly BoundTool['tool'][]): Promise<void> {
    const store = this.#sources.stores().reading;
    if (store === null) return;
    const counts = store.toolCounts(tools.map(({ id }) => id));
    const asked = tools.map(({ id, specHash, parameters }) => ({ id, specHash, parameters }));
    const problems = Map.groupBy(await store.contradictions({ tools: asked }), ({ tool }) => tool);
    for (const { id, specHash } of tools) {
      const { trials, failures } = counts.get(id) ?? { trials: 0, failures: 0 };
      this.#found.set(id, { specHash, trials, failures, problems: problems.get(id) ?? [] });
    }
  }
}
