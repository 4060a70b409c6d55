/**
 * Mistral's data for fine-tuning, with the rules of `mistral-finetune` (how a row is read) and of the validator of `mistral-common`
 * in its mode for fine-tuning.
 */
import { type ChatRules, jsonText, readMessages, readTools } from './chat.ts';
import { demand, lines, list, object, type ReadRow, text } from './reading.ts';

export function readMistral(file: string): ReadRow[] {
  return lines(file).map((row) => {
    demand(!('available_tools' in row), 'tools or available_tools');
    const tools = readTools(row.tools);
    const messages = list(row.messages, 'messages').map((message) => object(message, 'a message'));
    const last = messages.at(-1);
    const rules: ChatRules = {
      members: ['role', 'content', 'tool_calls', 'tool_call_id', 'name', 'weight'],
      arguments: jsonText,
      id: (id) => demand(/^[a-zA-Z0-9]{9}$/.test(text(id, 'id')), `id ${id}`),
      toolName: true,
      contentBesideCalls: 'none',
      learned(message) {
        demand([0, 1, undefined].includes(message.weight as number), 'weight');
        demand(Boolean(message.content) !== Boolean(message.tool_calls), 'either content or calls');
        // With tools, only the last message is learned, whatever else its weight says.
        return message === last && message.weight !== 0;
      },
    };
    return { ...readMessages(messages, tools, rules), tools: [...tools.keys()] };
  });
}
