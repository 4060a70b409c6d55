/** Reads one text after another, as `reading.ts` asks. */
import { parentPort } from 'node:worker_threads';
import type { ReadingAnswer, ReadingJob } from './reading.ts';
import { looksLikeSpec, readSpec } from './source.ts';

function answerTo({ folder, path, text, defaults }: ReadingJob): ReadingAnswer {
  if (defaults === null) return { looksLikeSpec: looksLikeSpec(folder, path, text) };
  return { source: readSpec(folder, path, text, defaults) };
}

parentPort?.on('message', (job: ReadingJob) => parentPort?.postMessage(answerTo(job)));
// It is loaded: the time that loading takes is no job's.
parentPort?.postMessage('ready');
