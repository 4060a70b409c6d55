import type { Budget, Run, RunStatus } from '../../core/run.ts';
import type { Store } from '../../store/index.ts';
import { WrongRequest } from '../errors.ts';

/** What may differ from the run that is resumed. */
export interface ResumeChanges {
  /** New limits for the whole run, what it used before included. */
  budget?: Partial<Budget>;
  /** Take the limits that hold for new runs now, where they are higher: for a run whose budget is used up. */
  raised?: true;
  /** The model has moved. */
  baseUrl?: string;
}

const resumable: ReadonlySet<RunStatus> = new Set(['stopped', 'budget', 'failed', 'interrupted']);
const pageSize = 100;

/** Whether a run that ended so can go on. */
export function isResumable({ status }: Pick<Run, 'status'>): boolean {
  return resumable.has(status);
}

/**
 * The named run, or the newest that can be resumed; or why there is nothing to do. Throws `WrongRequest` for an unknown
 * id.
 */
export function findResumable(store: Store, runId: string | undefined): { run: Run } | { nothing: string } {
  if (runId === undefined) {
    const run = newestResumable(store);
    return run ? { run } : { nothing: 'Nothing to resume: no run was stopped or cut off.' };
  }
  const run = store.run(runId);
  if (!run) throw new WrongRequest(`There is no run "${runId}".`, 'Leave the id out to resume the newest.');
  if (isResumable(run)) return { run };
  const why = run.status === 'running' ? 'is under way' : 'has finished';
  return { nothing: `Nothing to resume: the run ${run.id} ${why}.` };
}

function newestResumable(store: Store): Run | null {
  let after: string | undefined;
  do {
    const page = store.runs({ limit: pageSize, order: 'newest', ...(after === undefined ? {} : { after }) });
    const run = page.rows.find(isResumable);
    if (run) return run;
    after = page.next ?? undefined;
  } while (after !== undefined);
  return null;
}
