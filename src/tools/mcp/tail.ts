/** The end of what a stream said. */
export class Tail {
  readonly #limit: number;
  #kept: Buffer = Buffer.alloc(0);
  #cut = false;

  /** @param limit bytes */
  constructor(limit: number) {
    this.#limit = limit;
  }

  add(chunk: Buffer): void {
    const all = Buffer.concat([this.#kept, chunk.subarray(-this.#limit)]);
    this.#cut ||= this.#kept.length + chunk.length > this.#limit;
    this.#kept = Buffer.from(all.subarray(-this.#limit));
  }

  /** Without the half of a line at its beginning. */
  text(): string {
    const text = this.#kept.toString('utf8').replaceAll('\0', '\u2400').trimEnd();
    return this.#cut ? text.replace(/^[^\n]*\n/, '') : text;
  }
}
