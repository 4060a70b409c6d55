import { entryPath } from '../../tools/entryPath.ts';
import { firstAnswer, shortText } from '../firstAnswer.ts';
import { type SpecJob, type SpecJobName, type SpecJobs, specWork } from './specWork.ts';

/** Milliseconds. */
const timeLimit = 10_000;

/** What `specWork` says, worked out beside the main thread where that takes long; null when it took too long. */
export async function specWorkAtLeisure<Name extends SpecJobName>(
  name: Name,
  query: SpecJobs[Name]['query'],
  limit = timeLimit,
): Promise<SpecJobs[Name]['result'] | null> {
  const job = { name, query } as SpecJob;
  if (query.text.length <= shortText) return specWork(job) as SpecJobs[Name]['result'];
  return firstAnswer(entryPath('./spec.worker.ts', import.meta.url), job, limit);
}
