/** Saved answers of MCP servers to `tools/list`, alone or as they came over the wire. */
import { isJsonObject, type Json } from '../../core/json.ts';
import type { RiskHints } from '../risk.ts';
import { isParameterSchema, namedTool, type ToolForm, textOf } from './toolForm.ts';

export const mcpTools: ToolForm = {
  name: 'mcpTools',
  words: ['inputSchema'],
  sign: /\binputSchema\b/,
  notRunnable:
    'this is what a server told once, and its spec does not say how to reach the server: name it in .vscode/mcp.json, bind the tool with include: in imaginarium.yaml, or explore it simulated.',
  match(entry) {
    const { value } = entry;
    if (value.inputSchema === undefined) return null;
    return namedTool(
      entry,
      '',
      {
        description: textOf(value, 'description') || textOf(value, 'title'),
        schema: value.inputSchema,
        schemaAt: '/inputSchema',
        ...(isJsonObject(value.outputSchema) ? { output: value.outputSchema } : {}),
        annotations: annotationsOf(value.annotations),
      },
      isParameterSchema(value.inputSchema),
    );
  },
};

function annotationsOf(value: Json | undefined): NonNullable<RiskHints['annotations']> {
  const hints: NonNullable<RiskHints['annotations']> = {};
  if (!isJsonObject(value)) return hints;
  for (const key of ['readOnlyHint', 'destructiveHint', 'idempotentHint'] as const) {
    const hint = value[key];
    if (typeof hint === 'boolean') hints[key] = hint;
  }
  return hints;
}
