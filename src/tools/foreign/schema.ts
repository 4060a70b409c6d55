/**
 * The one mapping of foreign schemas into JSON Schema (2020-12) for the arguments of a tool: whatever a spec says, what comes
 * out is an object schema that compiles, of a size that a model can be told of. What is lost on the way is noted.
 */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { endlessReferences } from '../schema/endlessReferences.ts';
import { objectSchema } from './rootSchema.ts';
import { SchemaMapping } from './schemaMapping.ts';
import type { SchemaNote } from './schemaNotes.ts';

export type { SchemaNote } from './schemaNotes.ts';

/** Finds what a `$ref` that does not lead into the schema itself stands for. */
export type Resolve = (reference: string) => Json | undefined;

export interface MappedSchema {
  schema: JsonObject;
  notes: SchemaNote[];
}

/** Words by which a schema is told from a list of parameters by name. */
const schemaWords = new Set(
  'type properties required $ref allOf anyOf oneOf not if enum const items additionalProperties patternProperties $defs definitions'.split(
    ' ',
  ),
);

/** Maps what a spec says of a tool's parameters; `null` where it says nothing, for a tool that has none. */
export function mapSchema(written: Json, resolve?: Resolve): MappedSchema {
  if (written === null) return { schema: { type: 'object', properties: {} }, notes: [] };
  const mapping = new SchemaMapping(written, resolve);
  const root = readsAsSchema(written, mapping);
  const mapped = mapping.map(root, '', 0);
  const definitions = mapping.mapDefinitions();
  for (const { schema } of endlessReferences({ $defs: definitions })) {
    const name = String(schema.$ref).replace('#/$defs/', '');
    delete schema.$ref;
    mapping.notes.add('', `"${name}" refers to nothing but itself: anything is taken there.`, true);
  }
  const schema = objectSchema(mapped, definitions, (message) => mapping.notes.add('', message));
  return { schema, notes: mapping.notes.finish() };
}

/** Parameters that are written as a list, or by name without the schema around them. */
function readsAsSchema(written: Json, mapping: SchemaMapping): Json {
  if (Array.isArray(written) && written.length > 0 && written.every(isNamed)) {
    mapping.notes.add('', 'The parameters are a list; each is shown under its name.');
    const properties = written.map(({ name, ...schema }) => [name as string, schema as Json] as const);
    return { type: 'object', properties: Object.fromEntries(properties) };
  }
  if (!isJsonObject(written)) return written;
  const entries = Object.entries(written);
  const isBare =
    entries.length > 0 &&
    entries.every(([, value]) => isJsonObject(value)) &&
    !entries.some(([key]) => schemaWords.has(key));
  if (!isBare) return written;
  mapping.notes.add(
    '',
    'The parameters stand by name without a schema around them: one was put around them.',
  );
  return { type: 'object', properties: written };
}

function isNamed(item: Json): item is JsonObject {
  return isJsonObject(item) && typeof item.name === 'string' && item.name !== '__proto__';
}
