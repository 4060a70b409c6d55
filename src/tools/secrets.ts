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
    if (value !== null && value.length >= shortest) {
      for (const form of [
        value,
        encodeURIComponent(value.toWellFormed()),
        JSON.stringify(value).slice(1, -1),
      ]) {
        this.#given.add(form);
      }
    }
    return value;
  }

  /** The text with `***` for every secret that was given to any tool; `truncated` when its end may be the half of one. */
  redact(text: string, truncated: boolean): string {
    let redacted = text;
    for (const secret of [...this.#given].sort((a, b) => b.length - a.length)) {
      redacted = redacted.replaceAll(secret, '***');
      if (truncated) redacted = withoutHalf(redacted, secret);
    }
    return redacted;
  }
}

function withoutHalf(text: string, secret: string): string {
  for (let length = secret.length - 1; length >= shortest; length--) {
    if (text.endsWith(secret.slice(0, length))) return `${text.slice(0, -length)}***`;
  }
  return text;
}
