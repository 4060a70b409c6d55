import type { Call, Failure, Fix, Lesson } from '../trial.ts';

/** A query explored before, with the verdict of its reflection. */
export interface ExploredQuery {
  query: string;
  solved: boolean;
}

/** A call made before, with what came of it. */
export interface PastCall {
  trialId: string;
  call: Call;
  failure: Failure | null;
  /** The tool took it. A call may have a schema failure and be taken all the same. */
  ok: boolean;
}

/** Long-term memory of one tool: what all trials before this moment left. The paper's is `queries` alone. */
export interface ToolMemory {
  queries: ExploredQuery[];
  calls: PastCall[];
  lessons: Lesson[];
  fixes: Fix[];
  /** Coverage cells that calls have touched, by `cellKey`. */
  covered: string[];
  /** The run of the newest trial, and how many of its trials in a row, the newest included, taught nothing new. */
  newest: { runId: string; quiet: number } | null;
}
