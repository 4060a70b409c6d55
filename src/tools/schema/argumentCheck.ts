/**
 * Checks arguments against schemas in a worker thread, one after another, each within a time limit: a pattern such as
 * `^(a+)+$` can take for ever.
 */
import { Worker } from 'node:worker_threads';
import type { JsonObject } from '../../core/json.ts';
import type { Tool } from '../../core/tool.ts';
import type { Failure } from '../../core/trial.ts';
import { entryPath } from '../entryPath.ts';

export interface CheckRequest {
  specHash: string;
  schema: JsonObject;
  args: JsonObject;
}

export interface CheckAnswer {
  failures: Failure[];
  /** Why the schema cannot be used. */
  problem: string | null;
}

/** A schema is given up when it was late this often: once may be the machine's fault. */
const mostLate = 2;
/** Time for an answer that lies behind an expired timer, because our own thread was held up. Milliseconds. */
const grace = 20;

/** Answers that are kept: models repeat themselves. */
const mostRemembered = 256;

export class ArgumentCheck {
  readonly #timeLimit: number;
  readonly #log: (line: string) => void;
  /** Schemas that cannot be checked, by spec hash. */
  readonly #unchecked = new Set<string>();
  /** How often a schema was late. */
  readonly #late = new Map<string, number>();
  readonly #remembered = new Map<string, Failure[]>();
  #worker: Promise<Worker> | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #disposed = false;

  /** @param timeLimit of one check, milliseconds */
  constructor(log: (line: string) => void, timeLimit = 500) {
    this.#log = log;
    this.#timeLimit = timeLimit;
  }

  /** Failures, the gravest first; none when a schema cannot be checked in time (which is logged). */
  async check(tool: Tool, args: JsonObject): Promise<Failure[]> {
    if (this.#unchecked.has(tool.specHash)) return [];
    const key = `${tool.specHash} ${JSON.stringify(args)}`;
    const known = this.#remembered.get(key);
    if (known) return structuredClone(known);
    const turn = this.#last.then(() => this.#ask(tool, args));
    this.#last = turn.catch(() => undefined);
    const failures = await turn;
    if (!failures) return [];
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size >= mostRemembered && oldest !== undefined) this.#remembered.delete(oldest);
    this.#remembered.set(key, failures);
    return structuredClone(failures);
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    const worker = await this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  /** Null when there was no answer. */
  async #ask(tool: Tool, args: JsonObject): Promise<Failure[] | null> {
    if (this.#disposed || this.#unchecked.has(tool.specHash)) return null;
    this.#worker ??= start();
    const worker = await this.#worker.catch((error: unknown) => {
      this.#worker = null;
      throw error;
    });
    worker.ref();
    const { promise, resolve } = Promise.withResolvers<CheckAnswer | 'late' | 'died'>();
    const died = (): void => resolve('died');
    const late = (): void => {
      timer = setTimeout(() => resolve('late'), grace);
    };
    let timer = setTimeout(late, this.#timeLimit);
    worker.once('message', resolve).once('error', died).once('exit', died);
    worker.postMessage({ specHash: tool.specHash, schema: tool.parameters, args } satisfies CheckRequest);
    const answer = await promise;
    clearTimeout(timer);
    worker.off('message', resolve).off('error', died).off('exit', died);
    worker.unref();
    if (typeof answer === 'string') {
      this.#worker = null;
      // Its last words belong to nobody.
      worker.on('error', () => undefined);
      await worker.terminate();
      if (!this.#disposed) this.#wasLate(tool);
      return null;
    }
    if (answer.problem !== null) this.#giveUp(tool, `its schema cannot be used: ${answer.problem}`);
    return answer.failures;
  }

  #wasLate(tool: Tool): void {
    const times = (this.#late.get(tool.specHash) ?? 0) + 1;
    this.#late.set(tool.specHash, times);
    if (times >= mostLate) this.#giveUp(tool, 'its schema could not be checked in time');
    else this.#log(`Arguments of "${tool.name}" were not checked before a call: its schema took too long.`);
  }

  #giveUp(tool: Tool, why: string): void {
    this.#unchecked.add(tool.specHash);
    this.#log(`Arguments of "${tool.name}" are no longer checked before a call: ${why}.`);
  }
}

async function start(): Promise<Worker> {
  const worker = new Worker(entryPath('./validation.worker.ts', import.meta.url), {
    // It has little to do at a time: a young generation as large as usual would only make the engine larger.
    resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 4 },
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  worker.once('message', () => resolve()).once('error', reject);
  await promise.finally(() => worker.off('error', reject));
  worker.unref();
  return worker;
}
