/** Runs one aggregate query on a connection of its own, so that the engine's main thread goes on answering. */
import { parentPort, workerData } from 'node:worker_threads';
import { UserError } from '../core/errors.ts';
import type { AggregateAnswer, AggregateTask } from './aggregates.ts';
import { aggregate } from './aggregation.ts';
import { openForReading } from './openDatabase.ts';

const task = workerData as AggregateTask;

async function answer(): Promise<AggregateAnswer> {
  try {
    const connection = await openForReading(task.path);
    if (connection === null) return { found: null };
    try {
      const deadline = performance.now() + task.timeLimit;
      return { found: aggregate(connection, task.query, deadline, () => performance.now()) };
    } finally {
      connection.close();
    }
  } catch (error) {
    if (error instanceof UserError) return { problem: { message: error.message, advice: error.advice } };
    throw error;
  }
}

// The bundle is CommonJS, which awaits nothing at its top level. A rejection ends the worker with that error.
void answer().then((message) => parentPort?.postMessage(message));
