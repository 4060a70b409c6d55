import { harmlessText } from '../../exampleFormats/harmless.ts';
import type { Conversation, ConversationCall } from '../conversation.ts';
import { turnsOf } from '../turns.ts';
import type { DataFormat } from './format.ts';

/**
 * The paper's own training data (section 4, fine-tuning): the tools and the query → the call; the same with the call and its
 * observation → the final answer, as rows of their own, in the text protocol. `prompt` and `completion` are TRL's names for such
 * rows, so that its trainers read them ("Dataset formats and types", prompt-completion) and learn the completion alone: a weight
 * is not needed. With several calls each of them is a row. What else stands in a row is passed over.
 */
export const paper: DataFormat = {
  label: 'the paper’s own',
  takesMore: true,
  rows({ conversation }, { loss }) {
    const turns = turnsOf(conversation, loss, true);
    return turns.flatMap((turn, index) => {
      if (!turn.train) return [];
      const prompt = promptOf(conversation, conversation.calls.slice(0, index));
      return [
        turn.kind === 'call'
          ? { kind: 'call', prompt, completion: callText(turn.call) }
          : { kind: 'answer', prompt, completion: `Final Answer: ${indented(turn.text)}` },
      ];
    });
  },
};

function promptOf({ tools, query }: Conversation, before: readonly ConversationCall[]): string {
  const lines = [
    'You have these tools:',
    ...tools.map(
      ({ name, description, parameters }) =>
        `${name}: ${indented(description)}\n  Arguments (JSON Schema): ${JSON.stringify(parameters)}`,
    ),
    '',
    `User Query: ${indented(query)}`,
    ...before.flatMap((call) => [callText(call), `Observation: ${indented(call.observation)}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function callText({ tool, arguments: given }: ConversationCall): string {
  return `Action: ${tool}\nAction Input: ${JSON.stringify(given)}`;
}

/** Further lines stand back, so that none of them can pass for a line of the protocol. */
function indented(text: string): string {
  return harmlessText(text.trim()).replace(/\n/g, '\n  ');
}
