/** What the first stage knows of the second: the seam between them, types alone. */
import type { EngineEvent, EngineStart, NotificationType, RequestType } from '../../protocol/engine.ts';

/** How it goes with the engine's process, as the language client tells. */
export type ClientState = 'starting' | 'running' | 'ended';

/** What a client tells and asks while it lives. */
export interface ClientHooks {
  onState(state: ClientState): unknown;
  onEvents(events: EngineEvent[]): unknown;
  /** The process ended without being asked to. Says whether to start another. */
  onDied(): 'restart' | 'give up';
  /** Asked at each start, so that a new process knows what holds now. */
  start(): EngineStart;
}

/** A started language client with the engine behind it. */
export interface EngineClient {
  /** Resolves when the engine has answered for the first time. */
  start(): Promise<void>;
  /**
   * Rejects with what the engine says: `UserError`, `Cancelled`, or an error that is nobody's fault but ours. Aborting `gone`
   * cancels it there.
   */
  request<P, R>(type: RequestType<P, R>, params: P, gone?: AbortSignal): Promise<R>;
  notify<P>(type: NotificationType<P>, params: P): Promise<void>;
  /** Id of the engine's process; undefined while there is none. */
  readonly pid: number | undefined;
  /** Asks the engine to end, and waits until it has. */
  stop(): Promise<void>;
}

export type OpenClient = (hooks: ClientHooks) => Promise<EngineClient>;
