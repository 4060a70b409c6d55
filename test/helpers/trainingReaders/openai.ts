/**
 * OpenAI's data for fine-tuning, by its OpenAPI document: FineTuneChatRequestInput and FineTunePreferenceRequestInput. What is not
 * in there is refused.
 */
import { type ChatRules, jsonText, readMessages, readTools } from './chat.ts';
import { demand, lines, list, object, onlyKeys, type ReadRow, text } from './reading.ts';

const rules: ChatRules = {
  members: ['role', 'content', 'tool_calls', 'tool_call_id', 'weight'],
  arguments: jsonText,
  id: (id) => demand(text(id, 'id').length > 0, 'an empty id'),
  toolName: false,
  contentBesideCalls: 'none',
  learned(message) {
    demand(message.weight === 0 || message.weight === 1, 'weight is 0 or 1');
    return message.weight === 1;
  },
};

export function readOpenai(file: string): ReadRow[] {
  return lines(file).map((row) => {
    onlyKeys(row, ['messages', 'tools', 'parallel_tool_calls'], 'the row');
    demand(row.parallel_tool_calls === false, 'parallel_tool_calls');
    const tools = readTools(row.tools);
    for (const message of list(row.messages, 'messages'))
      demand(
        object(message, 'a message').role === 'assistant' || !('weight' in object(message, '')),
        'a weight of another',
      );
    return { ...readMessages(row.messages, tools, rules), tools: [...tools.keys()] };
  });
}

export interface ReadPair {
  query: string;
  before: number;
  chosen: { name: string; arguments: Record<string, unknown> };
  rejected: { name: string; arguments: Record<string, unknown> };
}

export function readOpenaiPreferences(file: string): ReadPair[] {
  return lines(file).map((row) => {
    onlyKeys(row, ['input', 'preferred_output', 'non_preferred_output'], 'the row');
    const input = object(row.input, 'input');
    onlyKeys(input, ['messages', 'tools', 'parallel_tool_calls'], 'input');
    return readPair(input.messages, row.preferred_output, row.non_preferred_output, input.tools, {
      ...rules,
      learned: (message) => !('weight' in message),
    });
  });
}

/** One prompt with two continuations of one message each. */
export function readPair(
  prompt: unknown,
  chosen: unknown,
  rejected: unknown,
  offered: unknown,
  how: ChatRules,
): ReadPair {
  const tools = readTools(offered);
  const side = (continuation: unknown) => {
    const [message, ...more] = list(continuation, 'an output');
    demand(more.length === 0, 'one message');
    const read = readMessages([...list(prompt, 'messages'), message], tools, how);
    const call = read.calls.at(-1);
    demand(call && call.result === null && read.answer === null, 'a call is preferred to another');
    return {
      query: read.query,
      before: read.calls.length - 1,
      call: { name: call.name, arguments: call.arguments },
    };
  };
  const better = side(chosen);
  const worse = side(rejected);
  demand(JSON.stringify(better.call) !== JSON.stringify(worse.call), 'both are the same');
  return { query: better.query, before: better.before, chosen: better.call, rejected: worse.call };
}
