/** What the model that plays a tool is told: a conversation of its own, which never becomes part of the episode's. */
import type { ChatMessage } from '../chat.ts';
import { fill, type PromptSet } from '../explore/prompts.ts';
import type { JsonObject } from '../json.ts';
import type { Tool } from '../tool.ts';
import { lineOf } from './recall.ts';
import type { PlayedCall } from './simulation.ts';

/** Characters of the output schema that are told; schemas of answers are often larger than everything else. */
export const outputLimit = 6000;

export interface PlayedRequest {
  tool: Tool;
  arguments: JsonObject;
  /** Calls to be reminded of, in their order. */
  recalled: readonly PlayedCall[];
}

/** The messages, the tool's texts as data in them. `names` has the names of the recalled tools by id. */
export function playerMessages(
  request: PlayedRequest,
  prompts: PromptSet,
  names: ReadonlyMap<string, string>,
): ChatMessage[] {
  const { tool, arguments: args, recalled } = request;
  const about = fill(prompts.texts.simulate, {
    api_descriptions: `API_name: ${tool.name}\nDescription: ${tool.description}`,
    api_parameters: JSON.stringify(tool.parameters),
  });
  const before = recalled.map((call) => lineOf(call, names.get(call.tool) ?? call.tool));
  const parts = [
    ...(tool.output === undefined ? [] : [`${prompts.texts['simulate-output']}\n${outputText(tool.output)}`]),
    ...(before.length === 0 ? [] : [[prompts.texts['simulate-before'], ...before].join('\n')]),
    fill(prompts.texts['simulate-call'], { call: `${tool.name}(${JSON.stringify(args)})` }),
  ];
  return [
    { role: 'system', content: about },
    { role: 'user', content: parts.join('\n\n') },
  ];
}

function outputText(schema: JsonObject): string {
  const text = JSON.stringify(schema);
  return text.length > outputLimit ? `${text.slice(0, outputLimit)}…` : text;
}
