/** The real engine, `dist/engine.cjs` in a process of its own, spoken to as the editor does: a language server over IPC. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  createProtocolConnection,
  type Hover,
  IPCMessageReader,
  IPCMessageWriter,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import type { Trial } from '../../src/core/trial.ts';
import {
  type EngineEvent,
  type EngineStart,
  type ExploreParams,
  engine,
  host,
  nothingSet,
  type RequestType,
  type RunSummary,
  type Sources,
} from '../../src/protocol/engine.ts';
import { bundle } from './bundles.ts';

/** How long an engine may take to end, milliseconds. */
const patience = 5_000;

export interface EngineProcess {
  pid: number;
  /** What the first answer told, and how long after the start of the language server it came, milliseconds. */
  first: { sources: Sources; ms: number };
  /** Hears of everything that is pushed from now on. */
  listen(hear: (events: EngineEvent[]) => void): void;
  /** Tells that a file has changed on disk. */
  changed(uri: string): Promise<void>;
  ask<P, R>(type: RequestType<P, R>, params: P): Promise<R>;
  open(uri: string, text: string): Promise<void>;
  hover(uri: string, line: number, character: number): Promise<Hover | null>;
  /** Starts a run and waits for its end. Rejects when it did not finish, with what the engine said. */
  explore(params: ExploreParams): Promise<RunSummary>;
  /** Every trial of a run, whole. */
  trials(runId: string): Promise<Trial[]>;
  dispose(): Promise<void>;
}

/** Starts an engine on a workspace. Resolves when it tells of the catalogue, which may not be all yet. */
export async function startEngine(folder: string): Promise<EngineProcess> {
  const child = fork(bundle('engine'), ['--node-ipc', `--clientProcessId=${process.pid}`], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
  });
  const gone = once(child, 'exit');
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const connection = createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  const runs = new RunEnds();
  const ask = <P, R>(type: RequestType<P, R>, params: P): Promise<R> =>
    connection.sendRequest<R>(type.method, params);
  const died = gone.then(([code]) => {
    throw new Error(`The engine ended with ${code}. ${said}`.trim());
  });
  died.catch(() => {});
  answerHost(connection);
  const listeners = [(events: EngineEvent[]) => runs.hear(events)];
  connection.onNotification(engine.events.method, ({ events }: { events: EngineEvent[] }) => {
    for (const hear of listeners) hear(events);
  });
  connection.listen();

  const initializationOptions: EngineStart = { folders: [folder], trusted: true, settings: nothingSet };
  const capabilities = { workspace: { workspaceFolders: true } };
  const parameters = { processId: process.pid, rootUri: null, capabilities, initializationOptions };
  await Promise.race([connection.sendRequest('initialize', parameters), died]);
  const began = performance.now();
  await connection.sendNotification('initialized', {});
  const sources = await Promise.race([ask(engine.sources, {}), died]);
  const first = { sources, ms: performance.now() - began };

  return {
    pid: child.pid as number,
    first,
    listen: (hear) => void listeners.push(hear),
    changed: (uri) =>
      connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] }),
    ask,
    open: (uri, text) =>
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'yaml', version: 1, text },
      }),
    hover: (uri, line, character) =>
      connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line, character } }),
    explore: async (params) => {
      const { runId } = await ask(engine.explore, params);
      const run = await Promise.race([runs.ended(runId), died]);
      if (run.status === 'finished') return run;
      throw new Error(`The run ended as "${run.status}". ${[run.error?.message, ...runs.notices].join(' ')}`);
    },
    trials: (runId) => trialsOf(ask, runId),
    dispose: async () => {
      const limit = setTimeout(() => child.kill('SIGKILL'), patience);
      await Promise.race([connection.sendRequest('shutdown'), gone]);
      if (child.connected) await connection.sendNotification('exit');
      await gone;
      clearTimeout(limit);
      connection.dispose();
    },
  };
}

/** A key that no server looks at, and a yes to everything. */
function answerHost(connection: ProtocolConnection): void {
  connection.onRequest(host.secret.method, () => ({ value: 'bench' }));
  connection.onRequest(host.approve.method, () => ({ allowed: true }));
}

async function trialsOf(ask: EngineProcess['ask'], runId: string): Promise<Trial[]> {
  const trials: Trial[] = [];
  let after: string | null = null;
  do {
    const page: { rows: { id: string }[]; next: string | null } = await ask(engine.trials, {
      runId,
      limit: 500,
      ...(after === null ? {} : { after }),
    });
    for (const { id } of page.rows) {
      const trial = await ask(engine.trial, { id });
      if (trial) trials.push(trial);
    }
    after = page.next;
  } while (after !== null);
  return trials;
}

/** Tells when a run has ended, from the engine's events. */
class RunEnds {
  readonly notices: string[] = [];
  readonly #ended = new Map<string, RunSummary>();
  readonly #waiting = new Map<string, (run: RunSummary) => void>();

  hear(events: readonly EngineEvent[]): void {
    for (const event of events) {
      if (event.type === 'notice' && event.severity !== 'info') this.notices.push(event.message);
      if (event.type !== 'run' || event.run.status === 'running') continue;
      this.#ended.set(event.run.id, event.run);
      this.#waiting.get(event.run.id)?.(event.run);
    }
  }

  ended(runId: string): Promise<RunSummary> {
    const run = this.#ended.get(runId);
    return run ? Promise.resolve(run) : new Promise((resolve) => this.#waiting.set(runId, resolve));
  }
}
