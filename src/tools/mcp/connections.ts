/** The MCP servers that are connected: one connection a server, shared by all calls, kept between them, ended with the engine. */
import type { Agent } from 'undici';
import type { McpServerSpec } from '../boundTool.ts';
import type { ToolProcesses } from '../processes/toolProcesses.ts';
import { guardedAgent } from '../runners/network.ts';
import { CallRefused } from '../runners/runner.ts';
import { shownServer } from './clearSecrets.ts';
import type { McpConnection } from './connection.ts';
import { type Launch, type LaunchSources, launchOf } from './launch.ts';

/** A server that dies this often within the window is not started again until the window has passed. */
const mostDeaths = 5;
const deathWindow = 60_000;
/** How long a server may take until it is ready: some fetch a package first. Milliseconds. */
const startTime = 60_000;
/** A server that does not answer this long after a call has run out of time hangs, milliseconds. */
const checkTime = 3_000;

export interface ConnectionsOptions {
  processes: ToolProcesses;
  sources: LaunchSources;
  log: (line: string) => void;
  /** The tools of a server that is connected are others than before. */
  onToolsChanged: (server: McpServerSpec, folder: string) => void;
  startTimeMs?: number;
}

/** A server in a folder. */
interface Kept {
  /** What it was started with, as JSON: another configuration is another server. */
  written: string;
  connection: Promise<McpConnection>;
  ending: AbortController;
}

export class McpConnections {
  readonly #options: ConnectionsOptions;
  readonly #agent: Agent = guardedAgent();
  readonly #kept = new Map<string, Kept>();
  readonly #deaths = new Map<string, number[]>();
  /** What the last one died of. */
  readonly #lastDeath = new Map<string, string>();
  /** Servers that are known to speak an older form of the protocol. */
  readonly #legacy = new Set<string>();
  #disposed = false;

  constructor(options: ConnectionsOptions) {
    this.#options = options;
  }

  /** The connection to a server; starts it when there is none. Rejects with `CallRefused`. */
  async connection(server: McpServerSpec, folder: string): Promise<McpConnection> {
    const key = keyOf(server, folder);
    const written = writtenOf(server);
    const kept = this.#kept.get(key);
    if (kept?.written === written) {
      const connection = await kept.connection;
      if (connection.alive) return connection;
      // Whoever comes first makes the new one.
      if (this.#kept.get(key) === kept) this.#kept.delete(key);
      return this.connection(server, folder);
    }
    if (kept) await this.#end(key, kept);
    // Another call may have started it meanwhile.
    if (this.#kept.has(key)) return this.connection(server, folder);
    return this.#start(key, written, server, folder);
  }

  /** After a call that ran out of time: a server that answers nothing any more is ended, and the next call starts it anew. */
  async check(connection: McpConnection, server: McpServerSpec): Promise<void> {
    if (!connection.alive || (await connection.answers(checkTime))) return;
    this.#options.log(`The MCP server "${server.name}" does not answer any more and is ended.`);
    await connection.end();
  }

  /** Ends a server, if it runs. */
  async drop(server: McpServerSpec, folder: string): Promise<void> {
    const key = keyOf(server, folder);
    const kept = this.#kept.get(key);
    if (kept) await this.#end(key, kept);
  }

  /** Ends all servers; they can be started again. */
  async dropAll(): Promise<void> {
    await Promise.all([...this.#kept].map(([key, kept]) => this.#end(key, kept)));
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.dropAll();
    await this.#agent.destroy();
  }

  #start(key: string, written: string, server: McpServerSpec, folder: string): Promise<McpConnection> {
    const ending = new AbortController();
    const connection = this.#open(key, server, folder, ending.signal);
    const kept: Kept = { written, connection, ending };
    this.#kept.set(key, kept);
    const forget = (): void => {
      if (this.#kept.get(key) === kept) this.#kept.delete(key);
    };
    // One that did not get ready is tried anew with the next call.
    connection.then((opened) => opened.closed.then(forget), forget);
    return connection;
  }

  async #open(
    key: string,
    server: McpServerSpec,
    folder: string,
    ending: AbortSignal,
  ): Promise<McpConnection> {
    const deaths = this.#deathsOf(key);
    if (deaths.length >= mostDeaths) {
      const often = `has died ${deaths.length} times within a minute; it is left alone for a while`;
      const last = this.#lastDeath.get(key);
      const why = last === undefined ? '' : ` ${last}`;
      throw new CallRefused('tool_fault', `The MCP server "${server.name}" ${often}.${why}`);
    }
    const launch = await launchOf(server, folder, this.#options.sources);
    if (this.#disposed || ending.aborted) throw new CallRefused('cancelled', 'The engine is ending.');
    this.#options.log(`The MCP server "${server.name}" is started: ${shownServer(server)}`);
    const limit = new AbortController();
    const time = this.#options.startTimeMs ?? startTime;
    const timer = setTimeout(() => limit.abort(new Error(`it did not answer within ${time / 1000} s`)), time);
    try {
      const opened = await this.#tryBoth(
        key,
        server,
        folder,
        launch,
        AbortSignal.any([ending, limit.signal]),
      );
      if (opened.legacy) this.#legacy.add(key);
      void opened.closed.then(() => this.#noteEnd(opened, server, key));
      return opened;
    } catch (error) {
      const refused =
        error instanceof CallRefused
          ? error
          : new CallRefused('unreachable', `The MCP server "${server.name}": ${String(error)}`);
      // Whoever ended it knows.
      if (!ending.aborted) this.#noteDeath(key, refused.message);
      throw refused;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Some older servers end when they are asked for the newest form of the protocol: they are started once more. */
  async #tryBoth(
    key: string,
    server: McpServerSpec,
    folder: string,
    launch: Launch,
    signal: AbortSignal,
  ): Promise<McpConnection> {
    // The library is large, and most workspaces have no server.
    const { McpConnection, ServerDied } = await import('./connection.ts');
    const { processes, log, onToolsChanged } = this.#options;
    const open = (legacy: boolean): Promise<McpConnection> =>
      McpConnection.open(
        {
          server,
          folder,
          launch,
          processes,
          agent: this.#agent,
          legacy,
          log,
          onToolsChanged: () => onToolsChanged(server, folder),
        },
        signal,
      );
    const legacy = this.#legacy.has(key);
    try {
      return await open(legacy);
    } catch (error) {
      if (legacy || signal.aborted || !(error instanceof ServerDied)) throw error;
      return open(true);
    }
  }

  #noteEnd(connection: McpConnection, server: McpServerSpec, key: string): void {
    if (this.#disposed || connection.endedByUs) return;
    const how = `The MCP server "${server.name}" ${connection.death ?? 'has ended.'}`;
    this.#noteDeath(key, how);
    this.#options.log(how.split('\n', 1)[0] ?? '');
  }

  #noteDeath(key: string, how: string): void {
    this.#deathsOf(key).push(performance.now());
    this.#lastDeath.set(key, how);
  }

  async #end(key: string, kept: Kept): Promise<void> {
    if (this.#kept.get(key) === kept) this.#kept.delete(key);
    kept.ending.abort(new Error('it is ended'));
    await kept.connection.then(
      (connection) => connection.end(),
      () => undefined,
    );
  }

  #deathsOf(key: string): number[] {
    const deaths = this.#deaths.get(key) ?? [];
    while (deaths[0] !== undefined && performance.now() - deaths[0] >= deathWindow) deaths.shift();
    this.#deaths.set(key, deaths);
    return deaths;
  }
}

function keyOf({ name, source }: McpServerSpec, folder: string): string {
  return JSON.stringify([folder, source.path, name]);
}

/** Where it stands in its file matters to nobody. */
function writtenOf({ source: _, ...written }: McpServerSpec): string {
  return JSON.stringify(written);
}
