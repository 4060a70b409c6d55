import type { JsonObject } from '../../core/json.ts';
import type { Observation } from '../../core/trial.ts';
import type { BoundTool, RunnerSpec } from '../boundTool.ts';
import type { Filling } from './filling.ts';

/** How a call ended, before it is timed and redacted. */
export type RunResult = Pick<Observation, 'status' | 'content' | 'truncated'>;

export interface RunCall<Spec extends RunnerSpec> {
  bound: BoundTool;
  spec: Spec;
  args: JsonObject;
  filling: Filling;
  /**
   * Aborted when the call shall end: the runner kills what it started and resolves with what came so far. Whoever aborted
   * knows whether that was a time limit.
   */
  signal: AbortSignal;
  /** Says that the tool is at work: its time limit begins anew, a few times at most. */
  alive?: () => void;
}

/** What executes calls of one kind. Rejects for faults of ours alone, and with `CallRefused`. */
export interface Runner<Spec extends RunnerSpec> {
  run(call: RunCall<Spec>): Promise<RunResult>;
  dispose(): Promise<void>;
}

/** The call could not be made; nothing was run. */
export class CallRefused extends Error {
  readonly status: Observation['status'];

  constructor(status: Observation['status'], message: string) {
    super(message);
    this.status = status;
  }
}
