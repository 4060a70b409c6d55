/** What a tool says, kept up to a limit. */
import type { Readable } from 'node:stream';

export class Output {
  readonly #limit: number;
  readonly #chunks: Buffer[] = [];
  #kept = 0;
  #said = 0;

  /** @param limit bytes */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether more was said than was kept. */
  get truncated(): boolean {
    return this.#said > this.#limit;
  }

  /** Bytes in all, kept or not. */
  get said(): number {
    return this.#said;
  }

  add(chunk: Buffer): void {
    this.#said += chunk.length;
    const room = this.#limit - this.#kept;
    if (room <= 0) return;
    const part = chunk.length > room ? Buffer.from(chunk.subarray(0, room)) : chunk;
    this.#chunks.push(part);
    this.#kept += part.length;
  }

  /** Bytes that are no UTF-8 become U+FFFD, and NUL, which many displays end at, becomes its picture. */
  text(encoding = 'utf-8'): string {
    // At the limit the cut may go through a character: `stream` leaves its half away.
    const text = new TextDecoder(encoding).decode(Buffer.concat(this.#chunks), { stream: this.truncated });
    return text.replaceAll('\0', '\u2400');
  }
}

/** Reads a stream into an output until it ends, breaks, or `enough` says so after a chunk. */
export function drain(stream: Readable | null, output: Output, enough: () => void = () => undefined): void {
  stream?.on('data', (chunk: Buffer) => {
    output.add(chunk);
    enough();
  });
  stream?.on('error', () => undefined);
}
