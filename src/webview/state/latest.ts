/** Work of which only the newest answer counts, such as what was asked for a filter that has changed since. */
export class Latest {
  #newest = 0;
  #busy = 0;
  #again: (() => void) | null = null;

  get busy(): boolean {
    return this.#busy > 0;
  }

  /** Starts at once. `take` and `fail` hear of it only if nothing newer was started meanwhile. */
  async run<T>(
    work: () => Promise<T>,
    take: (value: T) => void,
    fail: (error: unknown) => void,
  ): Promise<void> {
    const turn = ++this.#newest;
    this.#busy += 1;
    try {
      const value = await work();
      if (turn === this.#newest) take(value);
    } catch (error) {
      if (turn === this.#newest) fail(error);
    } finally {
      this.#busy -= 1;
      const again = this.#busy === 0 ? this.#again : null;
      if (again) {
        this.#again = null;
        again();
      }
    }
  }

  /** Calls `start` now, or, while something is under way, once when that has ended. */
  soon(start: () => void): void {
    if (this.busy) this.#again = start;
    else start();
  }
}
