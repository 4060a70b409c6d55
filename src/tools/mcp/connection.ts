/** One MCP server that is connected: its process or its address, and the library's client over it. */
import {
  type CallToolResult,
  type Client,
  type ListToolsResult,
  SdkError,
  SdkErrorCode,
} from '@modelcontextprotocol/client';
import type { Agent } from 'undici';
import type { Json, JsonObject } from '../../core/json.ts';
import type { McpServerSpec } from '../boundTool.ts';
import type { ToolProcesses } from '../processes/toolProcesses.ts';
import { CallRefused } from '../runners/runner.ts';
import { type ClientOptions, newClient } from './client.ts';
import type { Launch } from './launch.ts';
import { PipeTransport } from './pipeTransport.ts';
import { messageOf, webProblem } from './webProblem.ts';
import { closeSession, type WebTransport, webTransport } from './webTransport.ts';

/** The library wants a limit of its own; ours are aborted signals. Milliseconds. */
const noLimit = 2 ** 31 - 1;
/** How long a server may take to say that it tells of changes, milliseconds. */
const listenTime = 10_000;
/** Between a change of its tools and the question what they are now, at first and at most, milliseconds. */
const firstChange = 200;
const lastChange = 60_000;

export interface ConnectionOptions extends ClientOptions {
  server: McpServerSpec;
  processes: ToolProcesses;
  agent: Agent;
  /** Its tools are others than before. */
  onToolsChanged: () => void;
  log: (line: string) => void;
}

export interface CallOptions {
  signal: AbortSignal;
  onProgress(progress: { done: number; total: number | undefined }): void;
}

/** It ended before it was ready. */
export class ServerDied extends CallRefused {}

export class McpConnection {
  readonly #options: ConnectionOptions;
  readonly #client: Client;
  readonly #transport: PipeTransport | WebTransport;
  readonly #closed = Promise.withResolvers<void>();
  #alive = true;
  #calls = 0;
  #broken: Error | null = null;
  #endedByUs = false;
  #changes = 0;
  #changeTimer: NodeJS.Timeout | null = null;

  private constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#client = newClient(options, () => this.#tellOfChange());
    this.#client.onclose = () => {
      this.#alive = false;
      this.#closed.resolve();
    };
    // What goes wrong with a request rejects it; the rest is of no use to anybody.
    this.#client.onerror = () => undefined;
    this.#transport = this.#newTransport();
  }

  /** Rejects with `CallRefused`, and leaves nothing behind then. */
  static async open(options: ConnectionOptions, signal: AbortSignal): Promise<McpConnection> {
    const connection = new McpConnection(options);
    const close = (): void => void connection.end();
    signal.addEventListener('abort', close, { once: true });
    try {
      // The library does not hear of a server that dies while it is asked for its version.
      await Promise.race([connection.#connect(signal), connection.#died()]);
      if (signal.aborted) throw signal.reason;
      connection.#hold(0);
      connection.#listen();
      return connection;
    } catch (error) {
      const refused = connection.#refusal(error, signal);
      await connection.end();
      throw refused;
    } finally {
      signal.removeEventListener('abort', close);
    }
  }

  /** Whether it speaks a form of the protocol from before 2026. */
  get legacy(): boolean {
    return this.#client.getProtocolEra() !== 'modern';
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Nothing of the server's own made it end. */
  get endedByUs(): boolean {
    return this.#endedByUs;
  }

  /** Resolves when it has ended, whoever ended it. */
  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  /** What the server wrote last, when it has died: a sentence about it. */
  get death(): string | null {
    if (this.#transport instanceof PipeTransport) return this.#transport.death;
    return this.#broken === null ? null : `broke off: ${this.#broken.message}`;
  }

  /** Rejects with what the library throws. */
  call(name: string, args: JsonObject, { signal, onProgress }: CallOptions): Promise<CallToolResult> {
    return this.#busy(() =>
      this.#client.callTool(
        { name, arguments: args },
        {
          signal,
          timeout: noLimit,
          onprogress: ({ progress, total }) => onProgress({ done: progress, total }),
        },
      ),
    );
  }

  /** One page of its tools, as it says them. */
  async toolsPage(
    cursor: string | undefined,
    signal: AbortSignal,
  ): Promise<{ tools: unknown; next: unknown }> {
    if (!this.#client.getServerCapabilities()?.tools) return { tools: [], next: undefined };
    const params = cursor === undefined ? {} : { cursor };
    const page = await this.#busy(() =>
      this.#client.request({ method: 'tools/list', params }, anything, { signal, timeout: noLimit }),
    );
    const { tools, nextCursor } = page as Partial<ListToolsResult>;
    return { tools, next: nextCursor };
  }

  /** Whether it answers at all. */
  async answers(limitMs: number): Promise<boolean> {
    const ask = (): Promise<unknown> =>
      this.legacy ? this.#client.ping({ timeout: limitMs }) : this.#client.discover({ timeout: limitMs });
    return this.#busy(ask).then(
      () => true,
      // One that has ended meanwhile does not hang.
      () => !this.#alive,
    );
  }

  async end(): Promise<void> {
    if (this.#alive) this.#endedByUs = true;
    this.#alive = false;
    if (this.#changeTimer !== null) clearTimeout(this.#changeTimer);
    if (this.#transport instanceof PipeTransport) await this.#transport.close();
    else await closeSession(this.#transport);
    await this.#client.close().catch(() => undefined);
    this.#closed.resolve();
  }

  async #connect(signal: AbortSignal): Promise<void> {
    await this.#client.connect(this.#transport, {
      signal,
      timeout: noLimit,
      ...(this.#options.legacy ? { prior: { kind: 'legacy' as const } } : {}),
    });
  }

  /** In the newest form of the protocol a server tells of changes to whoever listens. */
  #listen(): void {
    if (this.legacy || this.#client.getServerCapabilities()?.tools?.listChanged !== true) return;
    void this.#client.listen({ toolsListChanged: true }, { timeout: listenTime }).catch(() => undefined);
  }

  /** Once for changes that come together, and ever later for a server that never stops changing. */
  #tellOfChange(): void {
    if (this.#changeTimer !== null) return;
    const delay = Math.min(firstChange * 2 ** this.#changes++, lastChange);
    this.#changeTimer = setTimeout(() => {
      this.#changeTimer = null;
      if (this.#alive) this.#options.onToolsChanged();
    }, delay).unref();
  }

  async #died(): Promise<never> {
    if (!(this.#transport instanceof PipeTransport)) return new Promise(() => undefined);
    await this.#transport.ended;
    throw new SdkError(SdkErrorCode.ConnectionClosed, 'The server has ended.');
  }

  #newTransport(): PipeTransport | WebTransport {
    const { launch, processes, agent } = this.#options;
    if (launch.kind === 'stdio')
      return new PipeTransport(startProcess(this.#options.server, launch, processes));
    return webTransport(launch, agent, (why) => {
      this.#broken = why;
      this.#alive = false;
      void this.end();
    });
  }

  async #busy<T>(work: () => Promise<T>): Promise<T> {
    this.#hold(1);
    try {
      return await work();
    } finally {
      this.#hold(-1);
    }
  }

  #hold(change: number): void {
    this.#calls += change;
    if (this.#transport instanceof PipeTransport) this.#transport.hold(this.#calls > 0);
  }

  #refusal(error: unknown, signal: AbortSignal): CallRefused {
    const { server } = this.#options;
    const named = `The MCP server "${server.name}"`;
    if (this.#transport instanceof PipeTransport) {
      const { death, endedItself, lastWords } = this.#transport;
      if (death !== null && !signal.aborted) {
        const Refusal = endedItself ? ServerDied : CallRefused;
        return new Refusal('unreachable', `${named} ${death}`);
      }
      const why = messageOf(signal.aborted ? signal.reason : error);
      const words = lastWords === '' ? '' : `\n${lastWords}`;
      return new CallRefused('unreachable', `${named} did not get ready: ${why}${words}`);
    }
    if (signal.aborted) {
      return new CallRefused('unreachable', `${named} did not get ready: ${messageOf(signal.reason)}`);
    }
    if (this.#broken !== null)
      return new CallRefused('unreachable', `${named} broke off: ${this.#broken.message}`);
    const { status, content } = webProblem(error);
    return new CallRefused(status, `${named}: ${content}`);
  }
}

function startProcess(
  server: McpServerSpec,
  { command, args, env, cwd }: Extract<Launch, { kind: 'stdio' }>,
  processes: ToolProcesses,
): ReturnType<ToolProcesses['start']> {
  try {
    return processes.start({ program: command, args, cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CallRefused(
      'unreachable',
      `The MCP server "${server.name}" could not be started: ${code ?? message}.`,
    );
  }
}

/** Whatever a server says is looked at by us, and what is wrong in it left out. */
const anything = {
  '~standard': {
    version: 1 as const,
    vendor: 'imaginarium',
    validate: (value: unknown) => ({ value: value as Json }),
  },
};
