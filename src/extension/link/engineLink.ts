import * as l10n from '@vscode/l10n';
import type { EngineEvent, EngineStart, NotificationType, RequestType } from '../../protocol/engine.ts';
import { Emitter } from '../emitter.ts';
import { CrashPolicy } from './crashPolicy.ts';
import type { ClientState, EngineClient, OpenClient } from './engineClient.ts';
import { EngineAway } from './engineErrors.ts';

/** `asleep`: nobody has needed it yet. `away`: it ended, and nobody but a person starts it again. */
export type LinkState = 'asleep' | 'starting' | 'ready' | 'restarting' | 'away';

export interface LinkOptions {
  /** Loads the second stage and makes a client; called at the first need and again after `away`. */
  open: OpenClient;
  start: () => EngineStart;
  /** Hears of errors that reach nobody else. */
  log: (error: unknown) => void;
  /** How long a request waits for an engine that is on its way, milliseconds. */
  patience?: number;
  now?: () => number;
}

/** The way to the engine, for a window's whole life: the engine itself may come and go. No request is left hanging. */
export class EngineLink {
  readonly onState = new Emitter<LinkState>();
  readonly onEvents = new Emitter<EngineEvent[]>();
  readonly #options: LinkOptions;
  readonly #crashes: CrashPolicy;
  readonly #patience: number;
  #state: LinkState = 'asleep';
  #client: EngineClient | null = null;
  #generation = 0;
  /** What turns down the requests of this life of the engine that have no answer yet. */
  readonly #open = new Set<(why: EngineAway) => void>();
  #disposed = false;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#crashes = new CrashPolicy(options.now ?? (() => performance.now()));
    this.#patience = options.patience ?? 15_000;
  }

  get state(): LinkState {
    return this.#state;
  }

  /** Id of the engine's process; undefined while there is none. */
  get pid(): number | undefined {
    return this.#client?.pid;
  }

  /** Starts the engine if it sleeps or is away. Returns at once; `onState` tells how it went. */
  wake(): void {
    if (this.#disposed || (this.#state !== 'asleep' && this.#state !== 'away')) return;
    this.#crashes.forget();
    this.#set('starting');
    void this.#begin(++this.#generation);
  }

  /**
   * Asks the engine, starting it where it sleeps.
   *
   * @throws EngineAway when there is no engine, none comes in time, or it dies over the question
   * @throws UserError what the engine says to people
   * @throws Cancelled once `gone` is aborted and the engine has let go of it
   */
  async request<P, R>(type: RequestType<P, R>, params: P, gone?: AbortSignal): Promise<R> {
    const client = await this.#whenReady();
    if (this.#ready() !== client)
      throw new EngineAway(l10n.t('The engine of Imaginarium ended unexpectedly.'));
    // No race with a promise that lives as long as the engine: it would keep every answer as long.
    return new Promise<R>((resolve, reject) => {
      this.#open.add(reject);
      client
        .request(type, params, gone)
        .finally(() => this.#open.delete(reject))
        .then(resolve, reject);
    });
  }

  /** Tells the engine, if there is one: a later one hears it at its start. */
  tell<P>(type: NotificationType<P>, params: P): void {
    if (this.#state !== 'ready') return;
    this.#client?.notify(type, params).catch(this.#options.log);
  }

  /** Ends the engine. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#endLife(new EngineAway(l10n.t('The engine of Imaginarium is being closed.')));
    const client = this.#client;
    this.#client = null;
    await client?.stop();
    this.onState.dispose();
    this.onEvents.dispose();
  }

  /** Never rejects. What an earlier generation still says is not heard. */
  async #begin(generation: number): Promise<void> {
    const current = () => generation === this.#generation && !this.#disposed;
    let client: EngineClient | null = null;
    try {
      client = await this.#options.open({
        onState: (state) => current() && this.#hear(state),
        onEvents: (events) => current() && this.onEvents.fire(events),
        onDied: () => (current() ? this.#died() : 'give up'),
        start: this.#options.start,
      });
      if (!current()) return await client.stop();
      this.#client = client;
      await client.start();
    } catch (error) {
      if (current()) this.#failed(error);
      else this.#options.log(error);
    }
  }

  #hear(state: ClientState): void {
    if (state === 'running') this.#set('ready');
    else if (state === 'ended') this.#failed(null);
  }

  #died(): 'restart' | 'give up' {
    this.#endLife(new EngineAway(l10n.t('The engine of Imaginarium ended unexpectedly.')));
    const next = this.#crashes.died();
    if (next === 'restart') this.#set('restarting');
    return next;
  }

  #failed(error: unknown): void {
    if (error) this.#options.log(error);
    const client = this.#client;
    this.#client = null;
    this.#generation += 1;
    this.#endLife(new EngineAway());
    this.#set('away');
    // Whatever is left of it must not come back beside the next one.
    client?.stop().catch(() => {});
  }

  /** Every request of this life ends here. */
  #endLife(why: EngineAway): void {
    for (const reject of this.#open) reject(why);
    this.#open.clear();
  }

  #set(state: LinkState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.onState.fire(state);
  }

  #whenReady(): Promise<EngineClient> {
    if (this.#state === 'asleep') this.wake();
    const here = this.#ready();
    if (here) return Promise.resolve(here);
    return new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(timer);
        listening.dispose();
      };
      const look = (): void => {
        const client = this.#ready();
        if (client) resolve(client);
        else if (this.#disposed || this.#state === 'away') reject(new EngineAway());
        else return;
        done();
      };
      const listening = this.onState.listen(look);
      const timer = setTimeout(() => {
        done();
        reject(new EngineAway(l10n.t('The engine of Imaginarium does not answer.')));
      }, this.#patience);
      look();
    });
  }

  #ready(): EngineClient | null {
    return this.#state === 'ready' ? this.#client : null;
  }
}
