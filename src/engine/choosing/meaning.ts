import { Cancelled, UserError } from '../../core/errors.ts';
import type { Embedder } from '../../core/exploit/choose/index.ts';
import { explain } from '../errors.ts';
import type { EngineOptions } from '../ports.ts';
import type { StoreHolder } from '../storeHolder.ts';
import { RememberedVectors } from './rememberedVectors.ts';

/** Somebody waits for the choice, and words alone will do; milliseconds. */
const patience = 10_000;
/** So long a server that did not answer is left alone, milliseconds. */
const pause = 60_000;

/** Which model makes embeddings, and where it is. */
export interface EmbeddingChoice {
  embeddingModel?: string;
  baseUrl?: string;
}

/** Why words alone decided, although an embedding model is set. */
export interface Fallback {
  message: string;
  advice: string;
}

/** What examples mean, by the embeddings of a server, where the person has set a model for them. */
export class Meaning {
  readonly #options: Pick<EngineOptions, 'settings' | 'trusted' | 'apiKey' | 'log'>;
  readonly #vectors: RememberedVectors;
  /** Milliseconds that never jump, until which an embedder is not asked, by its id. */
  readonly #silent = new Map<string, number>();

  constructor(around: {
    /** Changes while the engine lives. */
    options: Pick<EngineOptions, 'settings' | 'trusted' | 'apiKey' | 'log'>;
    stores(): StoreHolder;
    mayWrite(): boolean;
  }) {
    this.#options = around.options;
    this.#vectors = new RememberedVectors({ ...around, log: around.options.log });
  }

  /**
   * An embedder that remembers; null where no model is set, or nothing may be asked. The key of the model server goes to it
   * and nowhere else. Rejects with `UserError` for an address or a key that cannot be meant.
   */
  async embedder(asked: EmbeddingChoice = {}): Promise<Embedder | null> {
    const { settings, trusted, apiKey } = this.#options;
    const model = asked.embeddingModel || settings.embeddingModel;
    if (!model || !trusted) return null;
    const baseUrl = asked.baseUrl || settings.baseUrl || null;
    const { openaiEmbedder } = await import('../../models/embeddings.ts');
    return this.#vectors.remembering(openaiEmbedder({ model, baseUrl, apiKey: await apiKey(baseUrl) }));
  }

  /**
   * Does something with the embedder, if there is one; null otherwise, with the reason where that is a failure. A server that
   * fails is not asked again for a minute, and that is said once.
   */
  async use<T>(
    asked: EmbeddingChoice,
    signal: AbortSignal,
    work: (embedder: Embedder, signal: AbortSignal) => Promise<T>,
  ): Promise<{ result: T | null; fallback: Fallback | null }> {
    let id = '';
    try {
      const embedder = await this.embedder(asked);
      if (embedder === null) return { result: null, fallback: null };
      id = embedder.id;
      if (performance.now() < (this.#silent.get(id) ?? 0)) return { result: null, fallback: null };
      const result = await work(embedder, AbortSignal.any([signal, AbortSignal.timeout(patience)]));
      this.#silent.delete(id);
      return { result, fallback: null };
    } catch (error) {
      if (signal.aborted) throw new Cancelled();
      if (!(error instanceof UserError || error instanceof Cancelled)) throw error;
      if (id !== '') this.#silent.set(id, performance.now() + pause);
      const { message, advice } =
        error instanceof Cancelled
          ? { message: `The embedding model ${id} did not answer in time.`, advice: 'Is its server busy?' }
          : explain(error);
      this.#options.log(`Embeddings: ${message}`);
      return {
        result: null,
        fallback: { message: `Examples are chosen by their words alone: ${message}`, advice },
      };
    }
  }

  /** Resolves when what was to be kept is. */
  settled(): Promise<void> {
    return this.#vectors.settled();
  }
}
