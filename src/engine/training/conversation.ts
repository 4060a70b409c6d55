import type { TrainingTool } from '../../core/exploit/training/candidates.ts';
import { kindOf } from '../../core/exploit/usable.ts';
import type { JsonObject } from '../../core/json.ts';
import { deriveSeed } from '../../core/random.ts';
import type { Example, ExampleKind } from '../../core/trial.ts';

/** A call with what the tool said to it; `tool` is the name that the model sees. */
export interface ConversationCall {
  tool: string;
  arguments: JsonObject;
  observation: string;
}

/** A tool as a model sees it. */
export type ToolDefinition = Pick<TrainingTool, 'name' | 'description' | 'parameters'>;

/** An example as training data has it: a query, the calls that answer it one after another, the answer. */
export interface Conversation {
  /** Of the example; ids of calls are made from it. */
  id: string;
  kind: ExampleKind;
  query: string;
  /** None: the model answers without one. */
  calls: ConversationCall[];
  answer: string | null;
  /** What the model is offered: its own tool and those that it calls, each once, by name. */
  tools: ToolDefinition[];
}

/** What a model was shown of an observation in exploration (section 2 of the paper), characters; more is cut here too. */
const shownOfObservation = 2048;

/** `tool` knows the tools of the catalogue; those of this example have to be among them. */
export function conversationOf(
  example: Example,
  tool: (id: string) => TrainingTool | null,
  others: readonly TrainingTool[] = [],
): Conversation {
  const known = (id: string): TrainingTool => {
    const found = tool(id);
    if (found === null) throw new RangeError(`There is no tool ${id} in the catalogue.`);
    return found;
  };
  const offered = new Map<string, ToolDefinition>();
  for (const one of [...[example.tool, ...example.calls.map((call) => call.tool)].map(known), ...others]) {
    const { name, description, parameters } = one;
    // Templates of trainers read `properties` without asking whether it is there.
    const schema = { type: 'object', properties: {}, ...parameters };
    if (!offered.has(name)) offered.set(name, { name, description, parameters: schema });
  }
  const answer = example.answer?.trim() ?? '';
  return {
    id: example.id,
    kind: kindOf(example),
    query: example.query,
    calls: example.calls.map((call) => ({
      tool: known(call.tool).name,
      arguments: call.arguments,
      observation: shortened(call.observation),
    })),
    answer: answer === '' ? null : answer,
    tools: [...offered.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function shortened(text: string): string {
  const points = [...text.slice(0, 2 * shownOfObservation)];
  return points.length > shownOfObservation || text.length > 2 * shownOfObservation
    ? `${points.slice(0, shownOfObservation).join('')}…`
    : text;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** An id of nine letters and digits: of the same call always the same one, and no two of one conversation alike. */
export function nineCharacters(conversation: Pick<Conversation, 'id'>, index: number): string {
  // 62 ^ 9 is more than 31 bits say: two seeds make one id. The last two characters count the calls.
  let rest =
    BigInt(deriveSeed(conversation.id, 'call')) * 2n ** 31n + BigInt(deriveSeed('call', conversation.id));
  let id = '';
  for (let place = 0; place < 7; place += 1) {
    id += letters[Number(rest % 62n)];
    rest /= 62n;
  }
  return `${id}${letters[Math.floor(index / 62) % 62]}${letters[index % 62]}`;
}
