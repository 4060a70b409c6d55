/** Large sources are read in a worker thread, with a time limit: a megabyte of brackets takes seconds to parse. */
import { Worker } from 'node:worker_threads';
import type { SourceResult } from './boundTool.ts';
import { entryPath } from './entryPath.ts';
import type { ReadDefaults } from './formats/format.ts';
import { problemSource } from './source.ts';

/** Milliseconds. */
const timeLimit = 10_000;

export interface ReadingJob {
  folder: string;
  path: string;
  text: string;
  defaults: ReadDefaults;
}

/** Like `readSource`, beside the main thread. Rejects when the signal is aborted. */
export function readInWorker(
  folder: string,
  path: string,
  text: string,
  defaults: ReadDefaults,
  signal?: AbortSignal,
): Promise<SourceResult> {
  const job: ReadingJob = { folder, path, text, defaults };
  const { promise, resolve, reject } = Promise.withResolvers<SourceResult>();
  const worker = new Worker(entryPath('./reading.worker.ts', import.meta.url), {
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  const fail = (why: string): void =>
    resolve(problemSource(path, folder, `The file cannot be read: ${why}.`));
  const timer = setTimeout(() => fail('it takes too long; make it smaller'), timeLimit);
  const abort = (): void => reject(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  worker.once('message', resolve);
  worker.once('error', (error) => fail(error.message));
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    return worker.terminate();
  });
}
