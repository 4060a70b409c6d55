import { join, sep } from 'node:path';
import type { Estimate } from '../core/run.ts';
import type {
  Catalogue,
  EngineSettings,
  EngineState,
  ExploreParams,
  FolderExcludes,
  FoundTool,
  Job,
  LocalServer,
  Page,
  PageParams,
  RunEstimate,
  RunSummary,
  ServerModels,
  Sources,
  ToolFilter,
  ToolRow,
} from '../protocol/engine.ts';
import type { Imported } from '../protocol/exploit.ts';
import type { Store } from '../store/index.ts';
import { ToolHost } from '../tools/toolHost.ts';
import { McpServers } from './catalogue/mcpServers.ts';
import type { CountsOf, ToolPageParams } from './catalogue/toolIndex.ts';
import { Choosing } from './choosing/choosing.ts';
import { WrongRequest } from './errors.ts';
import { EventBatches } from './events.ts';
import type { Evaluations } from './jobs/evaluate/evaluations.ts';
import type { Expansions } from './jobs/expand/expansions.ts';
import type { Jobs } from './jobs/jobs.ts';
import { jobsOf } from './jobs/jobsOf.ts';
import type { Verifications } from './jobs/verify/verifications.ts';
import { Learned } from './learned.ts';
import { pageOf } from './pages.ts';
import type { EngineListener, EngineOptions } from './ports.ts';
import { notice } from './runs/notices.ts';
import type { ResumeChanges } from './runs/resumable.ts';
import { Runs } from './runs/runs.ts';
import { summarize } from './runs/summary.ts';
import { Specs } from './specs.ts';
import { StoreHolder } from './storeHolder.ts';
import { Throttled } from './throttled.ts';
import { TrainingData } from './training/trainingData.ts';
import { Workspace } from './workspace.ts';

/** How many runs `state()` lists, the newest first. */
const runsListed = 20;
/** Counts in the catalogue follow a run at this pace, milliseconds. */
const countsPace = 1000;

/**
 * The background process without its wire: catalogue, runs and what was learned. `engine/main.ts` puts it behind the
 * language server, the CLI uses it as it is. Every method that can fail for a reason that a person can mend rejects with
 * `UserError`; its subclass `WrongRequest` says that the request itself has to be another.
 */
export class Engine {
  /** A copy: trust and settings change while the engine lives. */
  readonly #options: EngineOptions;
  readonly #events = new EventBatches();
  readonly #workspace: Workspace;
  readonly #counts: Throttled;
  readonly #tools: ToolHost;
  readonly #servers: McpServers;
  #stores: StoreHolder;
  readonly #runs: Runs;
  /** Work on what was explored. */
  readonly jobs: Jobs;
  /** What is checked of it, and what a person says of that. */
  readonly verifications: Verifications;
  /** What it is worth. */
  readonly evaluations: Evaluations;
  /** Paraphrases and abstentions. */
  readonly expansions: Expansions;
  /** What was learned. */
  readonly learned: Learned;
  /** What of it goes into a prompt. */
  readonly choosing: Choosing;
  /** What the editor shows and changes in specs. */
  readonly specs: Specs;
  /** Training data, and what other tools read. */
  readonly training: TrainingData;
  #disposed: Promise<void> | null = null;

  constructor(options: EngineOptions) {
    this.#options = { ...options };
    this.#workspace = new Workspace(
      this.#options,
      (folder, sources) => this.#servers.expand(folder, sources),
      () => this.#events.publish({ type: 'catalogue', version: this.#workspace.version }),
    );
    this.#counts = new Throttled(countsPace, () => this.#workspace.countsChanged());
    this.#tools = new ToolHost({
      trusted: () => this.#options.trusted,
      secret: options.secret,
      ...(options.hostTools ? { editor: options.hostTools } : {}),
      onServerToolsChanged: (server, folder) => void this.#servers.toolsChanged(server, folder),
      log: options.log,
    });
    this.#servers = new McpServers({
      host: this.#tools,
      changed: () => this.#workspace.serversChanged(),
      timeoutMs: () => this.#options.settings.toolTimeout,
      log: options.log,
    });
    this.#stores = this.#newStores(options.folders[0] ?? null);
    this.#runs = new Runs({
      options: this.#options,
      workspace: this.#workspace,
      events: this.#events,
      caller: this.#tools,
      stores: () => this.#stores,
    });
    const work = jobsOf({
      options: this.#options,
      events: this.#events,
      workspace: this.#workspace,
      caller: this.#tools,
      stores: () => this.#stores,
      embedder: (asked) => this.choosing.meaning.embedder(asked),
    });
    this.jobs = work.jobs;
    this.verifications = work.verifications;
    this.expansions = work.expansions;
    this.evaluations = work.evaluations;
    const kept = {
      stores: () => this.#stores,
      mayWrite: () => this.#options.trusted && !this.#options.onlyRead,
    };
    this.learned = new Learned({
      ...kept,
      index: () => this.#workspace.index,
      changed: () => this.#workspace.countsChanged(),
    });
    this.choosing = new Choosing({
      ...kept,
      options: this.#options,
      index: () => this.#workspace.index,
    });
    this.training = new TrainingData({
      stores: kept.stores,
      index: () => this.#workspace.index,
      complete: () => this.#workspace.complete(),
      trusted: () => this.#options.trusted,
      version: options.version,
      log: options.log,
    });
    this.specs = new Specs({
      ...kept,
      workspace: this.#workspace,
      trusted: () => this.#options.trusted,
      readText: (path) => this.#options.readText?.(path) ?? null,
      notice: (severity, message, advice) => this.#events.publish(notice(null, severity, message, advice)),
      log: options.log,
    });
    this.#events.listen((events) => {
      if (events.some(({ type }) => type === 'trial' || type === 'run' || type === 'job'))
        this.#counts.call();
      this.specs.follow(events);
    });
  }

  /**
   * Reads the catalogue and opens the store. A store that cannot be opened is no error: see `state().storeProblem`. With
   * `early` it resolves when the first tools are known.
   */
  async open({ early = false } = {}): Promise<void> {
    await this.#loadServers(this.#options.folders[0] ?? null);
    const loaded = this.#workspace.load();
    await Promise.all([early ? this.#workspace.shown() : loaded, this.#stores.open()]);
    this.#tellOfStore();
    void this.askEditor();
  }

  /** Stops what runs, ends every tool and service, closes the store. Safe to call twice. */
  dispose(): Promise<void> {
    this.#disposed ??= (async () => {
      await this.#runs.stop();
      await this.jobs.stop();
      await this.#tools.dispose();
      await this.#workspace.dispose();
      const looked = this.specs.problems.dispose();
      await this.specs.renames.follow();
      await this.choosing.dispose();
      // Whoever still looks for problems is let go of by this.
      await this.#stores.close();
      await looked;
      this.#counts.dispose();
      this.#events.dispose();
    })();
    return this.#disposed;
  }

  state(): EngineState {
    return {
      version: this.#options.version,
      trusted: this.#options.trusted,
      readOnly: this.#stores.readOnly,
      storeProblem: this.#stores.problem,
      runs: this.#newestRuns(),
      ...this.#newestJob(),
    };
  }

  /** The same, once what is kept has been looked for. */
  async stateWhenOpen(): Promise<EngineState> {
    await this.#stores.forReading();
    return this.state();
  }

  /** Pushes go to every listener; the result takes the listener off. */
  onEvent(listener: EngineListener): () => void {
    return this.#events.listen(listener);
  }

  /** The person has just granted trust, or withdrawn it: what is kept is read only with it; withdrawing it stops what runs. */
  async setTrusted(trusted: boolean): Promise<void> {
    if (trusted === this.#options.trusted) return;
    this.#options.trusted = trusted;
    const old = this.#stores;
    this.#stores = this.#newStores(this.#workspace.folders[0] ?? null);
    const opened = this.#stores.open();
    if (!trusted) await Promise.all([this.#runs.stop(), this.jobs.stop()]);
    const servers = trusted ? Promise.resolve() : this.#tools.endServers();
    await Promise.all([old.close(), opened, servers, this.#loadServers(this.#workspace.folders[0] ?? null)]);
    if (trusted) this.#tellOfStore();
    void this.askEditor();
    this.#workspace.serversChanged();
  }

  /** The tools of the editor may be others than before. Never rejects; without trust the editor is not asked. */
  async askEditor(): Promise<void> {
    const { hostTools, log } = this.#options;
    try {
      const tools = hostTools && this.#options.trusted ? await hostTools.list() : null;
      if (this.#disposed === null) this.#workspace.setEditorTools(this.#options.trusted ? tools : null);
    } catch (error) {
      if (this.#disposed === null) log(`The editor does not tell its tools: ${String(error)}`);
    }
  }

  /** For what begins after this: a run that is under way keeps its settings. */
  setSettings(settings: EngineSettings): void {
    const { toolTimeout } = this.#options.settings;
    this.#options.settings = settings;
    // The limit stands in the tools, unless their manifest sets one.
    if (settings.toolTimeout !== toolTimeout) void this.#workspace.refresh();
  }

  /** What is searched for specs is another. */
  setExcludes(excludes: FolderExcludes): Promise<void> {
    return this.#workspace.setExcludes(excludes);
  }

  /** Stops what runs when the folder changes in which everything is kept. */
  async setFolders(folders: string[]): Promise<void> {
    const before = this.#workspace.folders[0] ?? null;
    const now = folders[0] ?? null;
    if (now !== before) {
      await this.#runs.stop();
      await this.jobs.stop();
      const old = this.#stores;
      this.#stores = this.#newStores(now);
      await old.close();
      await Promise.all([this.#stores.open(), this.#loadServers(now)]);
    }
    // Those of the folders that stay are started again when somebody needs them.
    if (this.#workspace.folders.some((folder) => !folders.includes(folder))) await this.#tools.endServers();
    await this.#workspace.setFolders(folders);
  }

  catalogue(): Catalogue {
    return this.#workspace.view(this.countsOf());
  }

  /** The first level of the catalogue. */
  sources(filter: ToolFilter = {}): Sources {
    const { index, version, searching } = this.#workspace;
    const excluded = index.sources.flatMap(({ folder, bindings }) =>
      (bindings?.exclude ?? []).map(({ glob }) => ({ folder, glob })),
    );
    return {
      version,
      ...index.totals(),
      searching,
      sources: index.sourceRows(filter, this.countsOf),
      ...index.doubts(this.countsOf),
      ...(excluded.length > 0 ? { excluded } : {}),
    };
  }

  /** A page of tools, of one source or of all; the schemas are asked for one by one. */
  tools(params: ToolPageParams): Page<ToolRow> {
    return this.#workspace.index.page(params, this.countsOf);
  }

  tool(id: string): FoundTool | null {
    return this.#workspace.index.tool(id, this.countsOf);
  }

  /** What was learned of these tools, counted. */
  readonly countsOf: CountsOf = (ids) => this.#stores.reading?.toolCounts(ids) ?? new Map();

  get trusted(): boolean {
    return this.#options.trusted;
  }

  /**
   * Reads the specs again, because of `changedPath` (absolute) or because of anything; what people did to the files of
   * examples and lessons, too. Calls that come close together are one reading. Resolves when everything is up to date;
   * listeners hear of it as an event when it changed.
   */
  async refresh(changedPath?: string): Promise<void> {
    const kept = join(this.#workspace.folders[0] ?? '', '.imaginarium') + sep;
    if (!changedPath?.startsWith(kept)) return this.#workspace.refresh(changedPath);
    if (changedPath === `${kept}dismissed.jsonl`) return this.specs.problems.forgetDismissed();
    if (this.#options.trusted && !this.#options.onlyRead) await this.#stores.takeOverFiles();
    this.#workspace.countsChanged();
  }

  /**
   * Starts a server that a source is, and lists its tools. Rejects with `UserError` for what goes wrong with it.
   *
   * @param source the absolute path of its folder, and its name in there
   * @param signal nobody waits any more: a server that is not ready yet is ended
   */
  async listServer(
    { folder, path }: { folder: string; path: string },
    signal?: AbortSignal,
  ): Promise<{ tools: number }> {
    if (!this.#options.trusted) {
      throw new WrongRequest(
        'This workspace is not trusted, so no server is started.',
        'Trust the workspace first.',
      );
    }
    const source = this.#workspace.index.sources.find((one) => one.folder === folder && one.path === path);
    if (source?.server) return this.#servers.list(source, signal);
    throw new WrongRequest(
      `There is no MCP server "${path}" in this workspace.`,
      'Look at the list of sources.',
    );
  }

  /** Whether a run is on that explores this tool. */
  isExplored(id: string): boolean {
    return this.#newestRuns().some(({ status, tools }) => status === 'running' && tools.includes(id));
  }

  /** What a run would take at most, and which of its tools will ask for approval. */
  async estimate(params: ExploreParams): Promise<RunEstimate> {
    await this.#workspace.complete();
    return this.#runs.estimate(params);
  }

  /** Starts a run; resolves once it is in the database and on its way. */
  async explore(params: ExploreParams): Promise<{ runId: string; estimate: Estimate }> {
    await this.#workspace.complete();
    return this.#runs.start(params);
  }

  /** Model servers at the usual ports of this machine; none without trust, when nobody is asked. */
  async localServers(): Promise<LocalServer[]> {
    if (!this.#options.trusted) return [];
    const { localServers } = await import('../models/localServers.ts');
    return localServers();
  }

  /** The models of a server, asked for with the key that is kept for it. Without trust nobody is asked. */
  async serverModels(baseUrl: string | null): Promise<ServerModels> {
    if (!this.#options.trusted) return { problem: 'unlisted' };
    const { serverModels } = await import('../models/serverModels.ts');
    return serverModels({ baseUrl, apiKey: await this.#options.apiKey(baseUrl) });
  }

  /** Resolves when the run has ended, however it did; rejects with `WrongRequest` for an unknown run. */
  finished(runId: string): Promise<RunSummary> {
    return this.#runs.finished(runId);
  }

  /** Stops one run, or all of them; resolves when they have ended. */
  stop(runId?: string): Promise<{ stopped: string[] }> {
    return this.#runs.stop(runId);
  }

  /** Goes on with a run, or with the newest one that can be resumed. */
  async resume(runId?: string, changes?: ResumeChanges): Promise<{ runId: string } | { nothing: string }> {
    await this.#workspace.complete();
    return this.#runs.resume(runId, changes);
  }

  /** Takes over an exploration log of the reference implementation. Rejects with `UserError`; then nothing was changed. */
  async importLog(params: { path: string; model?: string }): Promise<Imported> {
    if (!this.#options.trusted)
      throw new WrongRequest('This workspace is not trusted, so nothing is kept in it.', 'Trust it first.');
    await this.#workspace.complete();
    const { importLog } = await import('./importLog/importLog.ts');
    const lease = await this.#stores.lease();
    try {
      await lease.store.readFiles();
      return await importLog(params, {
        store: lease.store,
        catalogue: this.#workspace.tools,
        changed: (run) => this.#events.publish({ type: 'run', run: summarize(lease.store, run) }),
      });
    } finally {
      await lease.release();
    }
  }

  async runs(page: PageParams): Promise<Page<RunSummary>> {
    return this.#read((store) => {
      const { rows, next } = store.runs(page);
      return { rows: rows.map((run) => summarize(store, run)), next };
    }, pageOf([]));
  }

  async run(id: string): Promise<RunSummary | null> {
    return this.#read((store) => {
      const run = store.run(id);
      return run && summarize(store, run);
    }, null);
  }

  async #read<T>(read: (store: Store) => T, otherwise: T): Promise<T> {
    const store = await this.#stores.forReading();
    return store ? read(store) : otherwise;
  }

  /** What servers told last is, as all that was kept, read only with trust. */
  #loadServers(folder: string | null): Promise<void> {
    const { trusted, onlyRead = false } = this.#options;
    return this.#servers.load(trusted ? folder : null, trusted && !onlyRead);
  }

  #newestRuns(): RunSummary[] {
    const store = this.#stores.reading;
    if (!store) return [];
    return store.runs({ limit: runsListed, order: 'newest' }).rows.map((run) => summarize(store, run));
  }

  #newestJob(): { job?: Job } {
    const job = this.#stores.reading?.jobs({ limit: 1 }).rows[0];
    return job === undefined ? {} : { job };
  }

  #tellOfStore(): void {
    const { problem } = this.#stores;
    if (problem && this.#options.folders.length > 0) {
      this.#events.publish(notice(null, 'error', problem.message, problem.advice));
    }
  }

  #newStores(folder: string | null): StoreHolder {
    return new StoreHolder({
      folder,
      onlyRead: this.#options.onlyRead ?? false,
      trusted: this.#options.trusted,
      ...(this.#options.maxPages === undefined ? {} : { maxPages: this.#options.maxPages }),
      log: this.#options.log,
      onNotice: ({ severity, message, advice }) =>
        this.#events.publish(notice(null, severity, message, advice)),
    });
  }
}
