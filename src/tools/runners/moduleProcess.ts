import type { JsonObject } from '../../core/json.ts';
import { entryPath } from '../entryPath.ts';
import type { ToolProcess, ToolProcesses } from '../processes/toolProcesses.ts';
import { drain, Output } from './output.ts';
import type { RunResult } from './runner.ts';

export interface ModuleRequest {
  id: number;
  /** Absolute path of the module. */
  path: string;
  exportName: string;
  args: JsonObject;
  /** Of the result, bytes. */
  limit: number;
}

/** `broken`: the module could not be loaded, or does not export what was asked for. */
export interface ModuleAnswer {
  id: number;
  status: 'ok' | 'threw' | 'broken';
  content: string;
  truncated: boolean;
}

/** What a module wrote to its error output before it died is kept up to this, bytes. */
const lastWords = 4096;

/** One warm process that calls exports of a module. */
export class ModuleProcess {
  readonly #process: ToolProcess;
  readonly #died: Promise<string>;
  readonly #errors = new Output(lastWords);
  #count = 0;
  #alive = true;

  constructor(processes: ToolProcesses, cwd: string, env: Record<string, string>) {
    this.#process = processes.start({
      program: process.execPath,
      args: [entryPath('./moduleHost.process.ts', import.meta.url)],
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const { child } = this.#process;
    drain(child.stdout, new Output(0));
    drain(child.stderr, this.#errors);
    this.#died = new Promise((resolve) => {
      child.once('error', (error) => resolve(`The module's process could not be started: ${error.message}`));
      child.once('close', (code, signal) => {
        const how = signal ? `was killed by ${signal}` : `ended with exit code ${code}`;
        const words = this.#errors.text().trimEnd();
        resolve(`The module's process ${how}.${words === '' ? '' : `\n${words}`}`);
      });
      child.once('exit', () => {
        this.#alive = false;
      });
    });
    // Between calls it must not keep the engine from ending.
    this.#hold(false);
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** One call; a second one waits for nobody and must not be made. When the signal is aborted the process is no longer usable. */
  async call(request: Omit<ModuleRequest, 'id'>, signal: AbortSignal): Promise<RunResult> {
    const { child } = this.#process;
    const id = ++this.#count;
    const { promise, resolve } = Promise.withResolvers<RunResult>();
    const hear = (message: unknown): void => {
      const answer = readAnswer(message);
      if (answer?.id === id) resolve(resultOf(answer));
    };
    const abort = (): void => resolve({ status: 'cancelled', content: '', truncated: false });
    signal.addEventListener('abort', abort, { once: true });
    child.on('message', hear);
    void this.#died.then((content) => resolve({ status: 'tool_fault', content, truncated: false }));
    this.#hold(true);
    if (child.connected) child.send({ ...request, id } satisfies ModuleRequest, () => undefined);
    const result = await promise;
    child.off('message', hear);
    signal.removeEventListener('abort', abort);
    this.#hold(false);
    if (signal.aborted) await this.end();
    return result;
  }

  end(): Promise<void> {
    this.#alive = false;
    return this.#process.end();
  }

  #hold(busy: boolean): void {
    const { child } = this.#process;
    const streams = [child, child.channel, child.stdout, child.stderr] as ({
      ref?(): void;
      unref?(): void;
    } | null)[];
    for (const one of streams) {
      if (busy) one?.ref?.();
      else one?.unref?.();
    }
  }
}

/** The channel is the module's too: what comes over it may be anything. */
function readAnswer(message: unknown): ModuleAnswer | null {
  if (typeof message !== 'object' || message === null) return null;
  const { id, status, content, truncated } = message as Partial<Record<keyof ModuleAnswer, unknown>>;
  if (typeof id !== 'number' || typeof content !== 'string') return null;
  if (status !== 'ok' && status !== 'threw' && status !== 'broken') return null;
  return { id, status, content, truncated: truncated === true };
}

function resultOf({ status, content, truncated }: ModuleAnswer): RunResult {
  const named = { ok: 'ok', threw: 'rejected', broken: 'unreachable' } as const;
  return { status: named[status], content: content.replaceAll('\0', '\u2400'), truncated };
}
