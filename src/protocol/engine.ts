/**
 * What the extension and the engine say to each other, beside the Language Server Protocol: one constant a message, with
 * the types of what goes out and comes back. Both ends import it; neither adds a method of its own.
 */
import type { ChatRequest } from '../core/chat.ts';
import type { Job, JobKind } from '../core/job.ts';
import type { Json, JsonObject } from '../core/json.ts';
import type {
  Dashboard,
  DashboardQuery,
  FailedCall,
  ListName,
  ListOrder,
  ListRow,
  Page,
  TrialFilter,
  TrialRow,
} from '../core/rows.ts';
import type { Budget, Estimate, Run, RunCounts } from '../core/run.ts';
import type { ExploreSettings } from '../core/settings.ts';
import type { Risk } from '../core/tool.ts';
import type { Example, FailureType, Lesson, Outcome, Trial, Verification } from '../core/trial.ts';
import type { FoundTool, Sources, ToolFilter, ToolRow } from './catalogue.ts';
import type {
  ChooseParams,
  Chosen,
  ExpandParams,
  ExportParams,
  ExportResult,
  Imported,
  JobEstimate,
  LiftMark,
  ReviewQueue,
  ShownExample,
  ShownExamplesFilter,
  VerifyParams,
} from './exploit.ts';
import type { ExampleForm, Insertion, InsertionParams } from './insertion.ts';
import type { EngineSettings, FolderExcludes } from './settings.ts';

export type { Job, JobKind } from '../core/job.ts';
export type {
  CoverageMark,
  CurvePoint,
  Dashboard,
  DashboardQuery,
  ExampleRow,
  FailedCall,
  FailedCallRow,
  ListedTrial,
  ListName,
  ListOrder,
  ListRow,
  Page,
  ToolCoverage,
  TrialFilter,
  TrialRow,
} from '../core/rows.ts';
export type * from './catalogue.ts';
export type * from './exploit.ts';
export type * from './insertion.ts';
export * from './settings.ts';

/** A request: `method`, with the types of its parameters and its result carried along. */
export interface RequestType<P, R> {
  readonly method: string;
  readonly _types?: (params: P) => R;
}

export interface NotificationType<P> {
  readonly method: string;
  readonly _types?: (params: P) => void;
}

function request<P, R>(method: string): RequestType<P, R> {
  return { method };
}

function notification<P>(method: string): NotificationType<P> {
  return { method };
}

/** How a failed call of a tool's went wrong, and how often. */
export interface FailureCount {
  type: FailureType;
  calls: number;
  /** How many of these a played tool refused; absent for none. */
  simulated?: number;
}

/** A server of language models that answers on this machine. */
export interface LocalServer {
  /** `Ollama`, `LM Studio`, `llama.cpp`. */
  name: string;
  baseUrl: string;
  models: string[];
}

/** What a model server says when it is asked for its models; `src/models/serverModels.ts` says what went wrong. */
export type ServerModels = { models: string[] } | { problem: 'refused' | 'unreachable' | 'unlisted' };

/** What a person is told before a run starts. */
export interface RunEstimate extends Estimate {
  /** Tools whose calls ask for approval. */
  asksFor: { tool: string; risk: Risk }[];
  /** Why tools are left out, a sentence each. */
  leftOut: string[];
  /** Tools of the running editor that are left out, since nobody has named them. */
  editorTools: number;
  /** What holds for this run, whoever has set it. */
  settings: Pick<ExploreSettings, 'episodes' | 'trials' | 'stopRule'>;
  budget: Budget;
}

/** What a run is asked to do; what is missing comes from settings, then from the preset. */
export interface ExploreParams {
  /** Ids or unambiguous names; empty for all that can be run. */
  tools: string[];
  model?: string;
  baseUrl?: string;
  settings?: Partial<ExploreSettings>;
  budget?: Partial<Budget>;
  concurrency?: number;
  seed?: number;
  promptsDir?: string;
  allowWrites?: boolean;
  /** Tools that nothing can run are played by the model. */
  simulate?: boolean;
}

/** A change of the manifest that a person asked for by a command. */
export type ManifestChange =
  /** `server`: where the operations of an OpenAPI document are sent. */
  | { kind: 'include'; source: string; server?: string }
  | { kind: 'exclude'; source: string }
  | { kind: 'risk'; tool: string; risk: Risk };

/** A file as it shall be: the editor shows the difference, and the person can undo it. Paths are absolute. */
export interface FileChange {
  path: string;
  /** Null when there is no such file yet. */
  before: string | null;
  after: string;
}

/** A tool of the running editor. */
export interface EditorTool {
  name: string;
  description: string;
  inputSchema: Json | null;
}

/** A run as lists show it. */
export interface RunSummary extends Run {
  counts: RunCounts;
  /** Trials planned at most. */
  planned: number;
}

/** A page by key: pass `after` of the last page to get the next. */
export interface PageParams {
  after?: string;
  /** At most 1,000. */
  limit: number;
  tool?: string;
  runId?: string;
}

/** A lesson as it is told. `earlierSpec`: it was learned from an earlier version of the tool's spec. */
export interface ToldLesson extends Lesson {
  earlierSpec?: true;
}

/** Pushed in batches, at most ten a second. */
export type EngineEvent =
  | { type: 'catalogue'; version: number }
  | { type: 'run'; run: RunSummary }
  | { type: 'trial'; row: TrialRow }
  /** `doing`: what it is at, in a word or two. */
  | { type: 'job'; job: Job; doing?: string }
  | { type: 'progress'; runId: string; tool: string; episode: number; trial: number; doing: string }
  | {
      type: 'notice';
      runId: string | null;
      severity: 'info' | 'warning' | 'error';
      message: string;
      advice: string;
    };

/** State of the engine as the status bar shows it. */
export interface EngineState {
  version: string;
  trusted: boolean;
  /** Another window explores this workspace: this one reads. */
  readOnly: boolean;
  /** Why the database cannot be used, when it cannot. */
  storeProblem: { message: string; advice: string } | null;
  runs: RunSummary[];
  /** The newest one; absent for none. */
  job?: Job;
}

export const engine = {
  state: request<Record<string, never>, EngineState>('imaginarium/state'),
  sources: request<ToolFilter, Sources>('imaginarium/sources'),
  /** Tools of one source, or of all, in the order in which they are written. */
  tools: request<
    ToolFilter & { source?: { folder: string; path: string }; after?: string; limit: number },
    Page<ToolRow>
  >('imaginarium/tools'),
  tool: request<{ id: string }, FoundTool | null>('imaginarium/tool'),
  estimate: request<ExploreParams, RunEstimate>('imaginarium/estimate'),
  explore: request<ExploreParams, { runId: string; estimate: Estimate }>('imaginarium/explore'),
  stop: request<{ runId?: string }, { stopped: string[] }>('imaginarium/stop'),
  /** A run whose budget is used up goes on within the limits of the settings as they are now. */
  resume: request<{ runId?: string }, { runId: string } | { nothing: string }>('imaginarium/resume'),
  trust: notification<{ trusted: boolean }>('imaginarium/trust'),
  settings: notification<EngineSettings>('imaginarium/settings'),
  /** What is searched for specs is another. */
  excludes: notification<FolderExcludes>('imaginarium/excludes'),
  runs: request<PageParams, Page<RunSummary>>('imaginarium/runs'),
  trials: request<
    PageParams & { outcome?: Outcome; failed?: boolean; text?: string; episode?: number },
    Page<TrialRow>
  >('imaginarium/trials'),
  trial: request<{ id: string }, Trial | null>('imaginarium/trial'),
  examples: request<
    PageParams & {
      text?: string;
      usable?: boolean;
      verification?: Verification;
      /** Only those that say no other in other words. */
      seeds?: boolean;
      /** Id of the trial that they were learned from. */
      trial?: string;
    },
    Page<Example>
  >('imaginarium/examples'),
  /** What views say of examples beside the examples themselves. */
  shownExamples: request<PageParams & ShownExamplesFilter, Page<ShownExample>>('imaginarium/shownExamples'),
  example: request<{ id: string }, Example | null>('imaginarium/example'),
  /** `languageModel`: only examples whose query a language model imagined; those of the sampler stay out. */
  nearestExamples: request<{ query: string; k: number; tool?: string; languageModel?: boolean }, Example[]>(
    'imaginarium/nearestExamples',
  ),
  /** Takes an example out of the database and out of its file. */
  deleteExample: request<{ id: string }, { deleted: boolean }>('imaginarium/deleteExample'),
  /** Examples as text that stands for itself. */
  writeExamples: request<{ ids: string[]; form: ExampleForm; contrasts?: boolean }, { text: string }>(
    'imaginarium/writeExamples',
  ),
  insertion: request<InsertionParams, Insertion>('imaginarium/insertion'),
  /** Judges examples; `stale`: makes the calls of those whose spec has changed again first. */
  verify: request<VerifyParams, { jobId: string }>('imaginarium/verify'),
  /** Paraphrases and abstentions. */
  expand: request<ExpandParams, { jobId: string }>('imaginarium/expand'),
  /** What such work takes at most. */
  estimateJob: request<
    ({ kind: 'verify' } & VerifyParams) | ({ kind: 'expand' } & ExpandParams),
    JobEstimate
  >('imaginarium/estimateJob'),
  jobs: request<{ after?: string; limit: number; kind?: JobKind }, Page<Job>>('imaginarium/jobs'),
  /** Ends what is under way. */
  stopJob: request<Record<string, never>, Record<string, never>>('imaginarium/stopJob'),
  /** `budget` replaces its limits. */
  resumeJob: request<{ id: string; budget?: Partial<Budget> }, { jobId: string }>('imaginarium/resumeJob'),
  /** Examples on which evidence and judge disagree, a page of them. */
  reviewQueue: request<PageParams, ReviewQueue>('imaginarium/reviewQueue'),
  /** A person's word on an example; it stays. False: there is none of this id. */
  review: request<{ id: string; accepted: boolean }, { changed: boolean }>('imaginarium/review'),
  /** What fits a query, within limits: for prompts. */
  chooseExamples: request<ChooseParams, Chosen>('imaginarium/chooseExamples'),
  /** What examples are worth, of these; those that were not measured are left out. */
  lifts: request<{ ids: string[] }, LiftMark[]>('imaginarium/lifts'),
  /** Writes training data, or examples in the form of another tool, to a file. */
  exportData: request<ExportParams, ExportResult>('imaginarium/exportData'),
  /** Takes over an exploration log of the reference implementation (absolute path). `model`: what it was made with. */
  importLog: request<{ path: string; model?: string }, Imported>('imaginarium/importLog'),
  failures: request<PageParams & { failureType?: FailureType }, Page<FailedCall>>('imaginarium/failures'),
  failureCounts: request<{ tool: string }, FailureCount[]>('imaginarium/failureCounts'),
  /** `retired`: those that no longer hold, or those that do; absent: both. */
  lessons: request<PageParams & { retired?: boolean }, Page<ToldLesson>>('imaginarium/lessons'),
  dashboard: request<DashboardQuery, Dashboard>('imaginarium/dashboard'),
  /**
   * Ids of all rows of a list, in order: a list of any length is drawn from the rows that are in sight. `total` is how many
   * there are; `ids` stops at 200,000.
   */
  list: request<{ list: ListName; filter: TrialFilter; order: ListOrder }, { ids: number[]; total: number }>(
    'imaginarium/list',
  ),
  /** Rows by id, at most 200; one that is gone meanwhile is left out. */
  listRows: request<{ list: ListName; ids: number[] }, ListRow[]>('imaginarium/listRows'),
  /** Servers that listen at the usual ports of this machine. In an untrusted workspace nobody is asked. */
  localServers: request<Record<string, never>, LocalServer[]>('imaginarium/localServers'),
  /** The models of a server, with the key that is kept for it; null: OpenAI. In an untrusted workspace nobody is asked. */
  serverModels: request<{ baseUrl: string | null }, ServerModels>('imaginarium/serverModels'),
  /** Starts a server that a source is, and lists its tools; rejects with what went wrong. `path` is the source's name. */
  listServer: request<{ folder: string; path: string }, { tools: number }>('imaginarium/listServer'),
  /** What a command changes in the manifest of a folder (absolute path); nothing is written. */
  manifestChange: request<{ folder: string; change: ManifestChange }, FileChange>(
    'imaginarium/manifestChange',
  ),
  /** The spec with the change that a learned problem proposes; null when the problem is gone. */
  specChange: request<{ problem: string }, FileChange | null>('imaginarium/specChange'),
  /** A learned problem is not shown again. */
  dismissProblem: request<{ problem: string }, { dismissed: boolean }>('imaginarium/dismissProblem'),
  /** The tools of the editor may be others than before. */
  editorTools: notification<Record<string, never>>('imaginarium/editorTools'),
  events: notification<{ events: EngineEvent[] }>('imaginarium/events'),
} as const;

/** What the engine asks of the extension host: what only it can do. */
export const host = {
  /** Models of the editor. */
  models: request<Record<string, never>, { id: string; label: string; maxInputTokens: number }[]>(
    'imaginarium/host/models',
  ),
  /** Streams `host.chatPart` and ends with the result. Cancelling the request cancels the model. */
  chat: request<
    { id: string; modelId: string; request: Omit<ChatRequest, 'purpose'> },
    { text: string; toolCalls: { id: string; name: string; arguments: string }[] }
  >('imaginarium/host/chat'),
  chatPart: notification<{ id: string; text: string }>('imaginarium/host/chatPart'),
  /** Tools that the editor can run. */
  tools: request<Record<string, never>, EditorTool[]>('imaginarium/host/tools'),
  /** Cancelling the request cancels the tool. `blocked`: the person said no when the editor asked. */
  invokeTool: request<
    { name: string; arguments: JsonObject },
    { status: 'ok' | 'rejected' | 'tool_fault' | 'unreachable' | 'blocked'; content: string }
  >('imaginarium/host/invokeTool'),
  secret: request<{ name: string }, { value: string | null }>('imaginarium/host/secret'),
  approve: request<
    { runId: string; tool: string; name: string; risk: Risk; arguments: JsonObject; scope: 'run' | 'call' },
    { allowed: boolean }
  >('imaginarium/host/approve'),
} as const;
