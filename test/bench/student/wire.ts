/** Requests as they come over the wire. */
import type { FakeRequest } from '../../helpers/fakeOpenAI.ts';
import type { Documentation } from './parameters.ts';

export interface WireMessage {
  role: string;
  content: string | null;
  tool_calls?: { id: string; function: { name: string; arguments: string } }[];
  tool_call_id?: string;
}

/** What the student is asked. */
export interface Asked {
  messages: readonly WireMessage[];
  /** The tools that it is told of, in the order in which it is. */
  tools: readonly Documentation[];
  /** The one that the conversation is about, where it names one. */
  explored: Documentation | null;
  /** Calls are made natively. */
  native: boolean;
  /** It may call. */
  mayCall: boolean;
}

interface WireTool {
  function: { name: string; description?: string; parameters?: Documentation['parameters'] };
}

export function readRequest({ body }: Pick<FakeRequest, 'body'>): Asked {
  const messages = body.messages as WireMessage[];
  const offered = (body.tools as WireTool[] | undefined)?.map(({ function: tool }) => ({
    name: tool.name,
    description: tool.description ?? '',
    parameters: tool.parameters ?? {},
  }));
  const explored = exploredIn(messages);
  const tools = offered ?? [...(explored ? [explored] : []), ...toldIn(messages)];
  const native = offered !== undefined;
  return { messages, tools, explored, native, mayCall: body.tool_choice !== 'none' };
}

/** The tool that opens an exploration. */
function exploredIn(messages: readonly WireMessage[]): Documentation | null {
  for (const { content } of messages) {
    const match = /^API_name: (\S+)\nDescription: (.*)\n[\s\S]*?JSON Schema:\n(\{.*\})$/m.exec(content ?? '');
    if (match) return documentation(match[1] ?? '', match[2] ?? '', match[3] ?? '');
  }
  return null;
}

/** Tools told of in words: `name: description Parameters: {…}`. */
function toldIn(messages: readonly WireMessage[]): Documentation[] {
  const told = /^(\w+): (.*?)[ \n]Parameters: (\{.*\})$/gm;
  return messages.flatMap(({ role, content }) =>
    role === 'assistant'
      ? []
      : [...(content ?? '').matchAll(told)].map(([, name = '', description = '', schema = '']) =>
          documentation(name, description, schema),
        ),
  );
}

function documentation(name: string, description: string, schema: string): Documentation {
  return { name, description, parameters: JSON.parse(schema) as Documentation['parameters'] };
}
