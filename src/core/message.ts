/** What is said between us and a model, and what it took. */

/** A call as a model wrote it: `arguments` is its text, which may be no JSON at all. */
export interface ToolCallText {
  id: string;
  name: string;
  arguments: string;
}

export type ChatMessage =
  | { role: 'system' | 'user'; content: string }
  | { role: 'assistant'; content: string; toolCalls?: ToolCallText[] }
  | { role: 'tool'; toolCallId: string; content: string };

/** Tokens of one or more model calls; `usd` is null when the price is not known. */
export interface Usage {
  modelCalls: number;
  inputTokens: number;
  /** The part of `inputTokens` that the server had cached. */
  cachedTokens: number;
  outputTokens: number;
  usd: number | null;
}

/** No tokens yet. `usd` starts at 0: nothing asked costs nothing. */
export function noUsage(): Usage {
  return { modelCalls: 0, inputTokens: 0, cachedTokens: 0, outputTokens: 0, usd: 0 };
}

/** The sum of two usages; money that is unknown in one part is unknown in the sum. */
export function addUsage(a: Usage, b: Usage): Usage {
  return {
    modelCalls: a.modelCalls + b.modelCalls,
    inputTokens: a.inputTokens + b.inputTokens,
    cachedTokens: a.cachedTokens + b.cachedTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    usd: a.usd === null || b.usd === null ? null : a.usd + b.usd,
  };
}

/** Tokens of a text before a server has counted them: characters / 4. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / 4);
}
