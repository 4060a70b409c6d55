/**
 * A model for tests whose answer is a function of the conversation alone: asked the same, it says the same, in whatever
 * order requests come and however often a run was interrupted.
 */
import { createHash } from 'node:crypto';
import type { FakeRequest } from './fakeOpenAI.ts';
import type { Reply } from './fakeOpenAIWire.ts';

interface WireMessage {
  role: string;
  content: string | null;
}

/** What the model makes of the explored tool: arguments from a text that is different for each conversation. */
export type MakeArguments = (tool: string, hash: string) => object;

/** Imagines, calls the explored tool once, answers, and finds itself right. */
export function answeringModel(makeArguments: MakeArguments): (request: FakeRequest) => Reply {
  return ({ body }) => {
    const messages = body.messages as WireMessage[];
    const hash = createHash('sha256').update(JSON.stringify(messages)).digest('hex').slice(0, 12);
    const last = messages.at(-1);
    const mayCall = body.tools !== undefined && body.tool_choice !== 'none';
    if (mayCall && last?.role !== 'tool') {
      const tool = exploredTool(messages);
      return { toolCalls: [{ id: `call_${hash}`, name: tool, arguments: makeArguments(tool, hash) }] };
    }
    if (mayCall) return { text: `It is ${last?.content ?? ''} (${hash}).` };
    if (last?.content?.startsWith('Look back')) {
      return { text: JSON.stringify({ fulfilled: true, cause: 'It worked.', lesson: '', next: '' }) };
    }
    // Words that no two conversations share, so that the diversity gate lets every query through.
    return {
      text:
        hash
          .match(/.{3}/g)
          ?.map((part) => `word${part}`)
          .join(' ') ?? hash,
    };
  };
}

/** The prompt that opens the episode names the tool. */
function exploredTool(messages: readonly WireMessage[]): string {
  for (const { content } of messages) {
    const name = /^API_name: (\S+)$/m.exec(content ?? '')?.[1];
    if (name !== undefined) return name;
  }
  throw new Error('No message names the explored tool.');
}
