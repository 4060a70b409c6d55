import type { ChatModel } from '../core/chat.ts';
import type { WaitInfo } from './openai.ts';
import type { PriceTable } from './prices.ts';
import type { RateLimits } from './rateLimit.ts';

export type { WaitInfo } from './openai.ts';
export type { PriceTable } from './prices.ts';

/** Which model to ask, and how hard. */
export interface ModelChoice extends RateLimits {
  /** `offline`, or the name that the server knows. */
  model: string;
  /** OpenAI's own when left out. */
  baseUrl?: string | null | undefined;
  apiKey: string | null;
  /** Limit of one attempt, milliseconds. */
  timeoutMs?: number | undefined;
  /** The person's own prices; they outrank the table. */
  prices?: PriceTable | undefined;
  /** Told when a call has to wait, for logs and progress. */
  onWait?: ((info: WaitInfo) => void) | undefined;
}

/** Whether that is the name of the built-in sampler, which is no language model. */
export function isOffline(model: string): boolean {
  return model === 'offline';
}

/**
 * The model that was chosen; only its own code is loaded. Nothing is asked yet.
 * Rejects with `ModelError` for a base URL or a key that cannot be meant.
 */
export async function createModel(choice: ModelChoice): Promise<ChatModel> {
  if (isOffline(choice.model)) {
    const { offlineModel } = await import('./offline/index.ts');
    return offlineModel();
  }
  const [{ openaiModel }, { priceOf }] = await Promise.all([import('./openai.ts'), import('./prices.ts')]);
  const { prices, ...options } = choice;
  return openaiModel({ ...options, price: await priceOf(choice.model, choice.baseUrl ?? null, prices) });
}
