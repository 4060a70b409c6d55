import { Worker } from 'node:worker_threads';
import { entryPath } from '../../tools/entryPath.ts';
import { type SpecJob, type SpecJobName, type SpecJobs, specWork } from './specWork.ts';

/** Parsing a text up to here takes less time than the start of a thread, UTF-16 units. */
const short = 50_000;
/** Milliseconds. */
const timeLimit = 10_000;

/** What `specWork` says, worked out beside the main thread where that takes long; null when it took too long. */
export async function specWorkAtLeisure<Name extends SpecJobName>(
  name: Name,
  query: SpecJobs[Name]['query'],
  limit = timeLimit,
): Promise<SpecJobs[Name]['result'] | null> {
  const job = { name, query } as SpecJob;
  if (query.text.length <= short) return specWork(job) as SpecJobs[Name]['result'];
  const worker = new Worker(entryPath('./spec.worker.ts', import.meta.url), { workerData: job });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<SpecJobs[Name]['result'] | null>((resolve, reject) => {
      timer = setTimeout(resolve, limit, null);
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('The thread ended without an answer.')));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
