/** How often an engine may die within the span before nobody starts it again. */
const allowed = 4;
/** Milliseconds. */
const span = 3 * 60 * 1000;

/** Whether an engine that died is started again: yes, unless it keeps dying. */
export class CrashPolicy {
  readonly #now: () => number;
  #deaths: number[] = [];

  /** `now`: milliseconds that never jump. */
  constructor(now: () => number) {
    this.#now = now;
  }

  died(): 'restart' | 'give up' {
    const now = this.#now();
    this.#deaths = [...this.#deaths.filter((at) => now - at < span), now];
    return this.#deaths.length > allowed ? 'give up' : 'restart';
  }

  /** A person starts it anew: what was is forgotten. */
  forget(): void {
    this.#deaths = [];
  }
}
