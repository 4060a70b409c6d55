import type { Pair } from '../pairs.ts';
import { assistantMessage, type ChatStyle, chatMessages, functionTools } from './chatMessages.ts';
import type { DataFormat } from './format.ts';
import { trlStyle } from './trl.ts';

const noRow = 'no failed call is known on their query, so there is nothing to prefer their calls to';

/**
 * Preference pairs for TRL's DPO trainer ("Dataset formats and types", preference, conversational, with an explicit prompt, which
 * it recommends): `prompt`, `chosen`, `rejected` as messages, and `tools`. Messages as in TRL's other data: arguments are objects.
 */
export const dpo: DataFormat = {
  label: 'preference pairs for TRL',
  takesMore: true,
  needsPairs: true,
  noRow,
  rows: ({ pairs }) => pairs.map((pair) => ({ ...sides(pair, trlStyle), tools: functionTools(pair.tools) })),
};

const openaiStyle: ChatStyle = { arguments: 'text', emptyContent: false, toolName: false };

/**
 * The same as OpenAI and Azure have it ("Direct preference optimization"; `FineTunePreferenceRequestInput`): `input` with
 * `messages`, `tools` and `parallel_tool_calls`; `preferred_output` and `non_preferred_output` with one message of the assistant
 * each, which may make calls by that document, though the guide speaks of texts. Other members are refused.
 */
export const openaiDpo: DataFormat = {
  label: 'preference pairs for OpenAI and Azure',
  takesMore: false,
  needsPairs: true,
  noRow,
  rows: ({ pairs }) =>
    pairs.map((pair) => {
      const { prompt, chosen, rejected } = sides(pair, openaiStyle);
      return {
        input: { messages: prompt, tools: functionTools(pair.tools), parallel_tool_calls: false },
        preferred_output: chosen,
        non_preferred_output: rejected,
      };
    }),
};

function sides({ query, before, chosen, rejected }: Pair, style: ChatStyle) {
  return {
    prompt: chatMessages(query, before, style),
    chosen: [assistantMessage(chosen, style)],
    rejected: [assistantMessage(rejected, style)],
  };
}
