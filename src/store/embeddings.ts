import type { Connection } from './connection.ts';

/** Vectors of texts, by model and hash of the text, so that no text is embedded twice. */
export class Embeddings {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  put(model: string, hash: string, vector: Float32Array): void {
    const { buffer, byteOffset, byteLength } = vector;
    this.#connection
      .prepare('INSERT OR REPLACE INTO embeddings (model, hash, vector) VALUES (?, ?, ?)')
      .run(model, hash, new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength));
  }

  /** Those of these hashes that are kept. */
  of(model: string, hashes: readonly string[]): Map<string, Float32Array> {
    const row = this.#connection.prepare<{ vector: Uint8Array }>(
      'SELECT vector FROM embeddings WHERE model = ? AND hash = ?',
    );
    return new Map(
      hashes.flatMap((hash) => {
        const found = row.get(model, hash);
        // A copy: what SQLite hands out need not lie at a multiple of four bytes.
        return found === undefined ? [] : [[hash, new Float32Array(found.vector.slice().buffer)] as const];
      }),
    );
  }
}
