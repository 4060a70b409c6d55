import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Cancelled, UserError } from '../core/errors.ts';
import { openStore, type Store, type StoreNotice } from '../store/index.ts';
import { explain } from './errors.ts';

/** How often, and after how many milliseconds, a lock that somebody has is asked for again. */
const lockTries = 4;
const lockPause = 100;
/** How often a window that can only read looks whether it still has to, milliseconds. */
const recheckPace = 5000;

/** The store while somebody writes to it. `release` is to be called once. */
export interface StoreLease {
  store: Store;
  release(): Promise<void>;
}

export interface StoreHolderOptions {
  /** Absolute path of the workspace folder; null when there is none. */
  folder: string | null;
  /** Never writes, takes no lock. */
  onlyRead: boolean;
  /** Without trust nothing that is kept is read, either: it came with the workspace, from nobody knows whom. */
  trusted: boolean;
  /** Limit of the database in pages of 4 KiB; for tests of a full disk. */
  maxPages?: number;
  log: (line: string) => void;
  onNotice: (notice: StoreNotice) => void;
}

/**
 * The store of a workspace, open for reading all the time and for writing while a run needs it. Only so long does this
 * process hold the explorer's lock: an idle window does not keep the CLI, or another window, from exploring.
 */
export class StoreHolder {
  readonly #options: StoreHolderOptions;
  #store: Store | null = null;
  #problem: UserError | null = null;
  #leases = 0;
  #readOnly = false;
  #recheck: NodeJS.Timeout | null = null;
  #closed = false;
  /** Openings and closings, one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: StoreHolderOptions) {
    this.#options = options;
  }

  /** For reading, now; null when there is none, and then `problem` says why unless nothing was ever kept here. */
  get reading(): Store | null {
    return this.#store;
  }

  /** For reading: also what another process has begun to keep since this one looked. */
  async forReading(): Promise<Store | null> {
    if (this.#store || this.#problem || this.#closed || !this.#isKept()) return this.#store;
    await this.#inTurn(async () => {
      try {
        this.#store ??= await this.#openAs(true);
      } catch (error) {
        this.#problem = asUserError(error);
      }
    });
    return this.#store;
  }

  /** Why the store cannot be used. */
  get problem(): { message: string; advice: string } | null {
    return this.#problem && explain(this.#problem);
  }

  /** At the last attempt another process was exploring, or the folder could not be written. */
  get readOnly(): boolean {
    return this.#readOnly;
  }

  /** Puts in order what a process that died has left, and opens the store for reading. Never rejects. */
  open(): Promise<void> {
    return this.#inTurn(async () => {
      const { folder, onlyRead } = this.#options;
      if (folder === null) {
        this.#problem = new UserError('No folder is open.', 'Open the folder that holds your tools.');
        return;
      }
      // A folder that nobody has explored stays as it is.
      if (!this.#isKept()) return;
      try {
        if (!onlyRead) {
          const store = await this.#openAs(false);
          this.#setReadOnly(store.readOnly);
          await store.close();
        }
        this.#store = await this.#openAs(true);
        this.#problem = null;
      } catch (error) {
        this.#problem = asUserError(error);
      }
    });
  }

  /** The store for writing. Rejects with `UserError` when there is none, or another process explores this workspace. */
  lease(): Promise<StoreLease> {
    return this.#inTurn(async () => {
      if (this.#closed) throw new Cancelled();
      if (this.#options.folder === null) throw this.#problem ?? new UserError('No folder is open.', '');
      if (!this.#options.trusted) throw new UserError('This workspace is not trusted.', 'Trust it first.');
      if (this.#leases === 0) await this.#becomeWriter();
      this.#leases += 1;
      const store = this.#store as Store;
      let held = true;
      const release = async () => {
        if (!held) return;
        held = false;
        await this.#inTurn(() => this.#giveUp());
      };
      return { store, release };
    });
  }

  /** Takes over what people did to the files of examples and lessons. Where that cannot be now, it is in the log. */
  async takeOverFiles(): Promise<void> {
    try {
      const lease = await this.lease();
      try {
        await lease.store.readFiles();
      } finally {
        await lease.release();
      }
    } catch (error) {
      this.#options.log(`The files of examples cannot be taken over now: ${explain(error).message}`);
    }
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      this.#closed = true;
      this.#setReadOnly(false);
      const store = this.#store;
      // Before it ends: who counts in it then asks for another, and is not told that it is closed.
      this.#store = null;
      await store?.close();
    });
  }

  async #becomeWriter(): Promise<void> {
    let store: Store;
    try {
      store = await this.#openAs(false);
      // An idle window holds the lock for a moment when it takes over what people did to the files.
      for (let tries = 1; store.readOnly && tries < lockTries; tries++) {
        await pause(lockPause);
        await store.tryTakeLock();
      }
    } catch (error) {
      this.#problem = asUserError(error);
      throw this.#problem;
    }
    this.#setReadOnly(store.readOnly);
    if (store.readOnly) {
      const { writeProblem } = store;
      await store.close();
      throw writeProblem ?? new UserError('Another process explores this workspace.', 'Stop it there.');
    }
    const before = this.#store;
    this.#store = store;
    this.#problem = null;
    await before?.close();
  }

  /** While another process explores, looks now and then whether it still does. */
  #setReadOnly(readOnly: boolean): void {
    this.#readOnly = readOnly;
    if (this.#recheck) clearTimeout(this.#recheck);
    this.#recheck = null;
    if (!readOnly || this.#closed) return;
    this.#recheck = setTimeout(() => {
      this.lease().then(
        (lease) => lease.release(),
        () => {},
      );
    }, recheckPace).unref();
  }

  async #giveUp(): Promise<void> {
    this.#leases -= 1;
    if (this.#leases > 0 || this.#closed) return;
    const written = this.#store;
    try {
      this.#store = await this.#openAs(true);
    } catch (error) {
      this.#store = null;
      this.#problem = asUserError(error);
    }
    await written?.close();
  }

  #openAs(onlyRead: boolean): Promise<Store> {
    const { folder, log, onNotice, maxPages } = this.#options;
    return openStore({
      folder: folder as string,
      onlyRead,
      log,
      ...(maxPages === undefined ? {} : { maxPages }),
      ...(onlyRead ? {} : { onNotice }),
    });
  }

  #isKept(): boolean {
    const { folder, trusted } = this.#options;
    return trusted && folder !== null && existsSync(join(folder, '.imaginarium'));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}

function asUserError(error: unknown): UserError {
  if (error instanceof UserError) return error;
  const { message, advice } = explain(error);
  return new UserError(message, advice, { cause: error });
}
