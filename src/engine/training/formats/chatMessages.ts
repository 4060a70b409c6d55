import type { JsonObject } from '../../../core/json.ts';
import type { Conversation, ToolDefinition } from '../conversation.ts';
import type { Turn } from '../turns.ts';

/** In what the chat formats differ. */
export interface ChatStyle {
  /** `text`: a JSON text inside of the JSON, as the API has it. `object`: as the templates of Hugging Face want it. */
  arguments: 'text' | 'object';
  /** Whether a message with calls has an empty content, or none. */
  emptyContent: boolean;
  /** Whether a tool message says which tool has spoken. */
  toolName: boolean;
  /** What the model's messages carry to say whether they are learned. */
  weight?: (train: boolean) => JsonObject;
  /** What all other messages carry. */
  others?: JsonObject;
}

/** A conversation as chat messages. */
export function chatMessages(query: string, turns: readonly Turn[], style: ChatStyle): JsonObject[] {
  const others = style.others ?? {};
  const messages: JsonObject[] = [{ role: 'user', content: query, ...others }];
  for (const turn of turns) {
    messages.push(assistantMessage(turn, style));
    if (turn.kind === 'call' && turn.observed) {
      messages.push({
        role: 'tool',
        tool_call_id: turn.id,
        ...(style.toolName ? { name: turn.call.tool } : {}),
        content: turn.call.observation,
        ...others,
      });
    }
  }
  return messages;
}

export function assistantMessage(turn: Turn, style: ChatStyle): JsonObject {
  const weight = style.weight?.(turn.train) ?? {};
  if (turn.kind === 'answer') return { role: 'assistant', content: turn.text, ...weight };
  const { tool: name, arguments: given } = turn.call;
  const called = { name, arguments: style.arguments === 'text' ? JSON.stringify(given) : given };
  return {
    role: 'assistant',
    ...(style.emptyContent ? { content: '' } : {}),
    tool_calls: [{ id: turn.id, type: 'function', function: called }],
    ...weight,
  };
}

/** Tool definitions as the chat completions API has them, and everything that follows it. */
export function functionTools(tools: readonly ToolDefinition[]): JsonObject[] {
  return tools.map(({ name, description, parameters }) => ({
    type: 'function',
    function: { name, description, parameters },
  }));
}

/** The tools of a conversation. */
export function offeredTools(conversation: Pick<Conversation, 'tools'>): JsonObject[] {
  return functionTools(conversation.tools);
}
