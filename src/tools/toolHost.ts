/** Makes calls to tools, whatever runs them, and checks arguments. One of it an engine. */
import { Cancelled, UserError } from '../core/errors.ts';
import type { JsonObject } from '../core/json.ts';
import type { Tool } from '../core/tool.ts';
import type { Failure, Observation } from '../core/trial.ts';
import type { BoundTool, McpServerSpec, RunnerSpec } from './boundTool.ts';
import { McpConnections } from './mcp/connections.ts';
import { listTools, type McpListing } from './mcp/listing.ts';
import { ToolProcesses } from './processes/toolProcesses.ts';
import { CommandCalls } from './runners/command.ts';
import { type EditorCaller, EditorCalls } from './runners/editor.ts';
import { type FillingSources, fillingFor, textsOf } from './runners/filling.ts';
import { HttpCalls } from './runners/http.ts';
import { McpCalls } from './runners/mcp.ts';
import { ModuleCalls } from './runners/module.ts';
import { OpenApiCalls } from './runners/openapi.ts';
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
  /** An MCP server that is connected has other tools than before. */
  onServerToolsChanged?: (server: McpServerSpec, folder: string) => void;
  /** How long an MCP server may take until it is ready, milliseconds. */
  serverStartMs?: number;
  log?: (line: string) => void;
}

/** A call that reports progress gets its time anew, so many times its limit in all. */
const longestProgress = 10;
/** How long an MCP server may take to list its tools, milliseconds. */
const listingTime = 30_000;

export class ToolHost {
  readonly #trusted: () => boolean;
  readonly #env: NodeJS.ProcessEnv;
  readonly #secrets: Secrets;
  readonly #processes: ToolProcesses;
  readonly #services: Services;
  readonly #command: CommandCalls;
  readonly #module: ModuleCalls;
  readonly #http = new HttpCalls();
  readonly #openapi: OpenApiCalls;
  readonly #checks: ArgumentCheck;
  readonly #editor: EditorCalls;
  readonly #servers: McpConnections;
  readonly #mcp: McpCalls;
  readonly #ending = new AbortController();
  readonly #calls = new Set<Promise<unknown>>();

  constructor(options: ToolHostOptions) {
    const log = (line: string): void => options.log?.(this.#secrets.redact(line, false));
    this.#trusted = options.trusted;
    this.#env = options.env ?? process.env;
    this.#secrets = new Secrets(options.secret);
    this.#processes = new ToolProcesses(this.#env);
    this.#services = new Services(this.#processes, this.#sources(), log);
    this.#command = new CommandCalls(this.#processes);
    this.#module = new ModuleCalls(this.#processes);
    this.#openapi = new OpenApiCalls((name) => this.#secrets.get(name));
    this.#checks = new ArgumentCheck(log);
    this.#servers = new McpConnections({
      processes: this.#processes,
      sources: {
        ...this.#sources(),
        conceal: (value) => this.#secrets.conceal(value),
        manifestTexts: async (texts, at) => {
          const service = (name: string) => this.#services.values(at, name);
          const filling = await fillingFor(Object.values(texts), {}, { ...this.#sources(), service });
          return filling.texts(texts);
        },
      },
      log,
      onToolsChanged: (server, folder) => options.onServerToolsChanged?.(server, folder),
      ...(options.serverStartMs === undefined ? {} : { startTimeMs: options.serverStartMs }),
    });
    this.#mcp = new McpCalls(this.#servers, log);
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

  /**
   * Asks an MCP server for its tools; starts it when it does not run. Rejects with `UserError` for what goes wrong with it.
   *
   * @param folder absolute path of the workspace folder whose configuration names it
   */
  async listTools(
    server: McpServerSpec,
    folder: string,
    options: { signal?: AbortSignal } = {},
  ): Promise<McpListing> {
    if (!this.#trusted()) {
      throw new UserError(
        'This workspace is not trusted, so no server is started.',
        'Trust the workspace first.',
      );
    }
    const signal = AbortSignal.any([options.signal ?? this.#ending.signal, this.#ending.signal]);
    const limit = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const listing = (async () => {
      const connection = await this.#servers.connection(server, folder);
      timer = setTimeout(() => limit.abort(), listingTime);
      return listTools(connection, AbortSignal.any([signal, limit.signal]));
    })();
    try {
      const listed = await until(signal, listing);
      if (listed === null) throw new Cancelled();
      return this.#secrets.redactAll(listed);
    } catch (error) {
      if (signal.aborted) throw new Cancelled();
      throw this.#listingProblem(
        server,
        limit.signal.aborted ? `it did not list them within ${listingTime / 1000} s` : error,
      );
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends an MCP server, if it runs: its configuration is another now. */
  endServer(server: McpServerSpec, folder: string): Promise<void> {
    return this.#servers.drop(server, folder);
  }

  /** Ends all MCP servers. */
  endServers(): Promise<void> {
    return this.#servers.dropAll();
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
      this.#mcp.dispose(),
      this.#module.dispose(),
      this.#http.dispose(),
      this.#openapi.dispose(),
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
      // Until it is ready the time is the server's, not the tool's.
      const { folder } = bound;
      const ready: Promise<unknown> =
        runner.kind === 'mcp' ? this.#servers.connection(runner.server, folder) : Promise.resolve(true);
      if ((await until(signal, ready)) === null) return cancelled;
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
    const last = performance.now() + bound.timeoutMs * (longestProgress - 1);
    const alive = (): void => {
      if (performance.now() < last && !limit.signal.aborted) timer.refresh();
    };
    try {
      const signal = AbortSignal.any([call.signal, limit.signal]);
      const result = await this.#run({ ...call, signal, alive });
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
        return this.#openapi.run({ ...call, spec });
      case 'mcp':
        return this.#mcp.run({ ...call, spec });
      case 'simulate':
        // A run has the model play it, and asks nobody else.
        return Promise.resolve(plain('not_run', 'Not run: nothing runs this tool, a model plays it.'));
    }
  }

  #listingProblem(server: McpServerSpec, error: unknown): UserError {
    const { path, line } = server.source;
    const advice = `Look at its entry in ${path}, line ${line}.`;
    const named = `The MCP server "${server.name}"`;
    const said =
      error instanceof CallRefused
        ? error.message
        : `${named} did not list its tools: ${error instanceof Error ? error.message : error}`;
    return new UserError(this.#secrets.redact(said, false), advice, { cause: error });
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
