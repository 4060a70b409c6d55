import type { FailureType, Outcome, Step } from './trial.ts';

/** A trial as lists show it. */
export interface TrialRow {
  id: string;
  runId: string;
  tool: string;
  episode: number;
  trial: number;
  query: string;
  outcome: Outcome;
  toolCalls: number;
  failures: FailureType[];
  /** It left an example. */
  example: boolean;
  /** Milliseconds since 1970. */
  startedAt: number;
  /** Duration in milliseconds. */
  ms: number;
}

/** One step that went wrong. */
export interface FailedCall {
  trialId: string;
  tool: string;
  /** Index of the step in its trial, from 0. */
  step: number;
  query: string;
  details: Step;
}

/** A page of a list that is read by key. */
export interface Page<T> {
  rows: T[];
  /** What to pass as `after` for the page that follows; null when there is no more. */
  next: string | null;
}
