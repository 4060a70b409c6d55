import type { Usage } from '../core/chat.ts';
import type { Contradiction } from '../core/contradictions/index.ts';
import type { UserError } from '../core/errors.ts';
import type { Job, JobKind } from '../core/job.ts';
import type { Json } from '../core/json.ts';
import type {
  Dashboard,
  ExampleRow,
  FailedCall,
  FailedCallRow,
  ListedTrial,
  Page,
  TrialRow,
} from '../core/rows.ts';
import type { Run, RunCounts, RunStatus } from '../core/run.ts';
import type { Call, Example, FailureType, Fix, Lesson, Outcome, Trial, Verification } from '../core/trial.ts';
import type { ContradictionQuery } from './contradictions.ts';
import type { DashboardParams } from './dashboardCounts.ts';
import type { ListIds, ListQuery } from './listIds.ts';

/** How a store is opened. */
export interface StoreOptions {
  /** Absolute path of the workspace folder; everything is kept in `<folder>/.imaginarium/`. */
  folder: string;
  /** Only reads, and takes no lock: for commands that show what is there. Default false. */
  onlyRead?: boolean;
  /** Limit of the database, in pages of 4 KiB (`PRAGMA max_page_count`); for tests of a full disk. */
  maxPages?: number;
  /** False: search with `LIKE` although FTS5 is there; for tests. Default: what the probe says. */
  fullText?: boolean;
  /** One line for the log channel. */
  log?: (line: string) => void;
  /** Called for each notice as it comes up; all of them stand in `Store.notices` too. */
  onNotice?: (notice: StoreNotice) => void;
}

/** Something that went otherwise than expected and did not stop the work. */
export interface StoreNotice {
  severity: 'info' | 'warning' | 'error';
  message: string;
  advice: string;
}

/** A page by key: `after` is the `next` of the page before. */
export interface StorePageParams {
  after?: string;
  /** 1 to 1,000. */
  limit: number;
  tool?: string;
  runId?: string;
  /** Default `newest`. */
  order?: 'newest' | 'oldest';
}

/** A page of trials. */
export interface TrialPageParams extends StorePageParams {
  outcome?: Outcome;
  failed?: boolean;
  /** All of these words stand in the query. */
  text?: string;
  /** Counts from 1, in each run and tool. */
  episode?: number;
}

/** Which examples; what is left out lets all through. */
export interface ExampleFilter {
  /** All of these words stand in the query. */
  text?: string;
  verification?: Verification;
  /** Whether they wait for a person's word or were turned down (false), or not (true). */
  usable?: boolean;
  /** Id of the example that the family is named after. */
  family?: string;
  /** Only those that say no other usable example in other words. */
  seeds?: boolean;
  /** Id of the trial that they were learned from. */
  trial?: string;
}

/** Which lessons. */
export interface LessonFilter {
  /** Those that count no more, or those that do; absent: both. */
  retired?: boolean;
}

/** What an example is worth, measured; -1 to 1. */
export interface Lift {
  /** Id of the example. */
  example: string;
  lift: number;
  /** 95 % interval. */
  low: number;
  high: number;
  /** Held-out queries that it was measured on. */
  queries: number;
  /** Id of the job. */
  job: string;
}

/** What a job has found at one of its places. */
export interface JobStep {
  /** Id of the job. */
  job: string;
  place: string;
  body: Json;
}

/** What may change of a job; usage changes by `addJobUsage` alone. */
export type JobPatch = Partial<Omit<Job, 'id' | 'kind' | 'usage'>>;

/** Among which examples the nearest are looked for. */
export interface NearestOptions {
  tool?: string;
  /** Only those whose query a language model imagined. */
  languageModel?: boolean;
}

/** What is recorded at the end of a trial, in one transaction. */
export interface TrialRecord {
  trial: Trial;
  /** The new state of the lessons that this trial touched. */
  lessons: Lesson[];
  fixes: Fix[];
  example: Example | null;
}

/** A call that may change the world and is about to be made. */
export interface WriteIntent {
  runId: string;
  tool: string;
  /** Counts from 1. */
  episode: number;
  /** Counts from 1. */
  trial: number;
  /** Index of the step in its trial, from 0. */
  step: number;
  call: Call;
}

/** Which trials count as memory: those with a sequence number up to `upTo`, and those of the run. */
export interface MemoryScope {
  upTo: number;
  runId: string;
  /** Not those in which a model played the tool. */
  real?: true;
}

export interface ToolCounts {
  examples: number;
  /** Steps with a failure. */
  failures: number;
  lessons: number;
  trials: number;
  /** What of these stems from trials in which a model played the tool; absent for none. */
  simulated?: { examples: number; failures: number; trials: number };
  /** Examples that wait for a person's word, which are not among `examples`; absent for none. */
  review?: number;
  /** From which specs its examples were learned, those in review included; absent for none. */
  specs?: { hash: string; examples: number }[];
}

/** What the opening found left behind by a process that died. */
export interface Recovered {
  /** Runs that were `running` and are `interrupted` now. */
  runs: string[];
  /** Trials that died in the middle of a write and are kept as errors, so that the write is not repeated. */
  trials: string[];
}

/** A tool that is called something else now. */
export interface ToolRename {
  /** Ids. */
  from: string;
  to: string;
  /** Of its spec, which differs in the name. */
  specHash: { from: string; to: string };
}

/**
 * Everything that is kept of a workspace: the database (what happened) and the files of examples and lessons (what was
 * learned). Writes throw `UserError` when another process explores this workspace, the disk is full, or the folder cannot
 * be written. Calls without a promise are short: an insert, a page, a look-up.
 */
export interface Store {
  /** Absolute path of `<workspace>/.imaginarium`. */
  readonly folder: string;
  /** Another process explores this workspace, or the folder cannot be written: only reads work. */
  readonly readOnly: boolean;
  /** Why writes do not work, which is also what they throw; null when they do. */
  readonly writeProblem: UserError | null;
  readonly notices: readonly StoreNotice[];
  /** What was put in order when this process became the explorer. */
  readonly recovered: Recovered;
  /** How queries are searched here. */
  readonly textSearch: 'fts5' | 'like';

  /** Becomes the explorer if nobody else is. True when this process is it now (or was it already). */
  tryTakeLock(): Promise<boolean>;
  /** Writes what is pending, checkpoints and frees the lock. Safe to call twice. */
  close(): Promise<void>;

  createRun(run: Run): void;
  /** Changes what is given. Throws `UserError` for an unknown run. */
  updateRun(id: string, patch: RunPatch): void;
  run(id: string): Run | null;
  runs(page: Pick<StorePageParams, 'after' | 'limit' | 'order'> & { status?: RunStatus }): Page<Run>;
  /** Adds to the usage of a run; durable when it returns. About 20 µs. */
  addUsage(runId: string, delta: Usage): void;
  runCounts(runId: string): RunCounts;

  /** Durable when it returns; settled by `recordTrial` for the same place. */
  intendWrite(intent: WriteIntent): void;
  /** False when this trial (by its id, or another at its place) is recorded already: then nothing changes. */
  recordTrial(record: TrialRecord): boolean;
  /** Writes pending examples and lessons to their files. Rejects with `UserError`; what was not written stays pending. */
  flushExamples(): Promise<void>;
  /** Takes over what people did to the files of examples and lessons. Unchanged files cost a `stat`. */
  readFiles(): Promise<void>;

  trials(page: TrialPageParams): Page<TrialRow>;
  /** The whole trial, messages included. */
  trial(id: string): Trial | null;
  /** One trial as lists show it. */
  trialRow(id: string): TrialRow | null;
  /** Whole trials of an episode in the order of their numbers. */
  trialsOfEpisode(runId: string, tool: string, episode: number): Trial[];
  /** The last 500 trials of the tool in the scope, oldest first, with empty `messages` and `exchanges`. */
  trialsForMemory(tool: string, scope: MemoryScope): Trial[];
  /** How many trials of the tool this run has, by episode. */
  trialsByEpisode(runId: string, tool: string): Map<number, number>;
  /** Sequence number of the newest trial; 0 for none. */
  lastSeq(): number;

  examples(page: StorePageParams & ExampleFilter): Page<Example>;
  example(id: string): Example | null;
  /** By id, of these: how many usable examples say it in other words; those without any are left out. */
  paraphraseCounts(ids: readonly string[]): Map<string, number>;
  /** The `k` examples whose queries are nearest, best first. */
  nearestExamples(query: string, k: number, options?: NearestOptions): Example[];
  /** The same, each with how near it is: above 0, comparable within one search. */
  scoredExamples(query: string, k: number, options?: NearestOptions): { example: Example; score: number }[];
  /**
   * Takes an example out of the database and out of its file, where everything else stays as it is. False when there is
   * none of this id. Rejects with `UserError`.
   */
  deleteExample(id: string): Promise<boolean>;
  /**
   * Moves all that is kept of a tool to another id, in the database and in the files. False, with nothing done, when
   * nothing is kept of it, or something is kept under the other id already. Rejects with `UserError`.
   */
  renameTool(rename: ToolRename): Promise<boolean>;
  /**
   * Adds examples whose ids are new, in one transaction; `flushExamples` writes their files. How many were. With `step`, what a
   * job has done is kept in the same transaction.
   */
  addExamples(examples: readonly Example[], step?: JobStep): number;
  /** Changes examples in one transaction, those that somebody has deleted excepted. How many were changed. `step` as above. */
  changeExamples(examples: readonly Example[], step?: JobStep): number;
  /** The same for lessons; the words of a person stay. */
  changeLessons(lessons: readonly Lesson[]): number;

  createJob(job: Job): void;
  /** Changes what is given. Throws `UserError` for an unknown job. */
  updateJob(id: string, patch: JobPatch): void;
  job(id: string): Job | null;
  /** The newest first. */
  jobs(page: Pick<StorePageParams, 'after' | 'limit'> & { kind?: JobKind; status?: RunStatus }): Page<Job>;
  /** Durable when it returns. */
  addJobUsage(id: string, delta: Usage): void;
  /** Keeps what a job has found at a place; a place that is known is written over. */
  putJobStep(job: string, place: string, body: Json): void;
  /** Whether a job of this kind has found something at this place; what it was last, or null. */
  lastJobStep(kind: JobKind, place: string): Json | null;
  /** What a job has found so far, by place, in the order of the places. */
  jobSteps(job: string): { place: string; body: Json }[];

  putLifts(lifts: readonly Lift[]): void;
  /** By id of the example, of these. */
  lifts(examples: readonly string[]): Map<string, Lift>;

  /** Keeps vectors by the hash of their text. */
  putEmbeddings(model: string, vectors: ReadonlyMap<string, Float32Array>): void;
  /** Those of these hashes that are kept. */
  embeddings(model: string, hashes: readonly string[]): Map<string, Float32Array>;

  failures(page: StorePageParams & { failureType?: FailureType }): Page<FailedCall>;
  /** How often calls of the tool failed, by type, the most frequent first. */
  failureCounts(tool: string): { type: FailureType; calls: number; simulated?: number }[];
  /** `retired`: those that no longer hold, or those that do; absent: both. */
  lessons(page: StorePageParams & LessonFilter): Page<Lesson>;
  /** All lessons of a tool, oldest first, retired ones too. */
  lessonsOf(tool: string): Lesson[];
  /** Fixes of a tool, oldest first; the last 500 in the scope, when one is given. */
  fixes(tool: string, scope?: MemoryScope): Fix[];
  /**
   * How many examples (of a tool) wait for a person's word; and of all on which a person and a judge have both ruled, on how
   * many they agree.
   */
  reviewCounts(tool?: string): { waiting: number; agreed: number; of: number };
  /** By tool id, of these tools or of all; kept as they change, so this costs one row a tool. */
  toolCounts(ids?: readonly string[]): Map<string, ToolCounts>;
  /**
   * Counts over all rows, in a worker. `timeLimit` in milliseconds (default 5,000). Rejects with `UserError`, also when the
   * time is up.
   */
  dashboard(params: DashboardParams, timeLimit?: number): Promise<Dashboard>;
  /** Row ids of a list in order, found in the worker as well. */
  list(query: ListQuery, timeLimit?: number): Promise<ListIds>;
  /** Where trials contradict the specs of these tools; found in the worker as well. */
  contradictions(query: ContradictionQuery, timeLimit?: number): Promise<Contradiction[]>;
  /** Rows of a list by row id, in this order; those that are gone are left out. */
  listedTrials(ids: readonly number[]): ListedTrial[];
  listedFailures(ids: readonly number[]): FailedCallRow[];
  listedExamples(ids: readonly number[]): Omit<ExampleRow, 'stale'>[];
}

/** What may change of a run; usage changes by `addUsage` alone. */
export type RunPatch = Partial<Omit<Run, 'id' | 'usage'>>;
