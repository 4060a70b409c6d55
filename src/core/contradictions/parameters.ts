/** Parameters of a schema and what calls gave for them. */
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { keysOf, pointerOf, valueAt } from '../jsonPointer.ts';
import type { CallFact } from './callFacts.ts';

export interface Parameter {
  name: string;
  /** JSON Pointer of the argument. */
  argument: string;
  schema: JsonObject;
  required: boolean;
}

/** The tool's own parameters; what is nested in them is looked at by value alone. */
export function parametersOf(schema: JsonObject): Parameter[] {
  if (!isJsonObject(schema.properties)) return [];
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(schema.properties).map(([name, one]) => ({
    name,
    argument: pointerOf(name),
    schema: isJsonObject(one) ? one : {},
    required: required.includes(name),
  }));
}

/** The schema of an argument, by its pointer; undefined where the spec has none. */
export function schemaOf(root: JsonObject, argument: string): JsonObject | undefined {
  let schema: JsonObject = root;
  for (const key of keysOf(argument)) {
    const inner: Json | undefined =
      isJsonObject(schema.properties) && Object.hasOwn(schema.properties, key)
        ? schema.properties[key]
        : /^\d+$/.test(key) && isJsonObject(schema.items)
          ? schema.items
          : undefined;
    if (!isJsonObject(inner)) return undefined;
    schema = inner;
  }
  return schema;
}

export function given(fact: CallFact, argument: string): Json | undefined {
  return valueAt(fact.arguments, argument);
}

/** The name of an argument as people write it: `passenger.name`. */
export function nameOf(argument: string): string {
  return keysOf(argument).join('.');
}

/** Whether the tool's words are about this argument: they name it, or quote what was given for it. */
export function blames(fact: CallFact, argument: string): boolean {
  const value = given(fact, argument);
  const name = keysOf(argument).at(-1) ?? '';
  if (namesIt(fact.words, name)) return true;
  if (value === undefined || value === null) return false;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length >= 2 && fact.words.includes(text);
}

/** Whether the words have this name as a word of its own. */
export function namesIt(words: string, name: string): boolean {
  if (name === '') return false;
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(^|[^\\p{L}\\p{N}_])${escaped}($|[^\\p{L}\\p{N}_])`, 'iu').test(words);
}

/** What is wrong by schema with this very argument. */
export function againstSchema(fact: CallFact, argument: string): boolean {
  return fact.bySchema.some((failure) => failure.argument === argument);
}
