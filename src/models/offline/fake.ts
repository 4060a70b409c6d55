import { generateSync, type JsonSchema } from 'json-schema-faker';
import type { Json, JsonObject } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';

/**
 * A value for a schema by json-schema-faker; undefined when it cannot make one. Sizes are capped before: the library
 * really builds a list of a million items, or a text of a hundred million characters, and holds up the process.
 */
export function fake(schema: Json, seed: number): Json | undefined {
  try {
    // What a reference repeats is not seen here: little is made of each.
    const refers = JSON.stringify(schema).includes('"$ref"');
    const value: unknown = generateSync(capped(schema, 0, refers ? 8 : mostItems) as JsonSchema, {
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

/** Of lists in lists, in all. */
const mostItems = 100;
/** They make several of what stands below them. */
const repeating = new Set(['minItems', 'maxItems', 'minProperties', 'minContains']);

/** @param room how many times this may be made in all */
function capped(schema: Json, depth: number, room: number): Json {
  if (depth > 12) return {};
  if (Array.isArray(schema)) return schema.slice(0, 200).map((item) => capped(item, depth + 1, room));
  if (!isJsonObject(schema)) return schema;
  let times = 1;
  for (const key of repeating) {
    const value = schema[key];
    if (typeof value === 'number') times = Math.max(times, Math.min(value, limits[key] ?? 1, room));
  }
  const below = Math.max(1, Math.floor(room / times));
  const members = Object.entries(schema).map(([key, value]): [string, Json] => {
    const limit = limits[key];
    if (limit !== undefined && typeof value === 'number') {
      return [key, Math.min(value, limit, repeating.has(key) ? room : limit)];
    }
    if (key === 'enum' || key === 'const' || key === 'examples' || key === 'default') return [key, value];
    return [key, capped(value, depth + 1, below)];
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
