/** Does something at most once in a while: at once when it is due, else as soon as it is. */
export class Throttled {
  readonly #pause: number;
  readonly #work: () => void;
  #last = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;

  /** `pause` in milliseconds. */
  constructor(pause: number, work: () => void) {
    this.#pause = pause;
    this.#work = work;
  }

  call(): void {
    const due = this.#last + this.#pause - performance.now();
    this.#timer ??= setTimeout(
      () => {
        this.#timer = null;
        this.#last = performance.now();
        this.#work();
      },
      Math.max(0, due),
    );
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
