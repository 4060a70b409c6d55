/** What the editor's features in spec files carry beside the Language Server Protocol: the extension writes their words. */
import type { ServerState } from '../core/source.ts';

/** What a CodeLens is about, in its `data`; the extension makes the lenses of it that a person reads. */
export type LensData =
  | {
      kind: 'tool';
      /** Id of the tool. */
      tool: string;
      runnable: boolean;
      examples: number;
      failures: number;
      /** What of these stems from trials in which a model played the tool; absent for none. */
      simulated?: { examples: number; failures: number };
    }
  | {
      kind: 'server';
      /** The source whose tools are those of the server: folder (absolute) and name. */
      folder: string;
      path: string;
      status: ServerState['status'];
      tools: number;
    };

/** What a code action at a learned problem does, in its `data`. */
export type ProblemActionData =
  | { action: 'propose'; problem: string }
  | { action: 'dismiss'; problem: string }
  /** `place` of the trial: `2.3` is the third trial of the second episode. */
  | { action: 'openTrial'; trial: string; place: string };

/** The `code` of a diagnostic that trials brought; its `data` is this. */
export const learnedCode = 'learned';

export interface LearnedData {
  /** Id of the problem. */
  problem: string;
  /** Ids of the trials that show it, the newest first; a few. */
  trials: string[];
  /** Whether a change of the spec can be proposed. */
  proposes: boolean;
}

/** Scheme of documents that show what a file would become; the `when` clauses of `package.json` name it, too. */
export const proposalScheme = 'imaginarium-proposal';
