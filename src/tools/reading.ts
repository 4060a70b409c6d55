/**
 * Specs are read in a worker thread, one after another, each within a time limit: a megabyte of brackets takes seconds to
 * parse, and what a stranger wrote may never come to an end.
 */
import { Worker } from 'node:worker_threads';
import type { SourceResult } from './boundTool.ts';
import { entryPath } from './entryPath.ts';
import type { ReadDefaults } from './formats/format.ts';
import { problemSource } from './source.ts';

export interface ReadingJob {
  folder: string;
  /** Relative to the folder, with `/`. */
  path: string;
  /** Of a file that is too large, its beginning. */
  text: string;
  /** Null: whether it looks like a spec is all that is asked. */
  defaults: ReadDefaults | null;
}

/** What a text says: a source, or null for no spec; of a beginning, whether it looks like one. */
export type ReadingAnswer = { source: SourceResult | null } | { looksLikeSpec: boolean };

/** How it went: `late` means that another attempt may go better. */
export interface Reading {
  source: SourceResult | null;
  late: boolean;
}

interface Waiting {
  job: ReadingJob;
  done: (answer: ReadingAnswer | Failure) => void;
}

type Failure = { failed: string };

/** Time limit for a text of ordinary size, and for each million characters beyond, milliseconds. */
const timeLimit = 1500;
const perMillion = 1000;
/** Time for an answer that lies behind an expired timer, because our own thread was held up. Milliseconds. */
const grace = 20;
/** A worker that has had nothing to do for so long is ended: it would only take memory. Milliseconds. */
const idleLimit = 20_000;

/** Reads specs for the workspace; owned by who reads. The shortest of those that wait is read first. */
export class ReadingThread {
  readonly #waiting: Waiting[] = [];
  readonly #idleLimit: number;
  readonly #entry: string;
  #worker: Promise<Worker> | null = null;
  #busy = false;
  #idle: NodeJS.Timeout | null = null;
  #disposed = false;

  /** @param options `idle`: how long a worker without work is kept, milliseconds; `entry`: for tests, another worker */
  constructor(options: { idle?: number; entry?: string } = {}) {
    this.#idleLimit = options.idle ?? idleLimit;
    this.#entry = options.entry ?? entryPath('./reading.worker.ts', import.meta.url);
  }

  /** Whether there is a worker now. */
  get isWarm(): boolean {
    return this.#worker !== null;
  }

  /** Never rejects: what goes wrong is a problem of the source. */
  async read(job: ReadingJob & { defaults: ReadDefaults }): Promise<Reading> {
    const answer = await this.#ask(job);
    if ('source' in answer) return { source: answer.source, late: false };
    const why = 'failed' in answer ? answer.failed : 'it was not read';
    return { source: problemSource(job.path, job.folder, `The file cannot be read: ${why}.`), late: true };
  }

  /** Whether the beginning of a file that is too large shows that it is a spec. */
  async looksLikeSpec(folder: string, path: string, head: string): Promise<boolean> {
    const answer = await this.#ask({ folder, path, text: head, defaults: null });
    return 'looksLikeSpec' in answer && answer.looksLikeSpec;
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    for (const { done } of this.#waiting.splice(0)) done({ failed: 'reading was ended' });
    await this.#end();
  }

  #ask(job: ReadingJob): Promise<ReadingAnswer | Failure> {
    const { promise, resolve } = Promise.withResolvers<ReadingAnswer | Failure>();
    if (this.#disposed) return Promise.resolve({ failed: 'reading was ended' });
    const longer = this.#waiting.findIndex((one) => one.job.text.length > job.text.length);
    this.#waiting.splice(longer < 0 ? this.#waiting.length : longer, 0, { job, done: resolve });
    if (!this.#busy) void this.#work();
    return promise;
  }

  async #work(): Promise<void> {
    this.#busy = true;
    if (this.#idle) clearTimeout(this.#idle);
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      next.done(await this.#answerOf(next.job));
    }
    this.#busy = false;
    this.#idle = setTimeout(() => void this.#end(), this.#idleLimit).unref();
  }

  async #answerOf(job: ReadingJob): Promise<ReadingAnswer | Failure> {
    let worker: Worker;
    try {
      this.#worker ??= start(this.#entry);
      worker = await this.#worker;
    } catch (error) {
      this.#worker = null;
      return { failed: (error as Error).message };
    }
    const { promise, resolve } = Promise.withResolvers<ReadingAnswer | Failure>();
    const failed = (error: Error): void => resolve({ failed: faultOf(error) });
    const ended = (): void => resolve({ failed: 'reading was ended' });
    const late = (): void => {
      const failure = { failed: 'it takes too long; make it smaller or simpler' };
      timer = setTimeout(() => resolve(failure), grace);
    };
    let timer = setTimeout(late, timeLimit + (job.text.length / 1e6) * perMillion);
    worker.ref();
    worker.once('message', resolve).once('error', failed).once('exit', ended);
    worker.postMessage(job);
    const answer = await promise;
    clearTimeout(timer);
    worker.off('message', resolve).off('error', failed).off('exit', ended);
    worker.unref();
    if ('failed' in answer) await this.#end();
    return answer;
  }

  async #end(): Promise<void> {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = null;
    const ending = this.#worker;
    this.#worker = null;
    const worker = await ending?.catch(() => null);
    // Its last words belong to nobody.
    worker?.on('error', () => undefined);
    await worker?.terminate();
  }
}

async function start(entry: string): Promise<Worker> {
  const worker = new Worker(entry, {
    // 13 MB of OpenAPI take 400 MB for a moment; a young generation as large as usual would only make the engine larger.
    resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 16 },
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  worker.once('message', () => resolve()).once('error', reject);
  await promise.finally(() => worker.off('error', reject));
  worker.unref();
  return worker;
}

function faultOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'it takes too much memory; make it smaller' : error.message;
}
