/** A conversation in the parts that editor models speak in; plain data, so that it can be tested without an editor. */
import type { ChatMessage } from '../../core/chat.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';

export type ChatPart =
  | { kind: 'text'; text: string }
  | { kind: 'call'; id: string; name: string; input: JsonObject }
  | { kind: 'result'; id: string; text: string };

export interface ChatTurn {
  role: 'user' | 'assistant';
  parts: ChatPart[];
}

/**
 * Turns for an editor model. Results of tools are the user's turn, those of one answer together; empty texts are left
 * out, since some providers refuse them. System messages are the user's (the engine has merged them already).
 */
export function chatTurns(messages: readonly ChatMessage[]): ChatTurn[] {
  const turns: ChatTurn[] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (message.role === 'tool') {
      const part: ChatPart = { kind: 'result', id: message.toolCallId, text: message.content };
      if (last?.role === 'user' && last.parts.every(({ kind }) => kind === 'result')) last.parts.push(part);
      else turns.push({ role: 'user', parts: [part] });
      continue;
    }
    const parts = text(message.content);
    if (message.role === 'assistant') parts.push(...(message.toolCalls ?? []).flatMap(call));
    if (parts.length > 0) turns.push({ role: message.role === 'assistant' ? 'assistant' : 'user', parts });
  }
  return turns;
}

function text(content: string): ChatPart[] {
  return content === '' ? [] : [{ kind: 'text', text: content }];
}

/** Editors take arguments as an object. A call whose arguments are none keeps them under a name of their own. */
function call({ id, name, arguments: written }: { id: string; name: string; arguments: string }): ChatPart[] {
  let input: unknown;
  try {
    input = JSON.parse(written || '{}');
  } catch {
    input = undefined;
  }
  return [{ kind: 'call', id, name, input: isJsonObject(input) ? input : { unreadable: written } }];
}
