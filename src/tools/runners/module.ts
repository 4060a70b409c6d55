/** Calls exports of JavaScript modules, each in a process of its own that stays warm for the next call of the same module. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ModuleRunner } from '../boundTool.ts';
import type { ToolProcesses } from '../processes/toolProcesses.ts';
import { ModuleProcess } from './moduleProcess.ts';
import { CallRefused, type RunCall, type Runner, type RunResult } from './runner.ts';

/** Processes of one module at once. */
const mostProcesses = 4;
/** How long a process without a call lives, milliseconds. */
const idleTime = 4_000;

interface Pool {
  idle: { process: ModuleProcess; timer: NodeJS.Timeout }[];
  busy: number;
  waiting: (() => void)[];
}

export class ModuleCalls implements Runner<ModuleRunner> {
  readonly #processes: ToolProcesses;
  readonly #pools = new Map<string, Pool>();

  constructor(processes: ToolProcesses) {
    this.#processes = processes;
  }

  async run({ bound, spec, args, filling, signal }: RunCall<ModuleRunner>): Promise<RunResult> {
    const path = resolve(bound.folder, spec.module);
    const changed = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => null,
    );
    if (changed === null) throw new CallRefused('unreachable', `The module ${spec.module} is not there.`);
    const env = filling.texts(spec.env);
    // A module that was saved anew is loaded anew: in another process.
    const key = JSON.stringify([bound.folder, path, changed, env]);
    const pool = this.#pools.get(key) ?? { idle: [], busy: 0, waiting: [] };
    this.#pools.set(key, pool);

    const turn = await this.#turn(pool, signal);
    if (!turn) return { status: 'cancelled', content: '', truncated: false };
    let process: ModuleProcess | null = null;
    try {
      process = takeIdle(pool) ?? new ModuleProcess(this.#processes, bound.folder, env);
      return await process.call({ path, exportName: spec.export, args, limit: bound.outputLimit }, signal);
    } finally {
      if (process) this.#giveBack(pool, process);
      pool.busy -= 1;
      pool.waiting.shift()?.();
      if (pool.busy === 0 && pool.idle.length === 0) this.#pools.delete(key);
    }
  }

  async dispose(): Promise<void> {
    for (const pool of this.#pools.values()) for (const { timer } of pool.idle) clearTimeout(timer);
    this.#pools.clear();
  }

  /** Waits until one more process may work; false when the signal was aborted before. */
  async #turn(pool: Pool, signal: AbortSignal): Promise<boolean> {
    while (pool.busy >= mostProcesses && !signal.aborted) {
      const { promise, resolve } = Promise.withResolvers<void>();
      pool.waiting.push(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
      await promise;
      pool.waiting = pool.waiting.filter((one) => one !== resolve);
    }
    if (signal.aborted) {
      // Whoever woke this one meant somebody.
      pool.waiting.shift()?.();
      return false;
    }
    pool.busy += 1;
    return true;
  }

  #giveBack(pool: Pool, process: ModuleProcess): void {
    if (!process.alive) {
      void process.end();
      return;
    }
    const timer = setTimeout(() => {
      pool.idle = pool.idle.filter((one) => one.process !== process);
      void process.end();
    }, idleTime);
    timer.unref();
    pool.idle.push({ process, timer });
  }
}

function takeIdle(pool: Pool): ModuleProcess | null {
  for (let found = pool.idle.pop(); found; found = pool.idle.pop()) {
    clearTimeout(found.timer);
    if (found.process.alive) return found.process;
    void found.process.end();
  }
  return null;
}
