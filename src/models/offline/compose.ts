import type { Json, JsonObject } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';
import type { Random } from '../../core/random.ts';
import { candidates } from './candidates.ts';
import { schemaRules } from './rules.ts';
import { resolved, type Slot } from './slots.ts';

/** Below this, what may be left out is left out; a schema that needs itself for ever is given up. */
const shallow = 2;
const deepest = 8;
/** Parts of a value in all: lists in lists, each of twenty, would never be finished. */
const mostParts = 200;
/** How often something that may be left out is given. */
const optionalShare = 0.4;

/** What has parts of its own: an object, a list of objects, a choice between such. */
export function hasParts(schema: JsonObject): boolean {
  return (
    isJsonObject(schema.properties) ||
    schema.type === 'object' ||
    schema.type === 'array' ||
    Array.isArray(schema.oneOf) ||
    Array.isArray(schema.anyOf)
  );
}

/** A value for a slot whose schema has parts, each part guessed as if it were an argument of its own. */
export function composed(slot: Slot, about: string, random: Random): Json {
  return compose(slot, about, random, 0, { left: mostParts });
}

function compose(slot: Slot, about: string, random: Random, depth: number, room: { left: number }): Json {
  room.left -= 1;
  const root = slot.root ?? {};
  const schema = chosen(slot.schema, root, random);
  if (depth > deepest || room.left < 0) return schema.type === 'array' ? [] : {};
  const part = (name: string, inner: Json | undefined): Json =>
    compose(partOf(slot, name, resolved(inner, root)), about, random, depth + 1, room);
  if (schema.const !== undefined || Array.isArray(schema.enum))
    return scalar({ ...slot, schema }, about, random);
  if (isJsonObject(schema.properties)) {
    const needed = new Set(Array.isArray(schema.required) ? schema.required : []);
    const given = Object.entries(schema.properties).filter(
      ([name, property]) =>
        property !== false && (needed.has(name) || (depth < shallow && random.next() < optionalShare)),
    );
    return Object.fromEntries(given.map(([name, property]) => [name, part(name, property)]));
  }
  if (schema.type === 'array' || isJsonObject(schema.items)) {
    const least = typeof schema.minItems === 'number' ? Math.min(schema.minItems, 20) : 0;
    const most = typeof schema.maxItems === 'number' ? schema.maxItems : 2;
    const wanted = depth < shallow ? 1 + random.below(2) : 0;
    const length = Math.max(least, Math.min(wanted, most));
    return Array.from({ length }, () => part(slot.name, schema.items));
  }
  return schema.type === 'object' ? {} : scalar({ ...slot, schema }, about, random);
}

/** One of the alternatives, with what stands beside them. */
function chosen(schema: JsonObject, root: JsonObject, random: Random): JsonObject {
  const { anyOf, oneOf, ...rest } = schema;
  const alternatives = [anyOf, oneOf].filter(Array.isArray).flat() as Json[];
  if (alternatives.length === 0) return schema;
  return resolved({ ...rest, allOf: [random.pick(alternatives)] }, root);
}

function scalar(slot: Slot, about: string, random: Random): Json {
  const values = candidates(slot, schemaRules(slot), about, random);
  return values[Math.floor(random.next() ** 2 * values.length)] as Json;
}

function partOf(slot: Slot, name: string, schema: JsonObject): Slot {
  const description = typeof schema.description === 'string' ? schema.description : '';
  return { ...slot, name, path: [...slot.path, name], schema, description };
}
