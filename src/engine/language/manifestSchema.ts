/** What may stand in a manifest, as its JSON Schema says it: the one that the editor validates with. */
import manifestSchema from '../../../media/manifest.schema.json' with { type: 'json' };
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { Path } from './manifestPlace.ts';

const root = manifestSchema as unknown as JsonObject;

/** The schema of what stands at a path, references resolved; null for what no schema speaks of. */
export function schemaAt(path: Path): JsonObject | null {
  return path.reduce<JsonObject | null>((schema, key) => schema && resolved(childOf(schema, key)), root);
}

/** Keys of a mapping, with their schemas. */
export function keysOf(schema: JsonObject): [string, JsonObject][] {
  const { properties } = schema;
  if (!isJsonObject(properties)) return [];
  return Object.entries(properties).flatMap(([key, value]) => {
    const inner = resolved(value);
    return inner ? [[key, inner] as [string, JsonObject]] : [];
  });
}

export function textOf(schema: JsonObject): string {
  return typeof schema.description === 'string' ? schema.description : '';
}

/** Whether a value is written on the lines below its key. */
export function isNested(schema: JsonObject): boolean {
  return schema.type === 'object' || schema.type === 'array';
}

function childOf(schema: JsonObject, key: string | number): Json | undefined {
  const { properties, additionalProperties, items } = schema;
  if (isJsonObject(properties) && Object.hasOwn(properties, key)) return properties[key];
  return typeof key === 'number' ? items : additionalProperties;
}

/** With what `$ref` and `allOf` lead to; what stands beside them counts more. */
function resolved(schema: Json | undefined): JsonObject | null {
  if (!isJsonObject(schema)) return null;
  const { $ref, allOf, ...own } = schema;
  const parts = [
    ...(typeof $ref === 'string' ? [definition($ref)] : []),
    ...(Array.isArray(allOf) ? allOf : []),
  ];
  const merged: JsonObject = Object.assign({}, ...parts.map(resolved));
  return { ...merged, ...own };
}

function definition(ref: string): Json | undefined {
  const [, name] = /^#\/definitions\/(\w+)$/.exec(ref) ?? [];
  const { definitions } = root;
  return name !== undefined && isJsonObject(definitions) ? definitions[name] : undefined;
}
