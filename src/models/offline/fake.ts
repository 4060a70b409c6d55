import { generateSync, type JsonSchema } from 'json-schema-faker';
import type { Json, JsonObject } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';

/**
 * A value for a schema by json-schema-faker; undefined when it cannot make one. Sizes are capped before: the library
 * really builds a list of a million items, or a text of a hundred million characters, and holds up the process.
 */
export function fake(schema: Json, seed: number): Json | undefined {
  try {
    const value: unknown = generateSync(capped(schema) as JsonSchema, {
      seed,
      maxDepth: 4,
      maxDefaultItems: 2,
    });
    return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as Json);
  } catch {
    // An unsatisfiable or remote schema: the caller has something simpler.
    return undefined;
  }
}

const limits: Record<string, number> = {
  minLength: 200,
  minItems: 20,
  minProperties: 20,
  minContains: 5,
  maxLength: 400,
  maxItems: 20,
};

function capped(schema: Json, depth = 0): Json {
  if (depth > 12) return {};
  if (Array.isArray(schema)) return schema.slice(0, 200).map((item) => capped(item, depth + 1));
  if (!isJsonObject(schema)) return schema;
  const members = Object.entries(schema).map(([key, value]): [string, Json] => {
    const limit = limits[key];
    if (limit !== undefined && typeof value === 'number') return [key, Math.min(value, limit)];
    if (key === 'enum' || key === 'const' || key === 'examples' || key === 'default') return [key, value];
    return [key, capped(value, depth + 1)];
  });
  return Object.fromEntries(
    members.filter(([key, value]) => !(key === 'pattern' && isHuge(value))),
  ) satisfies JsonObject;
}

/** A pattern that repeats by the thousand, or repeats repetitions, would build a text that is never finished. */
function isHuge(pattern: Json): boolean {
  return (
    typeof pattern !== 'string' || pattern.length > 300 || /\{\d{4,}|\{\d{3,}[^}]*\}.*\{\d{3,}/.test(pattern)
  );
}
