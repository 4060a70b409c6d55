/** Insertion into long documents, in a thread of its own: one question, one answer. */
import { parentPort, workerData } from 'node:worker_threads';
import { insertion } from './index.ts';
import type { InsertionTask } from './longDocuments.ts';

const { place, examples, tools, lessons }: InsertionTask = workerData;
parentPort?.postMessage(insertion(place, examples, tools, lessons));
