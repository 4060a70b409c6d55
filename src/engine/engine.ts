import type { Estimate } from '../core/run.ts';
import type { Risk } from '../core/tool.ts';
import type { Example, FailureType, Lesson, Outcome, Trial } from '../core/trial.ts';
import type {
  Catalogue,
  EngineSettings,
  EngineState,
  ExploreParams,
  FailedCall,
  Page,
  PageParams,
  RunSummary,
  TrialRow,
} from '../protocol/engine.ts';
import type { EngineListener, EngineOptions } from './ports.ts';

/**
 * The background process without its wire: catalogue, runs and what was learned. `engine/main.ts` puts it behind the
 * language server, the CLI uses it as it is. Every method that can fail for a reason that a person can mend rejects with
 * `UserError`.
 */
export declare class Engine {
  constructor(options: EngineOptions);

  /** Reads the catalogue and opens the store. A store that cannot be opened is no error: see `state().storeProblem`. */
  open(): Promise<void>;
  /** Stops what runs, ends every tool and service, closes the store. Safe to call twice. */
  dispose(): Promise<void>;

  state(): EngineState;
  /** Pushes go to every listener; the result takes the listener off. */
  onEvent(listener: EngineListener): () => void;

  /** The person has just granted or the editor has withdrawn trust: withdrawing it stops what runs. */
  setTrusted(trusted: boolean): void;
  setSettings(settings: EngineSettings): void;
  setFolders(folders: string[]): Promise<void>;

  catalogue(): Catalogue;
  /**
   * Reads the specs again, because of `changedPath` (absolute) or because of anything. Calls that come close together
   * are one reading. Resolves when the catalogue is up to date; listeners hear of it as an event when it changed.
   */
  refresh(changedPath?: string): Promise<void>;

  /** What a run would take at most, and which of its tools will ask for approval. */
  estimate(params: ExploreParams): Promise<Estimate & { asksFor: { tool: string; risk: Risk }[] }>;
  /** Starts a run; resolves once it is in the database and on its way. */
  explore(params: ExploreParams): Promise<{ runId: string; estimate: Estimate }>;
  /** Resolves when the run has ended, however it did; rejects with `UserError` for an unknown run. */
  finished(runId: string): Promise<RunSummary>;
  /** Stops one run, or all of them; resolves when they have ended. */
  stop(runId?: string): Promise<{ stopped: string[] }>;
  /** Goes on with a run, or with the newest one that can be resumed. `maxCalls` is a new limit for the whole run. */
  resume(runId?: string, raise?: { maxCalls?: number }): Promise<{ runId: string } | { nothing: string }>;

  runs(page: PageParams): Promise<Page<RunSummary>>;
  trials(page: PageParams & { outcome?: Outcome; failed?: boolean; text?: string }): Promise<Page<TrialRow>>;
  trial(id: string): Promise<Trial | null>;
  examples(page: PageParams & { text?: string }): Promise<Page<Example>>;
  failures(page: PageParams & { failureType?: FailureType }): Promise<Page<FailedCall>>;
  lessons(page: PageParams): Promise<Page<Lesson>>;
  nearestExamples(query: string, k: number, tool?: string): Promise<Example[]>;
}
