/** The text protocol of the paper: Thought, Action, Action Input, Observation. */

import { unreadableText } from './prompts.ts';
import type { WireProtocol } from './protocol.ts';
import { readReact } from './readReact.ts';

export const react: WireProtocol = {
  name: 'react',
  actStop: ['Observation:'],
  imagineStop: ['Thought:'],
  act: ['act', 'act-next'],
  callFirst: ['call-first-react', 'call-first-react-next'],

  offer: () => ({}),

  read(answer, tools, prompts) {
    const names = tools.map((tool) => tool.name);
    const read = readReact(answer.text, names);
    if (read.kind === 'final') return read;
    if (read.kind === 'call') {
      const calls = [{ name: read.name, arguments: read.arguments }];
      return { kind: 'calls', thought: read.thought, calls, leftOut: 0 };
    }
    return {
      kind: 'unreadable',
      thought: read.thought,
      type: read.why === 'unknown-tool' ? 'unknown_tool' : 'malformed',
      text: unreadableText(prompts, read.why, names),
      ...(read.name === undefined ? {} : { name: read.name }),
    };
  },

  answerMessage: (answer) => ({ role: 'assistant', content: answer.text }),

  observationMessages: (_answer, texts) => [{ role: 'user', content: `Observation: ${texts.join('\n')}` }],

  mismatch(answer) {
    if (answer.toolCalls.length === 0 || answer.text !== '') return null;
    return {
      message: 'The model answers with native tool calls, but is asked over the text protocol.',
      advice: 'Choose the protocol "tools" for this model (--protocol tools).',
    };
  },
};
