import type { ChatAnswer, ChatModel, ChatRequest } from '../core/chat.ts';
import { Cancelled, type ModelError, type ModelErrorKind } from '../core/errors.ts';
import { seededRandom } from '../core/random.ts';
import { type ReadAnswer, readAnswer } from './answer.ts';
import { type Wire, wire } from './client.ts';
import { type Clock, systemClock } from './clock.ts';
import { adapt, newDialect } from './dialect.ts';
import { isLoopback, isOpenAI, readBaseUrl, showUrl } from './endpoint.ts';
import { type Failure, noAnswer, readFailure } from './failure.ts';
import { readKey } from './key.ts';
import { kindOf, namesModel } from './kind.ts';
import { listModels } from './listModels.ts';
import { modelError } from './modelError.ts';
import type { Price } from './prices.ts';
import { RateLimit, type RateLimits } from './rateLimit.ts';
import { redactor } from './redact.ts';
import { chatBody, estimateInput, hasUnreadableArguments } from './request.ts';
import { backoff, isRetryable, limits, retryAfter, triesFor } from './retry.ts';
import { TimeLimitReached, withTimeLimit } from './timeLimit.ts';

/** Why a call is not answered yet. */
export interface WaitInfo {
  /** `limit`: our own limits a minute or at once; `retry`: an attempt failed and is made again. */
  reason: 'limit' | 'retry';
  /** How long at least, milliseconds; 0 while others have to end first. */
  ms: number;
  /** The attempt that is waited for, from 1. */
  attempt: number;
  /** One sentence; holds no secret. */
  message: string;
}

export interface OpenAIOptions extends RateLimits {
  /** As the server calls it, for instance `gpt-5-mini`. */
  model: string;
  /** Usually ends with `/v1`; OpenAI's own when left out. */
  baseUrl?: string | null | undefined;
  /** Null sends none: most local servers want none. */
  apiKey: string | null;
  /** Limit of one attempt, milliseconds; 2 minutes when left out, 10 for a server on this machine. */
  timeoutMs?: number | undefined;
  /** Unknown when left out; see `priceOf`. */
  price?: Price | undefined;
  onWait?: ((info: WaitInfo) => void) | undefined;
  clock?: Clock | undefined;
}

/**
 * A model behind any OpenAI-compatible server. Throws `ModelError` for a base URL or a key that cannot be meant;
 * everything else that goes wrong is what `chat` rejects with. A call counts once, however many attempts it took.
 */
export function openaiModel(options: OpenAIOptions): ChatModel {
  return new OpenAIModel(options);
}

/** What an attempt that failed came to. */
interface Failed {
  kind: ModelErrorKind;
  failure: Failure;
  /** The server has taught us to ask differently: asking again is no retry. */
  adapted: boolean;
}

class OpenAIModel implements ChatModel {
  readonly id: string;
  readonly label: string;
  readonly isLanguageModel = true;
  readonly #options: OpenAIOptions;
  readonly #baseUrl: string;
  readonly #apiKey: string | null;
  readonly #timeoutMs: number;
  readonly #clock: Clock;
  readonly #wire: Wire;
  readonly #limit: RateLimit;
  readonly #redact: (text: string) => string;
  readonly #dialect = newDialect();
  #everReached = false;

  constructor(options: OpenAIOptions) {
    this.#options = options;
    this.#baseUrl = readBaseUrl(options.baseUrl);
    this.#apiKey = readKey(options.apiKey);
    this.id = options.model;
    this.label = isOpenAI(this.#baseUrl) ? options.model : `${options.model} at ${showUrl(this.#baseUrl)}`;
    this.#timeoutMs = options.timeoutMs ?? (isLoopback(this.#baseUrl) ? 600_000 : 120_000);
    this.#clock = options.clock ?? systemClock;
    this.#wire = wire({ baseUrl: this.#baseUrl, apiKey: this.#apiKey });
    this.#limit = new RateLimit(options, this.#clock);
    this.#redact = redactor(this.#apiKey);
  }

  price(inputTokens: number, outputTokens: number, cachedTokens = 0): number | null {
    return this.#options.price?.(inputTokens, outputTokens, cachedTokens) ?? null;
  }

  async chat(request: ChatRequest, signal: AbortSignal): Promise<ChatAnswer> {
    if (signal.aborted) throw new Cancelled();
    if (this.#apiKey === null && isOpenAI(this.#baseUrl)) throw this.#error('auth', noAnswer, 0, null, null);
    const random = seededRandom(request.purpose.seed);
    for (let tries = 1; ; ) {
      const result = await this.#attempt(request, tries, signal);
      if (!('kind' in result)) return this.#priced(result);
      if (result.adapted) continue;
      const { kind, failure } = result;
      const told = retryAfter(failure.headers, this.#clock.wall());
      const over = tries >= triesFor(kind, told !== null, this.#everReached);
      if (over || !isRetryable(kind, failure.network) || (told ?? 0) > limits.longestWait) {
        throw await this.#final(kind, failure, tries, told, signal);
      }
      const until = this.#clock.now() + (told ?? backoff(tries, random));
      if (told !== null) this.#limit.holdUntil(until);
      tries++;
      this.#tell('retry', until - this.#clock.now(), tries, `${failure.text || `status ${failure.status}`}`);
      await this.#clock.sleepUntil(until, signal);
    }
  }

  /** Asks once. Rejects with `Cancelled`, or with what is a fault of ours. */
  async #attempt(request: ChatRequest, number: number, signal: AbortSignal): Promise<ReadAnswer | Failed> {
    const estimate = estimateInput(chatBody(this.id, request, this.#dialect));
    const permit = await this.#limit.enter(estimate + request.maxTokens, signal, (ms) => {
      this.#tell('limit', ms, number, 'waiting for the limits of this model');
    });
    // Made only now: while this call waited, another may have learned how the server wants to be asked.
    const body = chatBody(this.id, request, this.#dialect);
    let used: number | null = null;
    try {
      const answer = await withTimeLimit(this.#timeoutMs, signal, async (limited) => {
        const response = await this.#wire.post('/chat/completions', body, limited);
        return readAnswer(await response.text(), request.messages.length, estimate);
      });
      used = answer.inputTokens + answer.outputTokens;
      this.#everReached = true;
      return answer;
    } catch (error) {
      if (signal.aborted) throw new Cancelled();
      if (error instanceof TimeLimitReached) return { kind: 'timeout', failure: timedOut, adapted: false };
      const failure = readFailure(error, this.#redact);
      if (failure === null) throw error;
      if (failure.status !== null) this.#everReached = true;
      const kind = kindOf(failure, body.tools !== undefined);
      const adaptable = kind === 'bad_request' || kind === 'server';
      const adapted = adaptable && adapt(this.#dialect, failure, body, hasUnreadableArguments(request));
      return { kind, failure, adapted };
    } finally {
      permit.leave(used);
    }
  }

  async #final(
    kind: ModelErrorKind,
    failure: Failure,
    tries: number,
    told: number | null,
    signal: AbortSignal,
  ) {
    if (kind !== 'unknown_model') return this.#error(kind, failure, tries, told, null);
    const models = await listModels(this.#wire, signal);
    if (signal.aborted) return new Cancelled();
    // A 404 without a word about the model, from a server without a list of models, is a wrong path.
    const wrongPath = models === null && !namesModel(failure);
    return this.#error(wrongPath ? 'unreachable' : kind, failure, tries, told, models);
  }

  #error(
    kind: ModelErrorKind,
    failure: Failure,
    tries: number,
    waitMs: number | null,
    models: string[] | null,
  ): ModelError {
    return modelError(kind, failure, {
      model: this.id,
      baseUrl: this.#baseUrl,
      hasKey: this.#apiKey !== null,
      timeoutMs: this.#timeoutMs,
      tries,
      waitMs,
      models,
    });
  }

  #priced({ inputTokens, cachedTokens, outputTokens, ...answer }: ReadAnswer): ChatAnswer {
    const usd = this.price(inputTokens, outputTokens, cachedTokens);
    return { ...answer, usage: { modelCalls: 1, inputTokens, cachedTokens, outputTokens, usd } };
  }

  #tell(reason: WaitInfo['reason'], ms: number, attempt: number, message: string): void {
    this.#options.onWait?.({ reason, ms, attempt, message });
  }
}

const timedOut: Failure = { ...noAnswer, text: 'no answer within the time limit' };
