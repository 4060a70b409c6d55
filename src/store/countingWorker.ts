import { Worker } from 'node:worker_threads';
import { UserError } from '../core/errors.ts';
import type { CountingJob, CountingJobs, CountingName } from './counting.ts';
import { tooLong } from './dashboardCounts.ts';
import { workerPath } from './workerPath.ts';

/** What the worker is told. */
export interface CountingTask {
  /** The database. */
  path: string;
  /** False: search with `LIKE` although FTS5 is there. */
  fullText: boolean;
  job: CountingJob;
  /** Milliseconds. */
  timeLimit: number;
}

/** What the worker says: a result, what a person can do something about, or a fault of ours. */
export type CountingAnswer =
  | { result: CountingJobs[CountingName]['result'] }
  | { problem: { message: string; advice: string } }
  | { fault: string };

const defaultTimeLimit = 5000;
/** Beyond its own limit a worker gets this long to say so before it is ended, and to start where it is new. Milliseconds. */
const grace = 1000;
const startLimit = 20_000;
/** A worker that has nothing to do is ended after this long, milliseconds: it takes some 10 MB. */
const idleLimit = 60_000;

/**
 * Counts over one database in a worker, which is kept for the next question since its start takes longer than most answers.
 * One question after the other; one that takes too long is given up, and its worker with it.
 */
export class CountingWorker {
  readonly #path: string;
  readonly #fullText: boolean;
  #worker: Worker | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(path: string, fullText: boolean) {
    this.#path = path;
    this.#fullText = fullText;
  }

  /** Rejects with `UserError`, also when the time is up; milliseconds. */
  ask<Name extends CountingName>(
    name: Name,
    query: CountingJobs[Name]['query'],
    timeLimit = defaultTimeLimit,
  ): Promise<CountingJobs[Name]['result']> {
    const job = { name, query } as CountingJob;
    const turn = this.#turn.then(() => this.#run(job, timeLimit));
    this.#turn = turn.catch(() => undefined);
    return turn as Promise<CountingJobs[Name]['result']>;
  }

  /** Ends the worker; questions that are still open are rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#end();
  }

  async #run(job: CountingJob, timeLimit: number): Promise<CountingJobs[CountingName]['result']> {
    if (this.#closed) throw closed();
    const isNew = this.#worker === null;
    const worker = this.#ready();
    const answer = Promise.withResolvers<CountingAnswer>();
    const onExit = (code: number): void =>
      answer.reject(new Error(`The worker for counts ended with ${code} and no answer.`));
    worker.once('message', answer.resolve).once('error', answer.reject).once('exit', onExit);
    const limit = Math.max(0, timeLimit + grace) + (isNew ? startLimit : 0);
    const timer = setTimeout(() => answer.reject(tooLong()), limit);
    worker.ref();
    const task: CountingTask = { path: this.#path, fullText: this.#fullText, job, timeLimit };
    let said: CountingAnswer;
    try {
      worker.postMessage(task);
      said = await answer.promise;
    } catch (error) {
      void this.#end();
      // However a worker goes down when it is ended: whoever waited hears why.
      throw this.#closed ? closed() : error;
    } finally {
      clearTimeout(timer);
      worker.off('message', answer.resolve).off('error', answer.reject).off('exit', onExit);
      this.#rest();
    }
    return resultOf(said);
  }

  #ready(): Worker {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = null;
    if (this.#worker) return this.#worker;
    const worker = new Worker(workerPath('counting.worker'));
    // Without a listener an error of a worker at rest would end the process.
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = null;
    });
    this.#worker = worker;
    return worker;
  }

  /** A worker at rest keeps no process alive. */
  #rest(): void {
    this.#worker?.unref();
    if (this.#worker) this.#idle = setTimeout(() => void this.#end(), idleLimit).unref();
  }

  async #end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = null;
    await worker?.terminate();
  }
}

function resultOf(answer: CountingAnswer): CountingJobs[CountingName]['result'] {
  if ('result' in answer) return answer.result;
  if ('problem' in answer) throw new UserError(answer.problem.message, answer.problem.advice);
  throw new Error(answer.fault);
}

function closed(): UserError {
  return new UserError('The store is closed.', 'Open the workspace again.');
}
