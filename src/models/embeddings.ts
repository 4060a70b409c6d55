import { Cancelled, ModelError, type ModelErrorKind } from '../core/errors.ts';
import type { Embedder } from '../core/exploit/choose/ports.ts';
import { seededRandom } from '../core/random.ts';
import { type Wire, wire } from './client.ts';
import { type Clock, systemClock } from './clock.ts';
import { isLoopback, isOpenAI, readBaseUrl, showUrl } from './endpoint.ts';
import { type Failure, noAnswer, readFailure } from './failure.ts';
import { readKey } from './key.ts';
import { kindOf } from './kind.ts';
import { modelError } from './modelError.ts';
import { readEmbeddings } from './readEmbeddings.ts';
import { redactor } from './redact.ts';
import { backoff, isRetryable, retryAfter } from './retry.ts';
import { TimeLimitReached, withTimeLimit } from './timeLimit.ts';

export interface EmbedderOptions {
  /** As the server calls it, for instance `text-embedding-3-small`. */
  model: string;
  /** Usually ends with `/v1`; OpenAI's own when left out. */
  baseUrl?: string | null | undefined;
  /** Null sends none. */
  apiKey: string | null;
  /** Limit of one attempt, milliseconds; 20 seconds when left out, 60 for a server on this machine, which may load the model first. */
  timeoutMs?: number | undefined;
  clock?: Clock | undefined;
}

/** Texts in one request: servers differ in what they take at a time, and none takes less. */
const batch = 64;
/** Characters of a text that are sent: about what most embedding models read of it. */
const longest = 8000;
/** Attempts at one request: somebody waits, and words alone will do. */
const tries = 3;
/** A server that wants us back later than this, milliseconds, is not waited for. */
const longestWait = 10_000;

/**
 * The embeddings of any OpenAI-compatible server (`POST …/embeddings`). Throws `ModelError` for a base URL or a key that
 * cannot be meant. Batches go one after the other.
 *
 * There is no such port to the editor: its embeddings are proposed API (`lm.computeEmbeddings`), which the VS Code that we
 * build against (1.125) gives to no published extension.
 */
export function openaiEmbedder(options: EmbedderOptions): Embedder {
  return new OpenAIEmbedder(options);
}

class OpenAIEmbedder implements Embedder {
  readonly id: string;
  readonly #model: string;
  readonly #baseUrl: string;
  readonly #apiKey: string | null;
  readonly #timeoutMs: number;
  readonly #clock: Clock;
  readonly #wire: Wire;
  readonly #redact: (text: string) => string;

  constructor(options: EmbedderOptions) {
    this.#model = options.model;
    this.#baseUrl = readBaseUrl(options.baseUrl);
    this.#apiKey = readKey(options.apiKey);
    this.id = isOpenAI(this.#baseUrl) ? options.model : `${options.model} at ${showUrl(this.#baseUrl)}`;
    this.#timeoutMs = options.timeoutMs ?? (isLoopback(this.#baseUrl) ? 60_000 : 20_000);
    this.#clock = options.clock ?? systemClock;
    this.#wire = wire({ baseUrl: this.#baseUrl, apiKey: this.#apiKey });
    this.#redact = redactor(this.#apiKey);
  }

  async embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    for (let from = 0; from < texts.length; from += batch) {
      vectors.push(...(await this.#batch(texts.slice(from, from + batch), signal)));
    }
    return vectors;
  }

  async #batch(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    if (signal.aborted) throw new Cancelled();
    if (this.#apiKey === null && isOpenAI(this.#baseUrl)) throw this.#error('auth', noAnswer, 0, null);
    // Servers refuse an empty text, and with it all the others.
    const input = texts.map((text) => text.slice(0, longest).toWellFormed() || ' ');
    const random = seededRandom(texts.length);
    for (let made = 1; ; made++) {
      const result = await this.#attempt(input, signal);
      if (Array.isArray(result)) return result;
      const { failure, timedOut } = result;
      const kind = timedOut ? 'timeout' : kindOf(failure, false);
      const told = retryAfter(failure.headers, this.#clock.wall());
      if (made >= tries || !isRetryable(kind, failure.network) || (told ?? 0) > longestWait) {
        throw this.#error(kind, failure, made, told);
      }
      await this.#clock.sleepUntil(this.#clock.now() + (told ?? backoff(made, random)), signal);
    }
  }

  #error(kind: ModelErrorKind, failure: Failure, made: number, waitMs: number | null): ModelError {
    const { message, advice } = modelError(kind, failure, {
      model: this.#model,
      baseUrl: this.#baseUrl,
      hasKey: this.#apiKey !== null,
      tries: made,
      timeoutMs: this.#timeoutMs,
      waitMs,
      models: null,
    });
    return new ModelError(kind, message, kind === 'unknown_model' ? unknownAdvice : advice);
  }

  async #attempt(input: string[], signal: AbortSignal): Promise<Float32Array[] | Failed> {
    try {
      return await withTimeLimit(this.#timeoutMs, signal, async (limited) => {
        const response = await this.#wire.post('/embeddings', { model: this.#model, input }, limited);
        return readEmbeddings(await response.text(), input.length);
      });
    } catch (error) {
      if (signal.aborted) throw new Cancelled();
      if (error instanceof TimeLimitReached) return { failure: noAnswer, timedOut: true };
      const failure = readFailure(error, this.#redact);
      if (failure === null) throw error;
      return { failure, timedOut: false };
    }
  }
}

interface Failed {
  failure: Failure;
  timedOut: boolean;
}

const unknownAdvice =
  'Models that make embeddings are others than those that chat: set "imaginarium.embeddingModel" (in a terminal: --embedding-model) to one that this server has.';
