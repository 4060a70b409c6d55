/** Does something about an item once nothing was heard of it for a while: for work that is too long for every key stroke. */
export class Pausing<Item> {
  readonly #work: (item: Item) => Promise<void>;
  readonly #pause: number;
  readonly #waiting = new Map<Item, { timer: NodeJS.Timeout; done: PromiseWithResolvers<void> }>();

  /** `pause` in milliseconds. */
  constructor(pause: number, work: (item: Item) => Promise<void>) {
    this.#pause = pause;
    this.#work = work;
  }

  /** Settles with the work that follows. */
  call(item: Item): Promise<void> {
    const before = this.#waiting.get(item);
    if (before) clearTimeout(before.timer);
    const done = before?.done ?? Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      this.#waiting.delete(item);
      this.#work(item).then(done.resolve, done.reject);
    }, this.#pause);
    this.#waiting.set(item, { timer, done });
    return done.promise;
  }

  dispose(): void {
    for (const { timer, done } of this.#waiting.values()) {
      clearTimeout(timer);
      done.resolve();
    }
    this.#waiting.clear();
  }
}
