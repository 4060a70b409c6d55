/** One MCP server that is connected: its process or its address, and the library's client over it. */

import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type CallToolResult,
  Client,
  type ListToolsResult,
  ProtocolError,
  SdkError,
  SdkErrorCode,
  SdkHttpError,
} from '@modelcontextprotocol/client';
import type { Agent } from 'undici';
import type { Json, JsonObject } from '../../core/json.ts';
import type { McpServerSpec } from '../boundTool.ts';
import type { ToolProcesses } from '../processes/toolProcesses.ts';
import { networkProblem } from '../runners/networkProblem.ts';
import { CallRefused } from '../runners/runner.ts';
import type { Launch } from './launch.ts';
import { PipeTransport } from './pipeTransport.ts';
import { type WebTransport, webTransport } from './webTransport.ts';

/** The library wants a limit of its own; ours are aborted signals. Milliseconds. */
const noLimit = 2 ** 31 - 1;
/** A server that does not know the newest form of the handshake may say nothing to it: then the older one follows. */
const probeTime = 4_000;
/** How long a server may take to say that it tells of changes, milliseconds. */
const listenTime = 10_000;
/** Between a change of its tools and the question what they are now, at first and at most, milliseconds. */
const firstChange = 200;
const lastChange = 60_000;
/** Servers are told of the client's name; nothing depends on its version. */
const ownVersion = '1';
/** How long a session may take to be closed at the end, milliseconds. */
const goodbye = 300;

export interface ConnectionOptions {
  server: McpServerSpec;
  folder: string;
  launch: Launch;
  processes: ToolProcesses;
  agent: Agent;
  /** Skips the newest handshake: this server died of it. */
  legacy: boolean;
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

function newClient({ folder, launch, legacy }: ConnectionOptions, onToolsChanged: () => void): Client {
  // Servers take roots for all that they may touch. Where the configuration names less, it stays at that.
  const hasRoots = launch.kind !== 'stdio' || !launch.namesFolders;
  const client = new Client(
    { name: 'imaginarium', version: ownVersion },
    {
      capabilities: hasRoots ? { roots: {} } : {},
      versionNegotiation: legacy ? { mode: 'legacy' } : { mode: 'auto', probe: { timeoutMs: probeTime } },
      // Schemas of outputs come from the server: they are not compiled here, where a pattern of theirs could hang us.
      jsonSchemaValidator: {
        getValidator: () => (input) => ({ valid: true, data: input as never, errorMessage: undefined }),
      },
      inputRequired: { autoFulfill: true, maxRounds: 3 },
    },
  );
  if (hasRoots) {
    client.setRequestHandler('roots/list', () => ({
      roots: [{ uri: pathToFileURL(folder).href, name: basename(folder) }],
    }));
  }
  client.setNotificationHandler('notifications/tools/list_changed', () => onToolsChanged());
  // Nobody sits here who could be asked, and no model is lent: capabilities say so, and this to whoever asks anyway.
  client.fallbackRequestHandler = ({ method }) => {
    throw new ProtocolError(
      -32601,
      `Imaginarium does not answer "${method}": it calls tools and nothing else.`,
    );
  };
  return client;
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

async function closeSession(transport: WebTransport): Promise<void> {
  if ('terminateSession' in transport && transport.sessionId !== undefined) {
    const waited = Promise.withResolvers<void>();
    const timer = setTimeout(waited.resolve, goodbye);
    await Promise.race([transport.terminateSession().catch(() => undefined), waited.promise]);
    clearTimeout(timer);
  }
  await transport.close().catch(() => undefined);
}

/** What a server at an address said instead of an answer. */
export function webProblem(error: unknown): ReturnType<typeof networkProblem> {
  const status = error instanceof SdkHttpError ? error.status : undefined;
  if (status === 401 || status === 403) {
    const content = `It wants a sign-in (HTTP ${status}). Put a token into its headers: "Authorization": "Bearer \${input:token}".`;
    return { status: 'blocked', content, truncated: false };
  }
  if (status !== undefined) {
    return { status: 'unreachable', content: `It answers with HTTP ${status}.`, truncated: false };
  }
  if (error instanceof SdkError || error instanceof ProtocolError) {
    const problem = error.cause === undefined ? null : networkProblem(error.cause);
    if (problem !== null && problem.status !== 'tool_fault') return problem;
    return { status: 'unreachable', content: messageOf(error), truncated: false };
  }
  return networkProblem(error);
}

export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 1000);
}

/** Whatever a server says is looked at by us, and what is wrong in it left out. */
const anything = {
  '~standard': {
    version: 1 as const,
    vendor: 'imaginarium',
    validate: (value: unknown) => ({ value: value as Json }),
  },
};
