import { createHash } from 'node:crypto';
import type { Embedder } from '../../core/exploit/choose/index.ts';
import { explain } from '../errors.ts';
import type { StoreHolder } from '../storeHolder.ts';

/** Vectors held in memory, the newest: some 25 MB of usual ones. */
const most = 4000;

/**
 * Vectors of texts, by embedder and hash of the text, so that no text is sent twice: in memory, and in the database as far as
 * that can be written now.
 */
export class RememberedVectors {
  readonly #stores: () => StoreHolder;
  readonly #mayWrite: () => boolean;
  readonly #log: (line: string) => void;
  readonly #held = new Map<string, Float32Array>();
  #writing: Promise<void> = Promise.resolve();

  constructor(around: { stores(): StoreHolder; mayWrite(): boolean; log: (line: string) => void }) {
    this.#stores = around.stores;
    this.#mayWrite = around.mayWrite;
    this.#log = around.log;
  }

  /** The embedder, asked only for what is not known. */
  remembering(embedder: Embedder): Embedder {
    return {
      id: embedder.id,
      embed: async (texts, signal) => {
        const hashes = texts.map(hashOf);
        const known = await this.#known(embedder.id, hashes);
        const ask = async (): Promise<void> => {
          const missing = new Map<string, string>();
          hashes.forEach((hash, index) => {
            if (!known.has(hash)) missing.set(hash, texts[index] as string);
          });
          if (missing.size === 0) return;
          const vectors = await embedder.embed([...missing.values()], signal);
          const found = new Map(
            [...missing.keys()].map((hash, index) => [hash, vectors[index] as Float32Array]),
          );
          this.#remember(embedder.id, found);
          for (const [hash, vector] of found) known.set(hash, vector);
        };
        await ask();
        const length = known.get(hashes[0] ?? '')?.length;
        if ([...known.values()].some((vector) => vector.length !== length)) {
          // Another model goes by this name now.
          known.clear();
          await ask();
        }
        return hashes.map((hash) => known.get(hash) as Float32Array);
      },
    };
  }

  /** Resolves when what was to be written is, or could not be. */
  settled(): Promise<void> {
    return this.#writing;
  }

  async #known(model: string, hashes: readonly string[]): Promise<Map<string, Float32Array>> {
    const known = new Map<string, Float32Array>();
    for (const hash of hashes) {
      const vector = this.#held.get(keyOf(model, hash));
      if (vector !== undefined) known.set(hash, vector);
    }
    const others = hashes.filter((hash) => !known.has(hash));
    const store = others.length === 0 ? null : await this.#stores().forReading();
    if (store === null) return known;
    const kept = store.embeddings(model, others);
    this.#hold(model, kept);
    for (const [hash, vector] of kept) known.set(hash, vector);
    return known;
  }

  #remember(model: string, vectors: ReadonlyMap<string, Float32Array>): void {
    this.#hold(model, vectors);
    if (this.#mayWrite()) this.#writing = this.#writing.then(() => this.#write(model, vectors));
  }

  /** Never rejects: what is not kept is asked for again. */
  async #write(model: string, vectors: ReadonlyMap<string, Float32Array>): Promise<void> {
    try {
      const lease = await this.#stores().lease();
      try {
        lease.store.putEmbeddings(model, vectors);
      } finally {
        await lease.release();
      }
    } catch (error) {
      this.#log(`Embeddings are not kept: ${explain(error).message}`);
    }
  }

  #hold(model: string, vectors: ReadonlyMap<string, Float32Array>): void {
    for (const [hash, vector] of vectors) {
      const key = keyOf(model, hash);
      this.#held.delete(key);
      this.#held.set(key, vector);
    }
    for (const key of this.#held.keys()) {
      if (this.#held.size <= most) break;
      this.#held.delete(key);
    }
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64').slice(0, 22);
}

function keyOf(model: string, hash: string): string {
  return `${hash} ${model}`;
}
