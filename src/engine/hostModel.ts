/**
 * A language model of the editor, asked through the extension host. Editor models have no system role, no stop strings,
 * no temperature that counts and no usage figures: the system message goes in front of the first user message, the
 * answer is broken off where a stop string appears in the stream, and tokens are estimated.
 */
import {
  type ChatAnswer,
  type ChatMessage,
  type ChatModel,
  type ChatRequest,
  estimateTokens,
} from '../core/chat.ts';
import { Cancelled, ModelError, type ModelErrorKind } from '../core/errors.ts';
import { cutAt } from '../core/text.ts';
import { editorModelPrefix } from '../protocol/modelNames.ts';

/** What an editor model is sent: the purpose stays here. */
export type HostChatRequest = Omit<ChatRequest, 'purpose'>;

export interface HostAnswer {
  text: string;
  toolCalls: { id: string; name: string; arguments: string }[];
}

/** What the extension host can do for us. */
export interface HostChat {
  models(): Promise<{ id: string; label: string; maxInputTokens: number }[]>;
  /** `onText` gets the answer as it comes, in pieces. Aborting `signal` cancels the request in the editor as well. */
  chat(
    modelId: string,
    request: HostChatRequest,
    signal: AbortSignal,
    onText: (text: string) => void,
  ): Promise<HostAnswer>;
}

/** Pauses before the second and the third attempt, milliseconds. */
const pauses = [1000, 4000];
const worthAnotherTry: ReadonlySet<ModelErrorKind> = new Set(['rate_limit', 'server', 'timeout']);

/** Opens a model of the editor by its id. Throws `ModelError` when the editor has no such model. */
export async function openHostModel(
  host: HostChat,
  id: string,
  pause: (ms: number, signal: AbortSignal) => Promise<void> = wait,
): Promise<ChatModel> {
  const models = await host.models();
  const found = models.find((model) => model.id === id);
  if (!found) {
    const known = models.map((model) => model.label).join(', ') || 'none';
    throw new ModelError(
      'unknown_model',
      `The editor has no language model "${id}" (it has: ${known}).`,
      'Run "Imaginarium: Set Model…", or sign in to the provider of this one.',
    );
  }
  const ask = async (request: HostChatRequest, signal: AbortSignal): Promise<HostAnswer> => {
    for (const ms of pauses) {
      try {
        return await askOnce(host, id, request, signal);
      } catch (error) {
        if (!(error instanceof ModelError) || !worthAnotherTry.has(error.kind)) throw error;
      }
      await pause(ms, signal);
    }
    return askOnce(host, id, request, signal);
  };
  return {
    id: editorModelPrefix + id,
    label: found.label,
    isLanguageModel: true,
    price: () => null,
    async chat(request, signal): Promise<ChatAnswer> {
      if (signal.aborted) throw new Cancelled();
      const { purpose: _purpose, ...wire } = request;
      const messages = withoutSystem(request.messages);
      const inputTokens = tokensOf({ ...wire, messages });
      if (inputTokens > found.maxInputTokens) {
        throw new ModelError(
          'too_long',
          `The conversation has about ${inputTokens} tokens; ${found.label} takes ${found.maxInputTokens}.`,
          'Use fewer trials an episode (imaginarium.trials), or a model with a larger context.',
        );
      }
      const answer = await ask({ ...wire, messages }, signal);
      const said = answer.text + answer.toolCalls.map((call) => call.arguments).join('');
      return {
        text: answer.text,
        toolCalls: answer.toolCalls,
        finish: answer.toolCalls.length > 0 ? 'tool_calls' : 'stop',
        usage: { modelCalls: 1, inputTokens, cachedTokens: 0, outputTokens: estimateTokens(said), usd: null },
      };
    },
  };
}

/** One request; what comes after a stop string is neither waited for nor kept. */
async function askOnce(
  host: HostChat,
  id: string,
  request: HostChatRequest,
  signal: AbortSignal,
): Promise<HostAnswer> {
  const stops = request.stop ?? [];
  const enough = new AbortController();
  let heard = '';
  const cut = (text: string): string | null => {
    const kept = cutAt(text, stops);
    return kept.length < text.length ? kept : null;
  };
  try {
    const both = AbortSignal.any([signal, enough.signal]);
    const answer = await host.chat(id, request, both, (text) => {
      heard += text;
      if (cut(heard) !== null) enough.abort();
    });
    return { ...answer, text: cut(answer.text) ?? answer.text };
  } catch (error) {
    if (signal.aborted) throw new Cancelled();
    if (enough.signal.aborted) return { text: cut(heard) ?? heard, toolCalls: [] };
    throw error;
  }
}

/** The conversation without a system role: its text opens the first user message. */
export function withoutSystem(messages: readonly ChatMessage[]): ChatMessage[] {
  const system = messages.filter((message) => message.role === 'system').map((message) => message.content);
  const rest = messages.filter((message) => message.role !== 'system');
  if (system.length === 0) return rest;
  const opening = system.join('\n\n');
  const first = rest[0];
  if (first?.role === 'user') {
    return [{ role: 'user', content: `${opening}\n\n${first.content}` }, ...rest.slice(1)];
  }
  return [{ role: 'user', content: opening }, ...rest];
}

/** About how many tokens a request takes, the tools it offers included. */
function tokensOf(request: HostChatRequest): number {
  const calls = request.messages.flatMap((message) =>
    message.role === 'assistant' ? (message.toolCalls ?? []) : [],
  );
  const texts = [
    ...request.messages.map((message) => message.content),
    ...calls.map((call) => call.name + call.arguments),
    ...(request.tools ?? []).map((tool) => JSON.stringify(tool)),
  ];
  return texts.reduce((sum, text) => sum + estimateTokens(text), 0);
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      clearTimeout(timer);
      reject(new Cancelled());
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    }, ms);
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
}
