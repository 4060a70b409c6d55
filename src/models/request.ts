import type { ChatMessage, ChatRequest, ToolCallText } from '../core/chat.ts';
import { estimateTokens } from '../core/chat.ts';
import { isJsonObject, type JsonObject } from '../core/json.ts';
import type { Dialect } from './dialect.ts';

interface WireToolCall {
  id: string;
  type: 'function';
  function: { name: string; arguments: string };
}

type WireMessage =
  | { role: 'system' | 'user'; content: string }
  | { role: 'assistant'; content: string | null; tool_calls?: WireToolCall[] }
  | { role: 'tool'; tool_call_id: string; content: string };

/** The body of `POST /chat/completions`: these keys and no others. */
export interface ChatBody {
  model: string;
  messages: WireMessage[];
  temperature?: number;
  max_tokens?: number;
  max_completion_tokens?: number;
  stop?: string | string[];
  tools?: {
    type: 'function';
    function: { name: string; description: string; parameters: JsonObject };
  }[];
  tool_choice?: 'auto' | 'none' | 'required';
  seed?: number;
}

/** Whether a call's arguments are the JSON object that strict servers want to see in the history. */
function readable(text: string): boolean {
  try {
    return isJsonObject(JSON.parse(text));
  } catch {
    return false;
  }
}

/** Whether the history holds a call whose arguments are no JSON object. */
export function hasUnreadableArguments(request: ChatRequest): boolean {
  return request.messages.some(
    (message) =>
      message.role === 'assistant' && message.toolCalls?.some((call) => !readable(call.arguments)) === true,
  );
}

function wireCall(call: ToolCallText, dialect: Dialect): WireToolCall {
  const text =
    dialect.wrapArguments && !readable(call.arguments)
      ? JSON.stringify({ unreadable: call.arguments })
      : call.arguments;
  return { id: call.id, type: 'function', function: { name: call.name, arguments: text } };
}

function wireMessage(message: ChatMessage, dialect: Dialect): WireMessage {
  switch (message.role) {
    case 'system':
    case 'user':
      return { role: message.role, content: message.content };
    case 'tool':
      return { role: 'tool', tool_call_id: message.toolCallId, content: message.content };
    case 'assistant': {
      if (!message.toolCalls?.length) return { role: 'assistant', content: message.content };
      const tool_calls = message.toolCalls.map((call) => wireCall(call, dialect));
      return { role: 'assistant', content: message.content || null, tool_calls };
    }
  }
}

/** A request as an OpenAI-compatible server takes it, in the dialect that this one has taught us. */
export function chatBody(model: string, request: ChatRequest, dialect: Dialect): ChatBody {
  const { stop, tools, toolChoice, seed } = request;
  const body: ChatBody = {
    model,
    messages: request.messages.map((message) => wireMessage(message, dialect)),
  };
  if (!dialect.refused.has('temperature')) body.temperature = request.temperature;
  body[dialect.maxTokens] = request.maxTokens;
  if (stop?.length && !dialect.refused.has('stop')) body.stop = stop.length === 1 ? String(stop[0]) : stop;
  if (tools?.length) {
    body.tools = tools.map(({ name, description, parameters }) => ({
      type: 'function',
      function: { name, description, parameters },
    }));
    // Without tools a server refuses the choice between them.
    if (toolChoice && !dialect.refused.has('tool_choice')) body.tool_choice = toolChoice;
  }
  if (seed !== undefined && !dialect.refused.has('seed')) body.seed = seed;
  return body;
}

/** Input tokens before the server has counted them. */
export function estimateInput(body: ChatBody): number {
  return estimateTokens(JSON.stringify(body.messages) + (body.tools ? JSON.stringify(body.tools) : ''));
}
