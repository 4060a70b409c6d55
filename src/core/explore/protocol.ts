/** The seam between the method and the two ways of telling a model about tools. */
import type { ChatAnswer, ChatMessage, ChatRequest } from '../chat.ts';
import type { JsonObject } from '../json.ts';
import type { ProtocolName } from '../settings.ts';
import type { Tool } from '../tool.ts';
import type { FailureType } from '../trial.ts';
import type { PromptPart, PromptSet } from './prompts.ts';

/** One call as it was read; `arguments` is null when they could not be. */
export interface ReadCall {
  /** The name as the model wrote it. */
  name: string;
  arguments: JsonObject | null;
  /** Set when the call cannot be run: what the model is told. */
  problem?: { type: FailureType; text: string };
}

export type Reading =
  | { kind: 'final'; thought: string; answer: string }
  | { kind: 'calls'; thought: string; calls: ReadCall[]; leftOut: number }
  /** Neither a call nor a final answer; `text` is what the model is told. */
  | { kind: 'unreadable'; thought: string; type: FailureType; text: string; name?: string };

export interface WireProtocol {
  readonly name: ProtocolName;
  /** Answers that act end before this. */
  readonly actStop: string[];
  readonly imagineStop: string[];
  /** Prompt of an acting or call-first turn, for the first trial of an episode and for the later ones. */
  readonly act: readonly [PromptPart, PromptPart];
  readonly callFirst: readonly [PromptPart, PromptPart];
  /** How the tools go along with a request. `may` is whether the answer may call them. */
  offer(tools: readonly Tool[], may: boolean): Pick<ChatRequest, 'tools' | 'toolChoice'>;
  read(answer: ChatAnswer, tools: readonly Tool[], prompts: PromptSet): Reading;
  /** The answer as it stands in the conversation. */
  answerMessage(answer: ChatAnswer): ChatMessage;
  /** What came back, as messages: one text for each call that was read, or the one for an unreadable answer. */
  observationMessages(answer: ChatAnswer, texts: readonly string[]): ChatMessage[];
  /** What is wrong when an answer shows that the model should be asked over the other protocol; null otherwise. */
  mismatch(answer: ChatAnswer): { message: string; advice: string } | null;
}
