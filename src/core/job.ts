import type { Usage } from './chat.ts';
import type { JsonObject } from './json.ts';
import type { Budget, RunStatus } from './run.ts';

/**
 * What is done with what was explored. `verify`: judges examples, and runs again what a changed spec has made stale.
 * `expand`: paraphrases and abstentions. `evaluate`: the same queries under several conditions. `lift`: what each example
 * is worth.
 */
export type JobKind = 'verify' | 'expand' | 'evaluate' | 'lift';

/** One piece of such work started by one command: durable step by step, so that it can be resumed. */
export interface Job {
  id: string;
  kind: JobKind;
  status: RunStatus;
  /** What was asked for, whole, so that a resumed job does the same. Never a key. */
  params: JsonObject;
  budget: Budget;
  /** The model; null where none is asked. */
  model: { id: string; label: string; baseUrl: string | null; isLanguageModel: boolean } | null;
  /** Steps done, and how many there are as far as is known. */
  done: number;
  of: number;
  /** What came out of it, once it is known; its shape belongs to the kind. */
  result: JsonObject | null;
  usage: Usage;
  /** Milliseconds since 1970. */
  startedAt: number;
  endedAt: number | null;
  error: { message: string; advice: string } | null;
}
