import { readBaseUrl } from './endpoint.ts';

/** US dollars for tokens; `cachedTokens` are a part of `inputTokens`. Null when unknown. */
export type Price = (inputTokens: number, outputTokens: number, cachedTokens?: number) => number | null;

/** A person's own prices by model name, US dollars per million tokens; `cached` is `input` when left out. */
export type PriceTable = Record<string, { input: number; output: number; cached?: number }>;

/**
 * The price of a model at a server: from the person's own table; else from the table of `@pydantic/genai-prices`, which
 * knows servers by their address, so that a well-known name at an unknown server stays unknown: null, never a guess. Nor
 * is a server on this machine taken to be free: it may be a gateway that passes requests on to somebody who is paid.
 * That table is loaded only when it is needed (466 KB).
 */
export async function priceOf(model: string, baseUrl: string | null, own: PriceTable = {}): Promise<Price> {
  const mine = Object.hasOwn(own, model) ? own[model] : undefined;
  if (mine !== undefined) {
    const { input, output, cached = input } = mine;
    return (inputTokens, outputTokens, cachedTokens = 0) => {
      const kept = Math.min(cachedTokens, inputTokens);
      return ((inputTokens - kept) * input + kept * cached + outputTokens * output) / 1e6;
    };
  }
  const providerApiUrl = readBaseUrl(baseUrl);
  const { calcPrice } = await import('@pydantic/genai-prices');
  return (input_tokens, output_tokens, cachedTokens = 0) => {
    // The library refuses to read more tokens from a cache than there were.
    const usage = { input_tokens, output_tokens, cache_read_tokens: Math.min(cachedTokens, input_tokens) };
    return calcPrice(usage, model, { providerApiUrl })?.total_price ?? null;
  };
}
