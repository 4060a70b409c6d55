import type { Asking } from './asking.ts';

/** What the rows of the view Runs need beside their own data. */
export interface RunsContext {
  asking: Asking;
  /** This window's engine works on the run, or did. */
  isOwn(runId: string): boolean;
  /** It goes on, in the engine or as soon as there is one again. */
  isUnderWay(runId: string): boolean;
  /** Milliseconds since 1970. */
  now(): number;
}
