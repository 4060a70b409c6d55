import type { Usage } from './message.ts';
import type { Example, FailureType, Fix, Outcome, Step } from './trial.ts';

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
  /** A model played the tool. */
  simulated?: true;
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
  /** The call of the same trial that worked after it; null when none did. */
  fix: Fix | null;
  /** What was learned from it; null when nothing was. */
  lesson: string | null;
  /** A model played the tool. */
  simulated?: true;
}

/** A page of a list that is read by key. */
export interface Page<T> {
  rows: T[];
  /** What to pass as `after` for the page that follows; null when there is no more. */
  next: string | null;
}

/** Which trials count; what is left out lets all through. Lists show what belongs to these trials. */
export interface TrialFilter {
  tool?: string;
  runId?: string;
  outcome?: Outcome;
  /** Trials with a failed call of this type; in the list of failed calls, those calls alone. */
  failureType?: FailureType;
  /** Trials by sequence number, both ends included. */
  from?: number;
  to?: number;
  /** Trials with a call that gave this argument (JSON Pointer), and where `value` is there, this value (its JSON text). */
  argument?: { pointer: string; value?: string };
  /** All of these words stand in the query. */
  text?: string;
  /** True: only what a model played; false: only what was really called. */
  simulated?: boolean;
}

export type DashboardQuery = Pick<TrialFilter, 'tool' | 'runId' | 'simulated'>;

/** A stretch of the learning curve. */
export interface CurvePoint {
  /** Trials up to and with this stretch. */
  trials: number;
  inStretch: number;
  fulfilled: number;
  /** Sequence numbers of its first and last trial. */
  from: number;
  to: number;
}

/** How often calls gave an argument, or a value of it, and how often such a call failed. */
export interface CoverageMark {
  /** JSON Pointer of the argument. */
  pointer: string;
  /** JSON text of the value; null for the argument whatever its value. */
  value: string | null;
  calls: number;
  failed: number;
  /** The schema lists it (a parameter, a value of an enum or a boolean); false for what calls gave beyond it. */
  listed: boolean;
}

/** How much of a tool's schema calls have touched. */
export interface ToolCoverage {
  tool: string;
  covered: number;
  cells: number;
}

/** What the dashboard draws. */
export interface Dashboard {
  outcomes: Record<Outcome, number>;
  failures: { type: FailureType; calls: number }[];
  curve: CurvePoint[];
  /** Of one tool: its parameters and values, in the order of the schema, each parameter before its values. */
  coverage: CoverageMark[];
  /** Of all tools, when none is asked for: those with trials, the least covered first. */
  coverageByTool: ToolCoverage[];
  runs: number;
  /** Calls of tools. */
  toolCalls: number;
  /** What the language models took for these trials; `usd` is null where a price is not known. */
  usage: Usage;
  examples: number;
  lessons: number;
  /**
   * How many of the trials of the tool and run a model played, and whether it is these that are counted: where they are all
   * there is, or are asked for. Else they are left out, since they say nothing about the real tools. Absent for none.
   */
  simulated?: { trials: number; of: number; shown: boolean };
}

export type ListName = 'examples' | 'failures' | 'trials';

export interface ListOrder {
  by: 'time' | 'tool' | 'query' | 'type' | 'duration';
  descending: boolean;
}

/** The badge of an example: what it changes for the queries that go with it. */
export interface LiftMark {
  example: string;
  /** -1 to 1, with its 95 % interval. */
  lift: number;
  low: number;
  high: number;
  queries: number;
  mark: '+' | '0' | '−';
}

export interface ExampleRow {
  id: number;
  example: Example;
  /** Its tool's spec is another now than when it was learned. */
  stale: boolean;
  /** What it is worth; absent where nobody has measured it. */
  lift?: LiftMark;
  /** When its trial began, milliseconds since 1970; null where that trial is not in the log (a person wrote it, or the log is another). */
  at: number | null;
}

export interface FailedCallRow {
  id: number;
  failedCall: FailedCall;
  /** When its trial began, milliseconds since 1970. */
  at: number;
  /** The example that its trial left all the same: with the calls that worked in the end. */
  exampleId: string | null;
}

export interface ListedTrial {
  id: number;
  trial: TrialRow;
}

/** A row of a list with its id in that list. */
export type ListRow = ExampleRow | FailedCallRow | ListedTrial;
