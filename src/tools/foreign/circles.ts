/** Schemas that apply to the same value for ever: `{ $ref: '#/$defs/a' }` under `a`. Checking a value against one never ends. */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';

const prefix = '#/$defs/';
/** Where a schema applies to the very value that the schema around it applies to. */
const sameValue = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas'];

/** Takes the references that close such a circle out of the definitions; answers the names of what they referred to. */
export function breakCircles(definitions: JsonObject): string[] {
  const broken: string[] = [];
  const done = new Set<string>();
  const open = new Set<string>();
  const visitDefinition = (name: string): void => {
    open.add(name);
    if (Object.hasOwn(definitions, name)) visit(definitions[name] as Json);
    open.delete(name);
    done.add(name);
  };
  const visit = (schema: Json): void => {
    if (!isJsonObject(schema)) return;
    if (typeof schema.$ref === 'string') {
      const name = schema.$ref.slice(prefix.length);
      if (open.has(name)) {
        delete schema.$ref;
        broken.push(name);
      } else if (!done.has(name)) visitDefinition(name);
    }
    for (const keyword of sameValue) {
      const inner = schema[keyword];
      if (Array.isArray(inner)) for (const one of inner) visit(one);
      else if (keyword === 'dependentSchemas' && isJsonObject(inner))
        for (const one of Object.values(inner)) visit(one);
      else if (inner !== undefined) visit(inner);
    }
  };
  for (const name of Object.keys(definitions)) if (!done.has(name)) visitDefinition(name);
  return broken;
}
