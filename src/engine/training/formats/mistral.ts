import { type Turn, turnsOf } from '../turns.ts';
import { type ChatStyle, chatMessages, offeredTools } from './chatMessages.ts';
import type { DataFormat } from './format.ts';

/**
 * What Mistral trains on ("Text Fine-tuning" of its documentation, function-calling instruct; `mistral-finetune` and the
 * validator of `mistral-common` say it exactly): the shape of the chat completions API, ids of calls of exactly nine letters and
 * digits, a description for each tool, either content or calls in a message of the assistant, the assistant last. `weight` is 0
 * or 1. Where a row has tools, only its last message is learned: so each turn of the model is a row of its own, as in the paper.
 * What the service does with members that it does not know is not documented: where a row is from stands in the manifest.
 */
export const mistral: DataFormat = {
  label: 'Mistral',
  takesMore: false,
  rows({ conversation }, { loss }) {
    const turns = turnsOf(conversation, loss, true);
    return turns.flatMap((turn, index) => {
      if (!turn.train) return [];
      const before = turns.slice(0, index).map((one): Turn => ({ ...one, observed: true }) as Turn);
      const last = turn.kind === 'call' ? { ...turn, observed: false } : turn;
      const messages = [
        ...chatMessages(conversation.query, before, { ...mistralStyle, weight: () => ({ weight: 0 }) }),
        ...chatMessages(conversation.query, [last], mistralStyle).slice(1),
      ];
      return [{ messages, tools: offeredTools(conversation) }];
    });
  },
};

const mistralStyle: ChatStyle = {
  arguments: 'text',
  emptyContent: false,
  toolName: true,
  weight: () => ({ weight: 1 }),
};
