/** Rows of one list by id, fetched as they come into sight: at most one request at a time, for what is in sight then. */
import type { ListRow } from '../../core/rows.ts';

/** Rows that are kept; a row can be large, so not all that were ever seen. */
const kept = 2000;
/** Rows a request: the most that the engine gives. */
const window = 200;

export class RowCache {
  readonly #fetch: (ids: number[]) => Promise<ListRow[]>;
  readonly #changed: () => void;
  readonly #failed: (error: unknown) => void;
  #rows = new Map<number, ListRow>();
  /** Rows that may have changed since, and are shown until they have come anew. */
  #old = new Set<number>();
  /** Rows that are gone. */
  #gone = new Set<number>();
  #wanted: readonly number[] = [];
  #busy = false;
  /** A request failed: nothing is asked for until somebody says so, or whoever draws would ask for ever. */
  #stopped = false;

  /** `fetch` gives the rows of the ids that are still there. */
  constructor(
    fetch: (ids: number[]) => Promise<ListRow[]>,
    changed: () => void,
    failed: (error: unknown) => void,
  ) {
    this.#fetch = fetch;
    this.#changed = changed;
    this.#failed = failed;
  }

  /** The row, where it is here already. */
  get(id: number): ListRow | undefined {
    return this.#rows.get(id);
  }

  /** Whether there is no such row any more. */
  isGone(id: number): boolean {
    return this.#gone.has(id);
  }

  /** These rows are in sight now. */
  want(ids: readonly number[]): void {
    this.#wanted = ids;
    if (!this.#busy && !this.#stopped) void this.#fill();
  }

  /** What is here may be out of date; after a failure, asks again. */
  refresh(): void {
    this.#old = new Set(this.#rows.keys());
    this.#gone.clear();
    this.#stopped = false;
    if (!this.#busy) void this.#fill();
  }

  async #fill(): Promise<void> {
    this.#busy = true;
    try {
      for (let ids = this.#missing(); ids.length > 0; ids = this.#missing()) {
        const rows = await this.#fetch(ids);
        this.#take(ids, rows);
        this.#changed();
      }
    } catch (error) {
      this.#stopped = true;
      this.#failed(error);
    } finally {
      this.#busy = false;
    }
  }

  #missing(): number[] {
    const missing = this.#wanted.filter(
      (id) => this.#old.has(id) || (!this.#rows.has(id) && !this.#gone.has(id)),
    );
    return missing.slice(0, window);
  }

  #take(asked: number[], rows: ListRow[]): void {
    for (const row of rows) {
      this.#rows.delete(row.id);
      this.#rows.set(row.id, row);
    }
    for (const id of asked) {
      this.#old.delete(id);
      if (!rows.some((row) => row.id === id)) {
        this.#rows.delete(id);
        this.#gone.add(id);
      }
    }
    const inSight = new Set(this.#wanted);
    for (const id of this.#rows.keys()) {
      if (this.#rows.size <= kept) break;
      if (!inSight.has(id)) this.#rows.delete(id);
    }
  }
}
