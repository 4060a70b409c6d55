/**
 * Functions as OpenAI and those who follow it have them: `{ type: "function", function: {…} }` (chat), the same without the
 * inner object (responses), and the bare `{ name, description, parameters }` of old.
 */
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import {
  type Entry,
  type FormMatch,
  isParameterSchema,
  namedTool,
  noRunner,
  type ToolForm,
  textOf,
} from './toolForm.ts';

/** Lists of nothing but functions: there a bare one may be without parameters. */
const functionLists = new Set(['functions', 'function']);

export const openai: ToolForm = {
  name: 'openai',
  words: ['"function"', 'parameters', 'type: function'],
  sign: /["']?\btype["']?\s*:\s*["']?function\b/,
  notRunnable: noRunner,
  match(entry: Entry): FormMatch | null {
    const { value, list } = entry;
    if (value.type === 'function') {
      // The interface of a contract is written with this type, too.
      if (value.inputs !== undefined || value.outputs !== undefined) return null;
      if (isJsonObject(value.function)) return functionOf(entry, '/function');
      if (value.name !== undefined || isParameterSchema(value.parameters)) return functionOf(entry, '');
      return {
        kind: 'broken',
        at: '',
        message: 'A tool of the type "function" needs a "function" with a name: it is left out.',
        isSure: true,
      };
    }
    if (list === 'tools' && typeof value.type === 'string' && /^[a-z]+(?:_[a-z0-9]+)*$/.test(value.type)) {
      return ofProvider(entry, value.type);
    }
    const isBare =
      value.type === undefined &&
      (isParameterSchema(value.parameters) || (functionLists.has(list ?? '') && hasNothingElse(value)));
    if (isBare) return functionOf(entry, '');
    // Keyed by name, the type is often left out.
    return value.type === undefined &&
      isJsonObject(value.function) &&
      isParameterSchema(value.function.parameters)
      ? functionOf(entry, '/function')
      : null;
  },
};

/** Whether it is a function that takes nothing, and not one of a program or a service. */
function hasNothingElse(value: JsonObject): boolean {
  const keys = Object.keys(value);
  return textOf(value, 'description') !== '' && keys.every((key) => key === 'description' || key === 'name');
}

function functionOf(entry: Entry, at: string): FormMatch | null {
  const holder = at === '' ? entry.value : entry.value.function;
  if (!isJsonObject(holder)) return null;
  const schema = holder.parameters ?? null;
  return namedTool(entry, at, {
    description: textOf(holder, 'description'),
    schema,
    schemaAt: schema === null ? at : `${at}/parameters`,
  });
}

/** What the provider runs itself, and what takes a text instead of arguments. */
function ofProvider({ value }: Entry, type: string): FormMatch | null {
  if (type === 'custom' && typeof value.name === 'string') {
    return {
      kind: 'skipped',
      message: `"${value.name}" takes a text instead of arguments: it is not listed.`,
    };
  }
  const known =
    /^(?:web_search|file_search|code_interpreter|computer|image_generation|local_shell|shell|apply_patch|mcp|tool_search)/;
  if (!known.test(type) || value.input_schema !== undefined) return null;
  return { kind: 'skipped', message: `"${type}" is run by the provider: it is not listed.` };
}
