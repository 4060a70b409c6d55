import { canonicalJson, type JsonObject } from '../../core/json.ts';
import type { Example } from '../../core/trial.ts';
import type { ExampleFormat } from './format.ts';
import { toolName } from './format.ts';
import { harmlessJson } from './harmless.ts';

/** The arguments that worked, by id of their tool, each once. */
export function inputsByTool(examples: readonly Example[]): Map<string, JsonObject[]> {
  const inputs = new Map<string, Map<string, JsonObject>>();
  for (const call of examples.flatMap((example) => example.calls)) {
    const known = inputs.get(call.tool) ?? new Map<string, JsonObject>();
    const text = canonicalJson(call.arguments);
    if (!known.has(text)) known.set(text, call.arguments);
    inputs.set(call.tool, known);
  }
  return new Map([...inputs].map(([id, known]) => [id, [...known.values()]]));
}

/** Tool definitions of the Messages API with `input_examples`, as one JSON array: the arguments that worked, each once. */
export const anthropic: ExampleFormat = (examples, tools) => {
  const definitions = [...inputsByTool(examples)].map(([id, known]) => {
    const tool = tools.get(id);
    return {
      name: toolName(id, tools),
      ...(tool ? { description: tool.description, input_schema: tool.parameters } : {}),
      input_examples: known,
    };
  });
  return `${harmlessJson(definitions, 2)}\n`;
};
