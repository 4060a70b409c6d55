import type { Usage } from '../core/message.ts';

/**
 * Model calls, tokens (of input, of those cached, of output) and US dollars, as columns. A server may report nonsense; what
 * is no number counts as nothing.
 */
export function usageValues(usage: Usage): (number | null)[] {
  const tokens = [usage.modelCalls, usage.inputTokens, usage.cachedTokens, usage.outputTokens];
  const usd = usage.usd !== null && Number.isFinite(usage.usd) ? usage.usd : null;
  return [...tokens.map((count) => (Number.isFinite(count) ? Math.round(count) : 0)), usd];
}
