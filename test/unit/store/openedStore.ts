import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store, type StoreOptions } from '../../../src/store/index.ts';
import { madeRun } from '../../bench/storeFixtures.ts';

/** A workspace folder of its own with stores on it, for one test; everything goes at its end. */
export class OpenedStore {
  readonly folder: string;
  readonly #open: Store[] = [];

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** An empty folder. */
  static async inFolder(): Promise<OpenedStore> {
    return new OpenedStore(await mkdtemp(join(tmpdir(), 'imaginarium-store-')));
  }

  /** A store on the folder; with `run` one that has a run of this id already. */
  async open(options: Partial<StoreOptions> & { run?: string } = {}): Promise<Store> {
    const { run, ...rest } = options;
    const store = await openStore({ folder: this.folder, ...rest });
    this.#open.push(store);
    if (run !== undefined) store.createRun(madeRun(run));
    return store;
  }

  /** Path of something in `.imaginarium`. */
  path(...parts: string[]): string {
    return join(this.folder, '.imaginarium', ...parts);
  }

  /** The lines of a file in `.imaginarium`. */
  async lines(...parts: string[]): Promise<string[]> {
    const text = await readFile(this.path(...parts), 'utf8');
    return text.split('\n').filter((line) => line !== '');
  }

  /** Writes a file of `.imaginarium` as a person would with an editor. */
  async edit(lines: string[], ...parts: string[]): Promise<void> {
    await writeFile(this.path(...parts), lines.map((line) => `${line}\n`).join(''));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const store of this.#open) await store.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
