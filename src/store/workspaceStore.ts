import type { Usage } from '../core/chat.ts';
import type { Contradiction } from '../core/contradictions/index.ts';
import { UserError } from '../core/errors.ts';
import type { Job } from '../core/job.ts';
import type { Json } from '../core/json.ts';
import type { Dashboard } from '../core/rows.ts';
import type { Run } from '../core/run.ts';
import type { Example, Lesson } from '../core/trial.ts';
import type * as api from './api.ts';
import type { ContradictionQuery } from './contradictions.ts';
import { type CountingJobs, type CountingName, countHere } from './counting.ts';
import { CountingWorker } from './countingWorker.ts';
import type { DashboardParams } from './dashboardCounts.ts';
import { ExplorerLock } from './explorerLock.ts';
import { makeFolder, type StoreFolder } from './folder.ts';
import { LearnedFiles } from './learnedFiles.ts';
import type { ListIds, ListQuery } from './listIds.ts';
import type { Notices } from './notices.ts';
import { emptyDatabase, openForReading, openForWriting } from './openDatabase.ts';
import { renameTool } from './renameTool.ts';
import { StoreReads } from './storeReads.ts';
import { Tables } from './tables.ts';

/** The store of one workspace. `openStore` makes it. */
export class WorkspaceStore extends StoreReads implements api.Store {
  readonly folder: string;
  recovered: api.Recovered = { runs: [], trials: [] };
  readonly #paths: StoreFolder;
  readonly #options: api.StoreOptions;
  readonly #notices: Notices;
  protected tables: Tables;
  #files: LearnedFiles[] = [];
  #lock: ExplorerLock | null = null;
  #writeProblem: UserError | null;
  #closed = false;
  #counting: CountingWorker | null = null;
  /** Files are brought in step one after another: two writers of one file would take each other's lines for deletions. */
  #fileWork: Promise<void> = Promise.resolve();

  private constructor(
    paths: StoreFolder,
    options: api.StoreOptions,
    notices: Notices,
    tables: Tables,
    writeProblem: UserError,
  ) {
    super();
    this.folder = paths.root;
    this.#paths = paths;
    this.#options = options;
    this.#notices = notices;
    this.tables = tables;
    this.#writeProblem = writeProblem;
  }

  /** A store that reads. With the lock in hand `becomeExplorer` makes it write. */
  static async reading(
    paths: StoreFolder,
    options: api.StoreOptions,
    notices: Notices,
    writeProblem: UserError,
  ): Promise<WorkspaceStore> {
    const connection = await openForReading(paths.database);
    const tables = new Tables(connection ?? emptyDatabase(), options.fullText ?? true);
    const store = new WorkspaceStore(paths, options, notices, tables, writeProblem);
    // Without a database the files are all there is, and reading them into an empty one changes nothing on disk.
    if (connection === null) {
      store.#files = store.#filesOf(tables);
      await store.#readFiles();
      store.#files = [];
    }
    return store;
  }

  /** A store that writes; the lock is in hand. */
  static async exploring(
    paths: StoreFolder,
    options: api.StoreOptions,
    notices: Notices,
    lock: ExplorerLock,
  ): Promise<WorkspaceStore> {
    const tables = await openTables(paths, options, notices);
    const store = new WorkspaceStore(paths, options, notices, tables, closedProblem());
    await store.#explore(tables, lock);
    return store;
  }

  get readOnly(): boolean {
    return this.#lock === null;
  }

  get writeProblem(): UserError | null {
    return this.#writeProblem;
  }

  get notices(): readonly api.StoreNotice[] {
    return this.#notices.list;
  }

  get textSearch(): 'fts5' | 'like' {
    return this.tables.search.kind;
  }

  async tryTakeLock(): Promise<boolean> {
    if (this.#lock !== null) return true;
    if (this.#closed || this.#options.onlyRead === true) return false;
    await makeFolder(this.#paths);
    const lock = ExplorerLock.take(this.#paths.lock);
    if (lock === null) return false;
    const reading = this.tables;
    try {
      const tables = await openTables(this.#paths, this.#options, this.#notices);
      this.tables = tables;
      reading.connection.close();
      await this.#explore(tables, lock);
      return true;
    } catch (error) {
      lock.free();
      throw error;
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    try {
      if (this.#lock !== null) await this.flushExamples();
    } finally {
      this.#closed = true;
      await this.#fileWork;
      await this.#counting?.close();
      this.#writeProblem = closedProblem();
      // The last connection checkpoints and takes the log away.
      this.tables.connection.close();
      this.#lock?.free();
      this.#lock = null;
    }
  }

  createRun(run: Run): void {
    this.#writing().runs.create(run);
  }

  updateRun(id: string, patch: api.RunPatch): void {
    this.#writing().runs.update(id, patch);
  }

  addUsage(runId: string, delta: Usage): void {
    this.#writing().runs.addUsage(runId, delta);
  }

  intendWrite(intent: api.WriteIntent): void {
    this.#writing().intents.add(intent);
  }

  recordTrial(record: api.TrialRecord): boolean {
    return this.#writing().record(record);
  }

  async flushExamples(): Promise<void> {
    this.#writing();
    await this.#inTurn(async () => {
      for (const files of this.#files) await files.flush();
    });
  }

  async readFiles(): Promise<void> {
    this.#writing();
    await this.#readFiles();
  }

  nearestExamples(query: string, k: number, options?: api.NearestOptions): Example[] {
    return this.scoredExamples(query, k, options).map(({ example }) => example);
  }

  scoredExamples(
    query: string,
    k: number,
    options?: api.NearestOptions,
  ): { example: Example; score: number }[] {
    return this.tables.examples.nearest(query, k, options);
  }

  async deleteExample(id: string): Promise<boolean> {
    this.#writing();
    return this.#inTurn(async () => {
      const file = this.tables.examples.fileOf(id);
      const files = this.#files.find((one) => one.keeps(file));
      if (file === null || files === undefined) return false;
      await files.delete(file, id);
      // Its paraphrases followed it.
      await files.flush();
      return true;
    });
  }

  async renameTool(rename: api.ToolRename): Promise<boolean> {
    this.#writing();
    return this.#inTurn(async () => {
      // What people did to the files of its old name goes along.
      for (const files of this.#files) await files.readAll();
      if (!renameTool(this.tables, rename)) return false;
      // First the new files, then the old ones: whenever this is cut off, the next start goes on.
      for (const files of this.#files) await files.flush();
      for (const files of this.#files) await files.readAll();
      return true;
    });
  }

  addExamples(examples: readonly Example[], step?: api.JobStep): number {
    const { connection, examples: table, jobs } = this.#writing();
    return connection.transaction(() => {
      if (step) jobs.putStep(step.job, step.place, step.body);
      return examples.filter((example) => table.add(example)).length;
    });
  }

  changeExamples(examples: readonly Example[], step?: api.JobStep): number {
    const { connection, examples: table, jobs } = this.#writing();
    return connection.transaction(() => {
      if (step) jobs.putStep(step.job, step.place, step.body);
      return examples.filter((example) => table.change(example)).length;
    });
  }

  changeLessons(lessons: readonly Lesson[]): number {
    const { connection, lessons: table } = this.#writing();
    return connection.transaction(() => lessons.filter((lesson) => table.change(lesson)).length);
  }

  createJob(job: Job): void {
    this.#writing().jobs.create(job);
  }

  updateJob(id: string, patch: api.JobPatch): void {
    this.#writing().jobs.update(id, patch);
  }

  addJobUsage(id: string, delta: Usage): void {
    this.#writing().jobs.addUsage(id, delta);
  }

  putJobStep(job: string, place: string, body: Json): void {
    this.#writing().jobs.putStep(job, place, body);
  }

  putLifts(lifts: readonly api.Lift[]): void {
    const tables = this.#writing();
    tables.connection.transaction(() => {
      for (const lift of lifts) tables.lifts.put(lift);
    });
  }

  putEmbeddings(model: string, vectors: ReadonlyMap<string, Float32Array>): void {
    const tables = this.#writing();
    tables.connection.transaction(() => {
      for (const [hash, vector] of vectors) tables.embeddings.put(model, hash, vector);
    });
  }

  dashboard(params: DashboardParams, timeLimit?: number): Promise<Dashboard> {
    return this.#count('dashboard', params, timeLimit);
  }

  list(query: ListQuery, timeLimit?: number): Promise<ListIds> {
    return this.#count('list', query, timeLimit);
  }

  contradictions(query: ContradictionQuery, timeLimit?: number): Promise<Contradiction[]> {
    return this.#count('contradictions', query, timeLimit);
  }

  async #count<Name extends CountingName>(
    name: Name,
    query: CountingJobs[Name]['query'],
    timeLimit?: number,
  ): Promise<CountingJobs[Name]['result']> {
    const { path } = this.tables.connection;
    const fullText = this.#options.fullText ?? true;
    // Nothing is kept yet, or only files: too little to wait for a worker, which could not see it.
    if (path === ':memory:') return countHere(this.tables, name, query);
    if (this.#closed) throw closedProblem();
    this.#counting ??= new CountingWorker(path, fullText);
    return this.#counting.ask(name, query, timeLimit);
  }

  /** The tables, for a write. Throws `UserError` when this process may not write. */
  #writing(): Tables {
    if (this.#writeProblem !== null) throw this.#writeProblem;
    return this.tables;
  }

  async #explore(tables: Tables, lock: ExplorerLock): Promise<void> {
    this.#files = this.#filesOf(tables);
    this.recovered = tables.recover();
    this.#lock = lock;
    this.#writeProblem = null;
    // What is wrong with a file of examples is no reason not to open the database.
    await this.#readFiles().catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error;
      this.#notices.add({ severity: 'warning', message: error.message, advice: error.advice });
    });
  }

  #filesOf(tables: Tables): LearnedFiles[] {
    const notice = (found: api.StoreNotice): void => this.#notices.add(found);
    return [tables.examples, tables.lessons].map(
      (rows) => new LearnedFiles(this.#paths.root, tables.connection, rows, notice),
    );
  }

  #readFiles(): Promise<void> {
    return this.#inTurn(async () => {
      for (const files of this.#files) {
        await files.readAll();
        // What people did to an example its paraphrases follow.
        if (this.#lock !== null) await files.flush();
      }
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#fileWork.then(work);
    // The next one waits for the end of this one, however it ended; its own caller hears of it.
    this.#fileWork = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }
}

async function openTables(paths: StoreFolder, options: api.StoreOptions, notices: Notices): Promise<Tables> {
  const connection = await openForWriting(paths.database, options.maxPages, (notice) => notices.add(notice));
  try {
    return new Tables(connection, options.fullText ?? true);
  } catch (error) {
    connection.close();
    throw error;
  }
}

function closedProblem(): UserError {
  return new UserError('The store is closed.', 'Open the workspace again.');
}
