import { canonicalJson, type JsonObject } from '../../../core/json.ts';
import { harmlessJson } from '../../exampleFormats/harmless.ts';
import type { DataFormat } from './format.ts';

/**
 * Tool definitions of the Messages API with `input_examples` ("Define tools", tool use examples): a JSON array of tools with `name`,
 * `description`, `input_schema` and the arguments that worked, each once. Each of them has to fit the schema, or the API refuses
 * the request: the linter looks at that.
 */
export const anthropic: DataFormat = {
  label: 'Anthropic input_examples',
  takesMore: false,
  noRow: 'they show no call',
  rows: ({ conversation }) => conversation.calls.map(({ tool, arguments: input }) => ({ tool, input })),
  async files(rows, path, { tools }) {
    const inputs = new Map<string, Map<string, JsonObject>>();
    for (const { tool, input } of rows as unknown as { tool: string; input: JsonObject }[]) {
      const known = inputs.get(tool) ?? new Map<string, JsonObject>();
      inputs.set(tool, known.set(canonicalJson(input), input));
    }
    const definitions = tools
      .filter(({ name }) => inputs.has(name))
      .map(({ name, description, parameters }) => ({
        name,
        description,
        input_schema: parameters,
        input_examples: [...(inputs.get(name)?.values() ?? [])],
      }));
    return [
      { path, text: [`${harmlessJson(definitions, 2)}\n`], rows: definitions.length, lint: 'anthropic' },
    ];
  },
};
