/** Makes calls to tools, whatever runs them, and checks arguments. One of it an engine. */
import type { JsonObject } from '../core/json.ts';
import type { Tool } from '../core/tool.ts';
import type { Failure, Observation } from '../core/trial.ts';
import type { BoundTool, RunnerSpec } from './boundTool.ts';
import { ToolProcesses } from './processes/toolProcesses.ts';
import { CommandCalls } from './runners/command.ts';
import { type EditorCaller, EditorCalls } from './runners/editor.ts';
import { type FillingSources, fillingFor, textsOf } from './runners/filling.ts';
import { HttpCalls } from './runners/http.ts';
import { ModuleCalls } from './runners/module.ts';
import { CallRefused, type RunCall, type RunResult } from './runners/runner.ts';
import { ArgumentCheck } from './schema/argumentCheck.ts';
import { Secrets } from './secrets.ts';
import { Services } from './services.ts';

export interface ToolHostOptions {
  /** Asked before every call: without trust nothing is run, no service is started, no network is touched. */
  trusted: () => boolean;
  /** The value of a secret; null when there is none. */
  secret: (name: string) => Promise<string | null>;
  /** Where PATH, HOME, LANG and `${env:NAME}` come from; the engine's own environment if left out. */
  env?: NodeJS.ProcessEnv;
  /** The editor, for calls of its tools; absent in a terminal. */
  editor?: EditorCaller;
  log?: (line: string) => void;
}

export class ToolHost {
  readonly #trusted: () => boolean;
  readonly #env: NodeJS.ProcessEnv;
  readonly #secrets: Secrets;
  readonly #processes: ToolProcesses;
  readonly #services: Services;
  readonly #command: CommandCalls;
  readonly #module: ModuleCalls;
  readonly #http = new HttpCalls();
  readonly #checks: ArgumentCheck;
  readonly #editor: EditorCalls;
  readonly #ending = new AbortController();
  readonly #calls = new Set<Promise<unknown>>();

  constructor(options: ToolHostOptions) {
    const log = options.log ?? (() => undefined);
    this.#trusted = options.trusted;
    this.#env = options.env ?? process.env;
    this.#secrets = new Secrets(options.secret);
    this.#processes = new ToolProcesses(this.#env);
    this.#services = new Services(this.#processes, this.#sources(), (line) =>
      log(this.#secrets.redact(line, false)),
    );
    this.#command = new CommandCalls(this.#processes);
    this.#module = new ModuleCalls(this.#processes);
    this.#checks = new ArgumentCheck(log);
    this.#editor = new EditorCalls(options.editor ?? null, (tool, args) => this.check(tool, args));
  }

  /**
   * Makes a call. Never rejects for what a tool does. When the signal is aborted, the tool is killed with all that it
   * started, and the observation is `cancelled`.
   */
  async call(bound: BoundTool, args: JsonObject, options: { signal: AbortSignal }): Promise<Observation> {
    const start = performance.now();
    const call = this.#call(bound, args, AbortSignal.any([options.signal, this.#ending.signal]));
    this.#calls.add(call);
    try {
      const { status, content, truncated } = await call;
      return {
        status,
        content: this.#secrets.redact(content, truncated),
        ms: performance.now() - start,
        truncated,
      };
    } finally {
      this.#calls.delete(call);
    }
  }

  /** Failures of the arguments against the tool's schema, the gravest first; none for a schema that takes too long. */
  check(tool: Tool, args: JsonObject): Promise<Failure[]> {
    return this.#checks.check(tool, args);
  }

  /** Ends every call, tool and service. */
  async dispose(): Promise<void> {
    this.#ending.abort();
    await Promise.allSettled(this.#calls);
    await Promise.all([
      this.#services.dispose(),
      this.#module.dispose(),
      this.#http.dispose(),
      this.#checks.dispose(),
    ]);
    await this.#processes.dispose();
  }

  async #call(bound: BoundTool, args: JsonObject, signal: AbortSignal): Promise<RunResult> {
    const { runner } = bound;
    if (!this.#trusted()) return plain('blocked', 'Not run: this workspace is not trusted.');
    if (signal.aborted) return cancelled;
    if (!runner)
      return plain('not_run', `Not run: ${bound.notRunnable ?? 'nothing is named that can run it.'}`);
    const start = performance.now();
    try {
      const sources = { ...this.#sources(), service: (name: string) => this.#services.values(bound, name) };
      const filling = await until(signal, fillingFor(textsOf(runner), args, sources));
      if (!filling) return cancelled;
      const result = await this.#runInTime(bound, { bound, spec: runner, args, filling, signal });
      const dead = result.status === 'unreachable' ? this.#services.diedSince(bound, start) : null;
      return dead === null ? result : plain('tool_fault', `The service "${dead}" died. ${result.content}`);
    } catch (error) {
      if (error instanceof CallRefused) return plain(error.status, error.message);
      throw error;
    }
  }

  async #runInTime(bound: BoundTool, call: RunCall<RunnerSpec>): Promise<RunResult> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), bound.timeoutMs);
    try {
      const result = await this.#run({ ...call, signal: AbortSignal.any([call.signal, limit.signal]) });
      if (call.signal.aborted) return { ...result, status: 'cancelled' };
      if (!limit.signal.aborted) return result;
      const content = `The tool did not end within ${bound.timeoutMs / 1000} s and was stopped.`;
      return { ...result, status: 'timeout', content: [result.content, content].filter(Boolean).join('\n') };
    } finally {
      clearTimeout(timer);
    }
  }

  #run({ spec, ...call }: RunCall<RunnerSpec>): Promise<RunResult> {
    switch (spec.kind) {
      case 'command':
        return this.#command.run({ ...call, spec });
      case 'module':
        return this.#module.run({ ...call, spec });
      case 'http':
        return this.#http.run({ ...call, spec });
      case 'editor':
        return this.#editor.run({ ...call, spec });
      case 'openapi':
      case 'mcp':
        return Promise.resolve(plain('not_run', `Nothing runs "${spec.kind}" yet.`));
      case 'simulate':
        // A run has the model play it, and asks nobody else.
        return Promise.resolve(plain('not_run', 'Not run: nothing runs this tool, a model plays it.'));
    }
  }

  #sources(): Omit<FillingSources, 'service'> {
    return { env: this.#env, secret: (name) => this.#secrets.get(name) };
  }
}

const cancelled: RunResult = { status: 'cancelled', content: 'Cancelled.', truncated: false };

function plain(status: RunResult['status'], content: string): RunResult {
  return { status, content, truncated: false };
}

/** The result, or null when the signal is aborted before. The work goes on for whoever else waits for it. */
async function until<T>(signal: AbortSignal, work: Promise<T>): Promise<T | null> {
  const { promise, resolve } = Promise.withResolvers<null>();
  const abort = (): void => resolve(null);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
    work.catch(() => undefined);
  }
}
