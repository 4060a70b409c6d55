import { Worker } from 'node:worker_threads';
import { UserError } from '../core/errors.ts';
import { noAggregates, tooLong } from './aggregation.ts';
import type { AggregateQuery, Aggregates } from './api.ts';
import { workerPath } from './workerPath.ts';

/** What the worker is told. */
export interface AggregateTask {
  path: string;
  query: AggregateQuery;
  /** Milliseconds. */
  timeLimit: number;
}

/** What the worker says. `found` is null when there is no database. */
export type AggregateAnswer = { found: Aggregates | null } | { problem: { message: string; advice: string } };

const defaultTimeLimit = 5000;
/** Beyond its own limit a worker gets this long to say so before it is ended. Milliseconds. */
const grace = 1000;

/** Counts over the database at `path`, in a worker. Rejects with `UserError`, also when the time is up. */
export function aggregatesOf(path: string, query: AggregateQuery): Promise<Aggregates> {
  const timeLimit = query.timeLimit ?? defaultTimeLimit;
  const task: AggregateTask = { path, query, timeLimit };
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerPath('aggregates.worker'), { workerData: task });
    const timer = setTimeout(() => {
      reject(tooLong());
      worker.terminate().catch(reject);
    }, timeLimit + grace);
    worker.once('message', (answer: AggregateAnswer) => {
      if ('problem' in answer) reject(new UserError(answer.problem.message, answer.problem.advice));
      else resolve(answer.found ?? noAggregates());
    });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      clearTimeout(timer);
      // Without effect when there was an answer.
      reject(new Error(`The worker for counts ended with ${code} and no answer.`));
    });
  });
}
