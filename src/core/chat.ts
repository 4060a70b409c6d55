import type { JsonObject } from './json.ts';
import type { ChatMessage, ToolCallText, Usage } from './message.ts';
import type { Purpose } from './purpose.ts';

export {
  addUsage,
  type ChatMessage,
  estimateTokens,
  noUsage,
  type ToolCallText,
  type Usage,
} from './message.ts';

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
