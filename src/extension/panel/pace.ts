/** Lets a call through at once, and those that follow it no closer than `ms` together: the last one always comes. */
export class Pace {
  readonly #ms: number;
  readonly #call: () => void;
  #timer: NodeJS.Timeout | undefined;
  #again = false;

  constructor(ms: number, call: () => void) {
    this.#ms = ms;
    this.#call = call;
  }

  ask(): void {
    if (this.#timer !== undefined) {
      this.#again = true;
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (!this.#again) return;
      this.#again = false;
      this.ask();
    }, this.#ms);
    this.#call();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#again = false;
  }
}
