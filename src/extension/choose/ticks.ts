import type { Choice } from '../surroundings.ts';

/**
 * Which lines of a list are ticked. At first those that are proposed; they go when something else is looked for, unless the
 * person has ticked or unticked a line, which makes the ticks theirs.
 */
export class Ticks<T> {
  readonly #ticked = new Map<T, Choice<T>>();
  #state: 'nothing shown' | 'proposed' | 'decided' = 'nothing shown';

  get choices(): readonly Choice<T>[] {
    return [...this.#ticked.values()];
  }

  has(value: T): boolean {
    return this.#ticked.has(value);
  }

  /** These lines are shown now. */
  show(choices: readonly Choice<T>[]): void {
    if (this.#state !== 'nothing shown') return;
    this.#state = 'proposed';
    for (const choice of choices) if (choice.proposed) this.#ticked.set(choice.value, choice);
  }

  /** Another text was typed. */
  type(): void {
    if (this.#state === 'proposed') this.#ticked.clear();
    this.#state = 'decided';
  }

  /** These are ticked now: the editor says so whether a person or we have done it. */
  hear(choices: readonly Choice<T>[]): void {
    const same =
      choices.length === this.#ticked.size && choices.every(({ value }) => this.#ticked.has(value));
    if (same) return;
    this.#state = 'decided';
    this.#ticked.clear();
    for (const choice of choices) this.#ticked.set(choice.value, choice);
  }
}
