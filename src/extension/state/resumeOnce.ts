/**
 * What becomes of a run whose engine died under this window: it goes on by itself once. A second death of the same run is
 * a person's business, and so is every run that an earlier window left behind.
 */
export class ResumeOnce {
  readonly #before = new Set<string>();
  #cut: string[] = [];

  /** The engine died while these runs were on. */
  died(running: readonly string[]): void {
    this.#cut = [...new Set([...this.#cut, ...running])];
  }

  /** Runs that will go on by themselves when there is an engine again. */
  get waiting(): string[] {
    return this.#cut.filter((id) => !this.#before.has(id));
  }

  /** There is an engine again: which runs go on now, and for which a person is asked. Each is named once. */
  back(): { resume: string[]; ask: string[] } {
    const resume = this.waiting;
    const ask = this.#cut.filter((id) => this.#before.has(id));
    for (const id of resume) this.#before.add(id);
    this.#cut = [];
    return { resume, ask };
  }

  /** No engine will come: a person is asked for all of them. */
  giveUp(): string[] {
    const all = this.#cut;
    this.#cut = [];
    return all;
  }
}
