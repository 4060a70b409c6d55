import { UserError } from '../../core/errors.ts';
import type { JobKind } from '../../core/job.ts';
import type { JobWork } from './jobs.ts';

/** The work of each kind of job, those that can be done yet. */
export function jobWorks(works: Partial<Record<JobKind, JobWork>>): Record<JobKind, JobWork> {
  return { verify: later, expand: later, evaluate: later, lift: later, ...works };
}

const later: JobWork = async () => {
  throw new UserError('This cannot be done yet.', 'Wait for the next version.');
};
