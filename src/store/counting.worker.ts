/** Does one job after the other, each on a connection of its own, so that the engine's main thread goes on answering. */
import { parentPort } from 'node:worker_threads';
import { UserError } from '../core/errors.ts';
import { count } from './counting.ts';
import type { CountingAnswer, CountingTask } from './countingWorker.ts';
import { deadlineOf } from './dashboardCounts.ts';
import { emptyDatabase, openForReading } from './openDatabase.ts';
import { Tables } from './tables.ts';

async function answer({ path, fullText, job, timeLimit }: CountingTask): Promise<CountingAnswer> {
  try {
    const connection = (await openForReading(path)) ?? emptyDatabase();
    try {
      const inTime = deadlineOf(performance.now() + timeLimit, () => performance.now());
      return { result: count(new Tables(connection, fullText), job, inTime) };
    } finally {
      connection.close();
    }
  } catch (error) {
    if (error instanceof UserError) return { problem: { message: error.message, advice: error.advice } };
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', (task: CountingTask) => {
  void answer(task).then((message) => parentPort?.postMessage(message));
});
