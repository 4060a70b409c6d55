import { parentPort, workerData } from 'node:worker_threads';
import type { ReadingJob } from './reading.ts';
import { readSource } from './source.ts';

const { folder, path, text, defaults } = workerData as ReadingJob;
parentPort?.postMessage(readSource(folder, path, text, defaults));
