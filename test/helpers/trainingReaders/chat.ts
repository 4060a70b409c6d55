/** Chat messages as OpenAI, TRL, Axolotl and Mistral want them, each with rules of its own. */
import { demand, type Fields, list, object, type ReadCall, type ReadRow, text } from './reading.ts';

export interface ChatRules {
  /** Members of a message; null for any. */
  members: string[] | null;
  arguments(value: unknown): Fields;
  id(value: unknown): void;
  /** Whether a tool message has a name. */
  toolName: boolean;
  /** Whether content stands beside calls: `empty` as '', `none` not at all. */
  contentBesideCalls: 'empty' | 'none';
  learned(message: Fields): boolean;
}

const name = /^[a-zA-Z0-9_-]{1,64}$/;

/** Reads messages that end with the assistant. */
export function readMessages(
  value: unknown,
  offered: Map<string, Fields>,
  rules: ChatRules,
): Omit<ReadRow, 'tools'> {
  const messages = list(value, 'messages').map((message) => object(message, 'a message'));
  const calls: ReadCall[] = [];
  const waiting = new Map<string, ReadCall>();
  let query: string | null = null;
  let answer: string | null = null;
  let learned = 0;
  for (const [index, message] of messages.entries()) {
    if (rules.members !== null)
      for (const member of Object.keys(message))
        demand(rules.members.includes(member), `unknown member ${member}`);
    if (message.role === 'user') {
      demand(index === 0 && query === null, 'one user, who begins');
      query = text(message.content, 'content');
    } else if (message.role === 'assistant') {
      demand(query !== null && waiting.size === 0 && answer === null, 'the assistant speaks out of turn');
      learned += rules.learned(message) ? 1 : 0;
      if (message.tool_calls === undefined) answer = text(message.content, 'content');
      else {
        const wanted =
          rules.contentBesideCalls === 'empty' ? message.content === '' : !('content' in message);
        demand(wanted, 'content beside calls');
        for (const one of list(message.tool_calls, 'tool_calls')) {
          const call = object(one, 'a call');
          rules.id(call.id);
          demand(call.type === 'function', 'type of a call');
          const { name: called, arguments: given } = object(call.function, 'function');
          demand(typeof called === 'string' && offered.has(called), `${called} is not offered`);
          const read: ReadCall = { name: called, arguments: rules.arguments(given), result: null };
          demand(!waiting.has(call.id as string), 'an id twice');
          waiting.set(call.id as string, read);
          calls.push(read);
        }
      }
    } else if (message.role === 'tool') {
      const call = waiting.get(text(message.tool_call_id, 'tool_call_id'));
      demand(call, 'the id of no open call');
      if (rules.toolName) demand(message.name === call.name, 'the name of the tool');
      call.result = text(message.content, 'content');
      waiting.delete(message.tool_call_id as string);
    } else demand(false, `role ${message.role}`);
  }
  demand(messages.at(-1)?.role === 'assistant', 'the assistant is last');
  demand(query !== null && query.trim() !== '', 'a query');
  return { query, calls, answer, learned };
}

/** Tools in the form of the chat completions API. */
export function readTools(value: unknown): Map<string, Fields> {
  const tools = list(value, 'tools').map((one) => {
    const tool = object(one, 'a tool');
    demand(tool.type === 'function' && Object.keys(tool).length === 2, 'type and function');
    const { name: called, description, parameters } = object(tool.function, 'function');
    demand(typeof called === 'string' && name.test(called), `name ${called}`);
    text(description, 'description');
    demand(object(parameters, 'parameters').type === 'object', 'an object schema');
    return [called, parameters as Fields] as const;
  });
  const byName = new Map(tools);
  demand(byName.size === tools.length, 'a name twice');
  return byName;
}

export function jsonText(value: unknown): Fields {
  return object(JSON.parse(text(value, 'arguments')), 'arguments');
}
