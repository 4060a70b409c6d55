/**
 * Runs `work` once for calls that come close together, never twice at a time. Each call's promise settles with the first
 * run of `work` that begins after it.
 */
export class Debounced<Item> {
  readonly #work: (items: ReadonlySet<Item>) => Promise<void>;
  readonly #delay: number;
  #items = new Set<Item>();
  #next: Promise<void> | null = null;
  #running: Promise<void> = Promise.resolve();

  /** `delay` in milliseconds, from the first call of a group. */
  constructor(delay: number, work: (items: ReadonlySet<Item>) => Promise<void>) {
    this.#delay = delay;
    this.#work = work;
  }

  call(item: Item): Promise<void> {
    this.#items.add(item);
    this.#next ??= new Promise<void>((resolve) => setTimeout(resolve, this.#delay)).then(() => this.#run());
    return this.#next;
  }

  async #run(): Promise<void> {
    await this.#running.catch(() => {});
    const items = this.#items;
    this.#items = new Set();
    this.#next = null;
    this.#running = this.#work(items);
    await this.#running;
  }
}
