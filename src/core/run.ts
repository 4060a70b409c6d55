import type { Usage } from './chat.ts';
import type { ExploreSettings } from './settings.ts';

/** Limits of a run; null is no limit. Estimated before the start, reserved before each model call. */
export interface Budget {
  modelCalls: number | null;
  tokens: number | null;
  /** US dollars. Refused at the start when the model's price is not known. */
  usd: number | null;
}

/** What a run will take at most, before it starts. */
export interface Estimate {
  tools: number;
  /** How many of the tools are played by the model, which costs model calls; absent for none. */
  simulated?: number;
  trials: number;
  modelCalls: number;
  tokens: number;
  usd: number | null;
}

/** `interrupted`: its process died; it can be resumed, as can `stopped`, `budget` and `failed`. */
export type RunStatus = 'running' | 'finished' | 'stopped' | 'budget' | 'failed' | 'interrupted';

/** One exploration started by one command. */
export interface Run {
  id: string;
  status: RunStatus;
  /** Ids of the tools, in the order in which they are explored. */
  tools: string[];
  /** Those that a model plays, so that a resumed run plays the same; absent for none. */
  simulated?: string[];
  settings: ExploreSettings;
  budget: Budget;
  estimate: Estimate;
  /** The model, so that Resume can ask the same one: never a key. */
  model: { id: string; label: string; baseUrl: string | null; isLanguageModel: boolean };
  seed: number;
  concurrency: number;
  /** Folder of prompt texts given with `--prompts`; null for our own. */
  promptsDir: string | null;
  /** What the person allowed for the whole run, so that a resumed run does not widen it. */
  allowWrites: boolean;
  /** Trials of earlier runs that count as long-term memory: those with a sequence number up to this. 0 for none. */
  memoryUpTo: number;
  /** Milliseconds since 1970. */
  startedAt: number;
  endedAt: number | null;
  usage: Usage;
  /** What ended it, when it failed. */
  error: { message: string; advice: string } | null;
}

/** What a run has brought so far. */
export interface RunCounts {
  trials: number;
  examples: number;
  /** Steps with a failure. */
  failures: number;
  lessons: number;
  /** Trials in which a model played the tool; absent for none. */
  simulated?: number;
}
