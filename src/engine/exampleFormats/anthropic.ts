import { canonicalJson, type JsonObject } from '../../core/json.ts';
import type { ExampleFormat } from './format.ts';
import { toolName } from './format.ts';

/** Tool definitions of the Messages API with `input_examples`, as one JSON array: the arguments that worked, each once. */
export const anthropic: ExampleFormat = (examples, tools) => {
  const inputs = new Map<string, Map<string, JsonObject>>();
  for (const call of examples.flatMap((example) => example.calls)) {
    const known = inputs.get(call.tool) ?? new Map<string, JsonObject>();
    known.set(canonicalJson(call.arguments), call.arguments);
    inputs.set(call.tool, known);
  }
  const definitions = [...inputs].map(([id, known]) => {
    const tool = tools.get(id);
    return {
      name: toolName(id, tools),
      ...(tool ? { description: tool.description, input_schema: tool.parameters } : {}),
      input_examples: [...known.values()],
    };
  });
  return `${JSON.stringify(definitions, null, 2)}\n`;
};
