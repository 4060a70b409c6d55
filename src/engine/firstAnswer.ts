/** Work that is too long for the main thread, in a thread of its own that is started for it. */
import { Worker } from 'node:worker_threads';

/** A text up to here is parsed in less time than a thread takes to start, UTF-16 units. */
export const shortText = 50_000;

/** The first thing that a worker says of `workerData`; null when that takes longer than the limit (milliseconds). */
export async function firstAnswer<T>(entry: string, workerData: unknown, limit: number): Promise<T | null> {
  const worker = new Worker(entry, { workerData });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<T | null>((resolve, reject) => {
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
