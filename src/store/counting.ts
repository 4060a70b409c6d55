/** What runs over many rows, as it is asked of a worker and answered there. */
import type { Contradiction } from '../core/contradictions/index.ts';
import type { Dashboard } from '../core/rows.ts';
import { type ContradictionQuery, findContradictions } from './contradictions.ts';
import { countDashboard, type DashboardParams, type InTime } from './dashboardCounts.ts';
import { type ListIds, type ListQuery, listIds } from './listIds.ts';
import type { Tables } from './tables.ts';

export interface CountingJobs {
  dashboard: { query: DashboardParams; result: Dashboard };
  list: { query: ListQuery; result: ListIds };
  contradictions: { query: ContradictionQuery; result: Contradiction[] };
}

export type CountingName = keyof CountingJobs;

export type CountingJob = {
  [Name in CountingName]: { name: Name; query: CountingJobs[Name]['query'] };
}[CountingName];

/** Does one job. Throws `UserError` when `inTime` does. */
export function count(
  tables: Tables,
  job: CountingJob,
  inTime: InTime,
): CountingJobs[CountingName]['result'] {
  if (job.name === 'dashboard') return countDashboard(tables, job.query, inTime);
  if (job.name === 'contradictions') return findContradictions(tables, job.query, inTime);
  return listIds(tables, job.query);
}

/** The same without a worker and without a limit, for a database with next to nothing in it. */
export function countHere<Name extends CountingName>(
  tables: Tables,
  name: Name,
  query: CountingJobs[Name]['query'],
): CountingJobs[Name]['result'] {
  return count(tables, { name, query } as CountingJob, () => undefined) as CountingJobs[Name]['result'];
}
