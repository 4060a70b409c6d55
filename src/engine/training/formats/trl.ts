import { turnsOf } from '../turns.ts';
import { type ChatStyle, chatMessages, offeredTools } from './chatMessages.ts';
import type { DataFormat } from './format.ts';

/**
 * What TRL's trainers read, and Unsloth with them ("Dataset formats and types" of TRL's documentation, tool calling): `messages`
 * and a column `tools`. Arguments are an object, since chat templates write them out themselves; a tool message carries the
 * `name` of its tool. No weights: `assistant_only_loss` of the trainer learns all that the assistant says, so an answer that is
 * not to be learned is left out. Columns that it does not know are passed over. The file is for
 * `datasets` 4.7 and later, which TRL requires: earlier ones put `null` for each member that another row has. Ids are those that Mistral's template accepts,
 * which is the strictest of them.
 */
export const trl: DataFormat = {
  label: 'TRL and Unsloth',
  takesMore: true,
  weightless: true,
  rows({ conversation }, { loss }) {
    const turns = turnsOf(conversation, loss, false);
    return [
      { messages: chatMessages(conversation.query, turns, trlStyle), tools: offeredTools(conversation) },
    ];
  },
};

export const trlStyle: ChatStyle = { arguments: 'object', emptyContent: true, toolName: true };
