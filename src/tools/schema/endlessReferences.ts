/**
 * References of a schema that lead back to themselves without a step into the value: `{ $ref: '#/$defs/a' }` under `a`. There
 * checking never ends.
 */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { pointerOf, valueAt } from '../../core/jsonPointer.ts';

export interface EndlessReference {
  /** The schema with the `$ref` that closes the circle. */
  schema: JsonObject;
  /** Of that `$ref`, as a JSON Pointer into the root. */
  pointer: string;
}

/** Where a schema applies to the very value that the schema around it applies to. */
const sameValue = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas'];

export function endlessReferences(root: JsonObject): EndlessReference[] {
  const found: EndlessReference[] = [];
  const open = new Set<JsonObject>();
  const done = new Set<JsonObject>();
  const visit = (schema: Json | undefined, at: string): void => {
    if (!isJsonObject(schema) || done.has(schema) || open.has(schema)) return;
    open.add(schema);
    const { $ref } = schema;
    const target =
      typeof $ref === 'string' && $ref.startsWith('#') ? valueAt(root, decoded($ref)) : undefined;
    if (isJsonObject(target) && open.has(target)) found.push({ schema, pointer: `${at}/$ref` });
    else visit(target, typeof $ref === 'string' ? decoded($ref) : at);
    for (const keyword of sameValue) {
      const inner = schema[keyword];
      if (isJsonObject(inner) && keyword !== 'dependentSchemas') visit(inner, `${at}/${keyword}`);
      else if (isJsonObject(inner) || Array.isArray(inner)) {
        for (const [key, one] of Object.entries(inner)) visit(one, `${at}/${keyword}${pointerOf(key)}`);
      }
    }
    open.delete(schema);
    done.add(schema);
  };
  const definitions = [root.$defs, root.definitions];
  visit(root, '');
  for (const [index, group] of definitions.entries()) {
    if (!isJsonObject(group)) continue;
    for (const [name, schema] of Object.entries(group)) {
      visit(schema, `/${index === 0 ? '$defs' : 'definitions'}${pointerOf(name)}`);
    }
  }
  return found;
}

function decoded(reference: string): string {
  try {
    return decodeURIComponent(reference.slice(1));
  } catch {
    return reference.slice(1);
  }
}
