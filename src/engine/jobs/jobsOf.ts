/** Work on what was explored, put together: the jobs, and what begins and estimates those of each kind. */
import type { Embedder } from '../../core/exploit/choose/index.ts';
import { isOfEditor } from '../catalogue/editorTools.ts';
import type { EventBatches } from '../events.ts';
import type { EngineOptions } from '../ports.ts';
import type { ToolCaller } from '../runs/toolCalls.ts';
import type { StoreHolder } from '../storeHolder.ts';
import type { Workspace } from '../workspace.ts';
import { evaluateWork } from './evaluate/evaluateWork.ts';
import { Evaluations } from './evaluate/evaluations.ts';
import { liftWork } from './evaluate/liftWork.ts';
import { expandWork } from './expand/expandWork.ts';
import { Expansions } from './expand/expansions.ts';
import { Jobs } from './jobs.ts';
import { Verifications } from './verify/verifications.ts';
import { verifyWork } from './verify/work.ts';

/** What jobs need of the engine around them. */
export interface JobsNeed {
  options: EngineOptions;
  events: EventBatches;
  workspace: Workspace;
  caller: ToolCaller;
  /** Another one when the first workspace folder changes. */
  stores: () => StoreHolder;
  /** What compares queries by their meaning; null where no model is set for that. */
  embedder: (asked: { embeddingModel?: string; baseUrl?: string }) => Promise<Embedder | null>;
}

export function jobsOf({ options, events, workspace, caller, stores, embedder }: JobsNeed): {
  jobs: Jobs;
  verifications: Verifications;
  expansions: Expansions;
  evaluations: Evaluations;
} {
  const tools = async () => {
    await workspace.complete();
    return workspace.tools;
  };
  const jobs = new Jobs({
    options,
    events,
    stores,
    works: {
      verify: verifyWork({ caller, tools }),
      expand: expandWork(async () => (await tools()).map(({ tool }) => tool)),
      evaluate: evaluateWork((job, store) => evaluations.plan(job.params, store)),
      lift: liftWork((job, store) => evaluations.liftPlan(job.params, store)),
    },
  });
  const around = {
    options,
    stores,
    tools,
    begin: (start: Parameters<Jobs['start']>[0]) => jobs.start(start),
  };
  const evaluations: Evaluations = new Evaluations({
    options,
    stores,
    jobs: () => jobs,
    embedder,
    tools: async () => {
      await workspace.complete();
      return workspace.index.tools.filter((bound) => !isOfEditor(bound)).map(({ tool }) => tool);
    },
  });
  return {
    jobs,
    evaluations,
    verifications: new Verifications({ ...around, changed: () => workspace.countsChanged() }),
    expansions: new Expansions(around),
  };
}
