import { turnsOf } from '../turns.ts';
import { type ChatStyle, chatMessages, offeredTools } from './chatMessages.ts';
import type { DataFormat } from './format.ts';

/**
 * What OpenAI and Azure train on: a line is what goes to the chat completions API, with the model's own messages in it
 * (`FineTuneChatRequestInput` of OpenAI's OpenAPI document: `messages`, `tools`, `parallel_tool_calls`; Azure: "Fine-tuning and
 * tool calling"). Arguments are a JSON text. A message of the assistant may carry `weight`, 0 or 1: whether it is learned. A
 * message with calls has no content. Members that are not in that document are refused, so where a row is from stands in the
 * manifest. (Azure's documentation asks for a byte order mark; OpenAI's does not know of one, and none is written.)
 */
export const openai: DataFormat = {
  label: 'OpenAI and Azure',
  takesMore: false,
  rows({ conversation }, { loss }) {
    const turns = turnsOf(conversation, loss, true);
    return [
      {
        messages: chatMessages(conversation.query, turns, openaiStyle),
        tools: offeredTools(conversation),
        // Our paths are one call after another.
        parallel_tool_calls: false,
      },
    ];
  },
};

const openaiStyle: ChatStyle = {
  arguments: 'text',
  emptyContent: false,
  toolName: false,
  weight: (train) => ({ weight: train ? 1 : 0 }),
};
