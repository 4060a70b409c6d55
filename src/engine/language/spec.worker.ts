/** Work on long specs, in a thread of its own: one job, one answer. */
import { parentPort, workerData } from 'node:worker_threads';
import { type SpecJob, specWork } from './specWork.ts';

parentPort?.postMessage(specWork(workerData as SpecJob));
