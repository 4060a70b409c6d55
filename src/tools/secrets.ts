/** Secrets that tools were given: never logged, and taken out of whatever a tool says. */

/** A shorter one could not be told from ordinary text. */
const shortest = 4;

export class Secrets {
  readonly #ask: (name: string) => Promise<string | null>;
  readonly #given = new Set<string>();

  constructor(ask: (name: string) => Promise<string | null>) {
    this.#ask = ask;
  }

  async get(name: string): Promise<string | null> {
    const value = await this.#ask(name);
    if (value !== null) this.conceal(value);
    return value;
  }

  /** A secret that was found elsewhere: from now on it is taken out of what tools say. */
  conceal(value: string): void {
    if (value.length < shortest) return;
    for (const form of [
      value,
      encodeURIComponent(value.toWellFormed()),
      JSON.stringify(value).slice(1, -1),
      // As a name or password in an Authorization header; the padding tells nothing.
      Buffer.from(value).toString('base64').replace(/=+$/, ''),
    ]) {
      this.#given.add(form);
    }
  }

  /**
   * The text with `***` for every secret that was given to any tool. `truncated` when it was cut: then each of its lines
   * may end with the half of one, since both outputs of a tool and our own words stand below each other.
   */
  redact(text: string, truncated: boolean): string {
    let redacted = text;
    for (const secret of [...this.#given].sort((a, b) => b.length - a.length)) {
      redacted = redacted.replaceAll(secret, '***');
    }
    return truncated ? redacted.split('\n').map(this.#withoutHalf, this).join('\n') : redacted;
  }

  /** The same for every text in a value of JSON, keys included. */
  redactAll<T>(value: T): T {
    if (typeof value === 'string') return this.redact(value, false) as T;
    if (Array.isArray(value)) return value.map((item) => this.redactAll(item)) as T;
    if (typeof value !== 'object' || value === null) return value;
    const members = Object.entries(value).map(([key, item]) => [
      this.redact(key, false),
      this.redactAll(item),
    ]);
    return Object.fromEntries(members) as T;
  }

  #withoutHalf(line: string): string {
    for (const secret of this.#given) {
      for (let length = Math.min(secret.length - 1, line.length); length >= shortest; length--) {
        if (line.endsWith(secret.slice(0, length))) return `${line.slice(0, -length)}***`;
      }
    }
    return line;
  }
}
