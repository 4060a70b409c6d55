import type { JsonObject } from './json.ts';
import type { Purpose } from './purpose.ts';

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

/** A tool as it is offered to a model that calls natively. */
export interface ChatTool {
  name: string;
  description: string;
  parameters: JsonObject;
}

export interface ChatRequest {
  /** Why we ask, with the structured context. Wire adapters ignore it; the offline sampler uses nothing else. */
  purpose: Purpose;
  messages: ChatMessage[];
  /** Offered only over the protocol `tools`. */
  tools?: ChatTool[];
  /** `none` lets the model see the tools and forbids a call (reflection over the protocol `tools`). */
  toolChoice?: 'auto' | 'none' | 'required';
  temperature: number;
  /** Limit of the answer, in tokens. */
  maxTokens: number;
  /** The answer ends before any of these. The core cuts again, since not every server honours them. */
  stop?: string[];
  /** Sent along where a server takes one; 31 bits. */
  seed?: number;
}

/** Tokens of one or more model calls; `usd` is null when the price is not known. */
export interface Usage {
  modelCalls: number;
  inputTokens: number;
  /** The part of `inputTokens` that the server had cached. */
  cachedTokens: number;
  outputTokens: number;
  usd: number | null;
}

export interface ChatAnswer {
  text: string;
  toolCalls: ToolCallText[];
  finish: 'stop' | 'length' | 'tool_calls' | 'filter' | 'other';
  usage: Usage;
}

/**
 * The port to a language model.
 * `chat` rejects with `ModelError` (after the adapter's own retries) or `Cancelled` (the signal was aborted).
 */
export interface ChatModel {
  /** What trials record and `--model` takes, for instance `gpt-5-mini` or `offline`. */
  readonly id: string;
  /** What people read, for instance `Offline sampler (no language model)`. */
  readonly label: string;
  /** False for the offline sampler: what it imagines is no evidence about a language model. */
  readonly isLanguageModel: boolean;
  /** Money for the given tokens, US dollars; null when unknown. */
  price(inputTokens: number, outputTokens: number, cachedTokens?: number): number | null;
  chat(request: ChatRequest, signal: AbortSignal): Promise<ChatAnswer>;
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
