/** Tools as Anthropic has them: `{ name, description, input_schema }`. Its own have a type with a date and no schema. */
import type { ToolForm } from './toolForm.ts';
import { isParameterSchema, namedTool, noRunner, textOf } from './toolForm.ts';

export const anthropic: ToolForm = {
  name: 'anthropic',
  words: ['input_schema'],
  sign: /\binput_schema\b/,
  notRunnable: noRunner,
  match(entry) {
    const { value } = entry;
    const { type, input_schema: schema } = value;
    if (schema !== undefined) {
      return namedTool(
        entry,
        '',
        {
          description: textOf(value, 'description'),
          schema,
          schemaAt: '/input_schema',
        },
        isParameterSchema(schema),
      );
    }
    if (typeof type === 'string' && /^[a-z_]+_20\d{6}$/.test(type)) {
      return { kind: 'skipped', message: `"${type}" is run by the provider: it is not listed.` };
    }
    // `custom` is what its type is called when it is said.
    if (type !== 'custom' || value.format !== undefined) return null;
    const message = 'A tool of the type "custom" needs an "input_schema": it is left out.';
    return { kind: 'broken', at: '', message, isSure: false };
  },
};
