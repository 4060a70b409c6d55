/** What views, the dashboard and prompts ask of the store, with what only the catalogue knows: names, schemas, hashes. */
import { UserError } from '../core/errors.ts';
import { lessonsBeside, toolsInvolved } from '../core/exploit/choose/index.ts';
import { isUsable } from '../core/exploit/usable.ts';
import type { Dashboard, DashboardQuery, ListName, ListRow } from '../core/rows.ts';
import type { Example, FailureType, Lesson, Outcome, Trial } from '../core/trial.ts';
import type {
  ExampleForm,
  FailedCall,
  FailureCount,
  Insertion,
  InsertionParams,
  LiftMark,
  Page,
  PageParams,
  ShownExample,
  ShownExamplesFilter,
  ToldLesson,
  TrialRow,
} from '../protocol/engine.ts';
import {
  type ExampleFilter,
  emptyDashboard,
  type LessonFilter,
  type Lift,
  type ListQuery,
  type Store,
  type ToolCells,
} from '../store/index.ts';
import type { ToolIndex } from './catalogue/toolIndex.ts';
import { WrongRequest } from './errors.ts';
import { exampleForms, type FormatOptions, type KnownTools } from './exampleFormats/index.ts';
import { insertionAtLeisure } from './insertion/longDocuments.ts';
import { pageOf } from './pages.ts';
import { liftMark, shownExamples, standing } from './shownExamples.ts';
import type { StoreHolder } from './storeHolder.ts';

/** Rows that are handed out at a time. */
const mostRows = 200;

/** What it is made of; functions, since both change while the engine lives. */
export interface LearnedSources {
  stores(): StoreHolder;
  index(): ToolIndex;
  /** Whether files of the workspace may be written. */
  mayWrite(): boolean;
  /** Counts of tools are others now. */
  changed(): void;
}

export class Learned {
  readonly #sources: LearnedSources;

  constructor(sources: LearnedSources) {
    this.#sources = sources;
  }

  trials(
    page: PageParams & { outcome?: Outcome; failed?: boolean; text?: string; episode?: number },
  ): Promise<Page<TrialRow>> {
    return this.#read((store) => store.trials(page), pageOf([]));
  }

  trial(id: string): Promise<Trial | null> {
    return this.#read((store) => store.trial(id), null);
  }

  examples(page: PageParams & ExampleFilter): Promise<Page<Example>> {
    return this.#read((store) => store.examples(page), pageOf([]));
  }

  failures(page: PageParams & { failureType?: FailureType }): Promise<Page<FailedCall>> {
    return this.#read((store) => store.failures(page), pageOf([]));
  }

  /** `retired`: those that count no more, or those that do; absent: both. */
  async lessons(page: PageParams & LessonFilter): Promise<Page<ToldLesson>> {
    const { rows, next } = await this.#read<Page<Lesson>>((store) => store.lessons(page), pageOf([]));
    const index = this.#sources.index();
    const told = rows.map((lesson) =>
      isOutdated(lesson.tool, lesson.specHash, index) ? { ...lesson, earlierSpec: true as const } : lesson,
    );
    return { rows: told, next };
  }

  example(id: string): Promise<Example | null> {
    return this.#read<Example | null>((store) => store.example(id), null);
  }

  /** The examples whose queries are nearest to this one, best first. */
  nearestExamples(
    query: string,
    k: number,
    among: { tool?: string; languageModel?: boolean } = {},
  ): Promise<Example[]> {
    return this.#read((store) => store.nearestExamples(query, k, among), []);
  }

  /** Examples as views show them. */
  shownExamples(page: PageParams & ShownExamplesFilter): Promise<Page<ShownExample>> {
    return this.#read((store) => shownExamples(store, page, this.#sources.index()), pageOf([]));
  }

  /** What these examples are worth, as far as it was measured. */
  async lifts(ids: readonly string[]): Promise<LiftMark[]> {
    const found = await this.#read((store) => store.lifts(ids), new Map<string, Lift>());
    return [...found.values()].map(liftMark);
  }

  /** How often calls of the tool failed, by type, the most frequent first. */
  failureCounts(tool: string): Promise<FailureCount[]> {
    return this.#read((store) => store.failureCounts(tool), []);
  }

  /** What the dashboard draws; counted in a worker. */
  dashboard(query: DashboardQuery): Promise<Dashboard> {
    return this.#count(
      (store) => store.dashboard({ ...query, cells: this.#cells(store, query) }),
      emptyDashboard(),
    );
  }

  /** Ids of the rows of a list, in order; found in a worker. */
  list(query: ListQuery): Promise<{ ids: number[]; total: number }> {
    return this.#count((store) => store.list(query), { ids: [], total: 0 });
  }

  /** Rows of a list by id, in this order; those that are gone are left out. */
  async listRows(list: ListName, ids: readonly number[]): Promise<ListRow[]> {
    if (ids.length > mostRows || !ids.every(Number.isSafeInteger))
      throw new UserError(`${ids.length} rows cannot be shown at a time.`, `Ask for ${mostRows} at most.`);
    return this.#read((store): ListRow[] => {
      if (list === 'trials') return store.listedTrials(ids);
      if (list === 'failures') return store.listedFailures(ids);
      return store
        .listedExamples(ids)
        .map((row) => ({ ...row, ...standing(store, row.example, this.#sources.index()) }));
    }, []);
  }

  /** Examples as text, in the order of the ids; those that are gone, doubted or turned down are left out. */
  async writeExamples(ids: readonly string[], form: ExampleForm, options?: FormatOptions): Promise<string> {
    const examples = await this.#those(ids);
    if (examples.length === 0)
      throw new WrongRequest('There are no such examples any more.', 'Look at the tool again.');
    return exampleForms[form](examples, this.#toolsOf(examples), options);
  }

  /** What brings examples into a document, at each of its selections. Examples that are gone, doubted or turned down are left out. */
  async insertion({ exampleIds, ...place }: InsertionParams): Promise<Insertion> {
    const examples = await this.#those(exampleIds);
    const lessons = place.lessons ? await this.#lessonsBeside(examples) : [];
    return insertionAtLeisure({ place, examples, tools: this.#toolsOf(examples), lessons });
  }

  /** Takes an example out of the database and its file, also while a run is on. False when there is none of this id. */
  async deleteExample(id: string): Promise<boolean> {
    if (!this.#sources.mayWrite())
      throw new UserError(
        'Nothing is changed in a workspace that is not trusted.',
        'Trust the workspace to delete examples in it.',
      );
    if ((await this.example(id)) === null) return false;
    const lease = await this.#sources.stores().lease();
    let deleted: boolean;
    try {
      deleted = await lease.store.deleteExample(id);
    } finally {
      await lease.release();
    }
    if (deleted) this.#sources.changed();
    return deleted;
  }

  /** What calls can touch, of tools with trials: in a large catalogue most have none. */
  #cells(store: Store, { tool }: DashboardQuery): ToolCells[] {
    const index = this.#sources.index();
    const explored = [...store.toolCounts()].flatMap(([id, { trials }]) => (trials > 0 ? [id] : []));
    return (tool === undefined ? explored : [tool]).flatMap((id) => {
      const cells = index.cellsOf(id);
      return cells === null ? [] : [{ tool: id, cells }];
    });
  }

  async #those(ids: readonly string[]): Promise<Example[]> {
    const found = await this.#read<(Example | null)[]>((store) => ids.map((id) => store.example(id)), []);
    const there = found.filter((example) => example !== null);
    const usable = there.filter(isUsable);
    if (usable.length === 0 && there.length > 0)
      throw new WrongRequest(
        'These examples wait for a person’s word, or a person turned them down: they are written nowhere.',
        'Accept them first.',
      );
    return usable;
  }

  #lessonsBeside(examples: readonly Example[]): Promise<Lesson[]> {
    const tools = toolsInvolved(examples);
    return this.#read(
      (store) =>
        lessonsBeside(
          tools,
          [...tools].flatMap((tool) => store.lessonsOf(tool)),
        ),
      [],
    );
  }

  /** The tools of examples and those that they call, as far as they are in the catalogue. */
  #toolsOf(examples: readonly Example[]): KnownTools {
    const index = this.#sources.index();
    return new Map(
      [...toolsInvolved(examples)].flatMap((tool) => {
        const known = index.definition(tool);
        return known === null ? [] : [[tool, known] as const];
      }),
    );
  }

  async #read<T>(read: (store: Store) => T, otherwise: T): Promise<T> {
    const store = await this.#sources.stores().forReading();
    return store ? read(store) : otherwise;
  }

  /** Counting takes a while, in which a run may begin or end: then the store is another one, which is asked anew. */
  async #count<T>(ask: (store: Store) => Promise<T>, otherwise: T): Promise<T> {
    for (;;) {
      const stores = this.#sources.stores();
      const store = await stores.forReading();
      if (store === null) return otherwise;
      try {
        return await ask(store);
      } catch (error) {
        if (stores.reading === store) throw error;
      }
    }
  }
}

/** A tool that has left the catalogue has no other spec; what a person wrote by hand was learned from none. */
function isOutdated(tool: string, specHash: string, index: ToolIndex): boolean {
  const known = index.definition(tool);
  return known !== null && specHash !== '' && known.specHash !== specHash;
}
