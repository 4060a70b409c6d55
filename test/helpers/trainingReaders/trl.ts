/**
 * TRL's datasets ("Dataset formats and types"): language modeling and preference in the conversational form, prompt-completion in
 * the standard one. Columns that a trainer does not know are dropped by it.
 */
import { type ChatRules, readMessages, readTools } from './chat.ts';
import { type ReadPair, readPair } from './openai.ts';
import { demand, lines, object, type ReadRow, text } from './reading.ts';

const rules: ChatRules = {
  members: ['role', 'content', 'tool_calls', 'tool_call_id', 'name'],
  // Templates write the arguments out themselves (`arguments | tojson`): a text would be quoted twice.
  arguments: (value) => object(value, 'arguments'),
  // The strictest template, Mistral's, raises an exception for any other.
  id: (id) => demand(/^[a-zA-Z0-9]{9}$/.test(text(id, 'id')), `id ${id}`),
  toolName: true,
  contentBesideCalls: 'empty',
  learned: () => true,
};

export function readTrl(file: string): ReadRow[] {
  return lines(file).map((row) => {
    const tools = readTools(row.tools);
    return { ...readMessages(row.messages, tools, rules), tools: [...tools.keys()] };
  });
}

export function readTrlPreferences(file: string): ReadPair[] {
  return lines(file).map((row) => readPair(row.prompt, row.chosen, row.rejected, row.tools, rules));
}

/** Prompt-completion: the loss is on the completion. */
export function readPromptCompletion(file: string): { prompt: string; completion: string }[] {
  return lines(file).map((row) => ({
    prompt: text(row.prompt, 'prompt'),
    completion: text(row.completion, 'completion'),
  }));
}
