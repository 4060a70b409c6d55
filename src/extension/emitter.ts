/** Tells listeners; knows no editor, so that what uses it can be tested in plain Node. */
export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** The result takes the listener off again. */
  listen(listener: (value: T) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
