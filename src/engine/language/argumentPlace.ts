/** Where the spec of a tool says something about one of its arguments, in each format. */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { keysOf, pointerOf, valueAt } from '../../core/jsonPointer.ts';
import type { FormatName } from '../../core/source.ts';

/** What is known of a tool in its file. Plain data: it crosses into the thread that reads long documents. */
export interface SpecEntry {
  format: FormatName;
  /** JSON Pointers of the tool and of its parameters. */
  at: string;
  schemaAt: string;
}

/** A place of an argument: pointers into the file. */
export interface ArgumentPlace {
  /** What describes the argument as a whole; a parameter object in OpenAPI, else its schema. */
  whole: string;
  /** Its JSON Schema, or what stands for it. */
  schema: string;
  /** The object whose `required` lists it, and whose `properties` hold it; null where the format says it otherwise. */
  owner: string | null;
  /** Its name in there. */
  name: string;
}

/** How many references are followed until it is given up: they may lead in circles. */
const mostReferences = 20;

/** The place of an argument (JSON Pointer, as in calls); null where the spec has none. */
export function placeOf(root: Json, entry: SpecEntry, argument: string): ArgumentPlace | null {
  if (argument === '') return null;
  if (entry.format === 'openapi') return inOperation(root, entry.at, argument);
  if (entry.format === 'toolbench') return inLists(root, entry.at, argument);
  return inSchema(root, entry.schemaAt, argument);
}

/** The object schema whose `properties` would have the argument; null where there is none. */
export function ownerOf(root: Json, entry: SpecEntry): string | null {
  if (entry.format === 'toolbench') return null;
  if (entry.format === 'openapi') return bodySchemas(root, entry.at)[0] ?? null;
  const at = followed(root, entry.schemaAt);
  return isJsonObject(valueAt(root, at)) ? at : null;
}

function inSchema(root: Json, start: string, argument: string): ArgumentPlace | null {
  let owner = followed(root, start);
  let at = owner;
  let name = '';
  for (const key of keysOf(argument)) {
    const schema = valueAt(root, at);
    if (!isJsonObject(schema)) return null;
    const inner = hasMember(schema.properties, key)
      ? `${at}/properties${pointerOf(key)}`
      : /^\d+$/.test(key) && isJsonObject(schema.items)
        ? `${at}/items`
        : null;
    if (inner === null) return null;
    [owner, name] = [at, key];
    at = followed(root, inner);
  }
  // What a reference leads to is shared with others: the place is where this tool refers to it.
  const own = `${owner}/properties${pointerOf(name)}`;
  return { whole: valueAt(root, own) === undefined ? at : own, schema: at, owner, name };
}

function inOperation(root: Json, at: string, argument: string): ArgumentPlace | null {
  const [name = '', ...rest] = keysOf(argument);
  const parts = at.split('/');
  for (const holder of [at, parts.slice(0, -1).join('/')]) {
    const list = valueAt(root, `${holder}/parameters`);
    if (!Array.isArray(list)) continue;
    for (const index of list.keys()) {
      const own = `${holder}/parameters/${index}`;
      const whole = followed(root, own);
      const parameter = valueAt(root, whole);
      if (!isJsonObject(parameter) || parameter.name !== name || parameter.in === 'body') continue;
      const schema = isJsonObject(parameter.schema) ? `${whole}/schema` : whole;
      if (rest.length > 0) return inSchema(root, schema, pointerOf(...rest));
      return { whole, schema: followed(root, schema), owner: null, name };
    }
  }
  for (const body of bodySchemas(root, at)) {
    const place = inSchema(root, body, argument) ?? (name === 'body' ? inBody(root, body, rest) : null);
    if (place) return place;
  }
  return null;
}

function inBody(root: Json, body: string, rest: string[]): ArgumentPlace | null {
  if (rest.length > 0) return inSchema(root, body, pointerOf(...rest));
  return { whole: body, schema: followed(root, body), owner: null, name: 'body' };
}

/** Schemas of an operation's body, OpenAPI 3 and Swagger 2. */
function bodySchemas(root: Json, at: string): string[] {
  const requestBody = followed(root, `${at}/requestBody`);
  const content = valueAt(root, `${requestBody}/content`);
  if (isJsonObject(content)) {
    return Object.keys(content).map((type) =>
      followed(root, `${requestBody}/content${pointerOf(type)}/schema`),
    );
  }
  const list = valueAt(root, `${at}/parameters`);
  if (!Array.isArray(list)) return [];
  return list.flatMap((one, index) =>
    isJsonObject(one) && one.in === 'body' ? [followed(root, `${at}/parameters/${index}/schema`)] : [],
  );
}

function inLists(root: Json, at: string, argument: string): ArgumentPlace | null {
  const [name = ''] = keysOf(argument);
  for (const list of ['required_parameters', 'optional_parameters']) {
    const all = valueAt(root, `${at}/${list}`);
    if (!Array.isArray(all)) continue;
    const index = all.findIndex((one) => isJsonObject(one) && one.name === name);
    const whole = `${at}/${list}/${index}`;
    if (index >= 0) return { whole, schema: whole, owner: null, name };
  }
  return null;
}

/** Where a pointer leads, local references followed. */
function followed(root: Json, pointer: string): string {
  let at = pointer;
  for (let step = 0; step < mostReferences; step++) {
    const value = valueAt(root, at);
    const reference = isJsonObject(value) ? value.$ref : undefined;
    if (typeof reference !== 'string' || !reference.startsWith('#/')) return at;
    const next = decoded(reference.slice(1));
    if (next === null || valueAt(root, next) === undefined) return at;
    at = next;
  }
  return pointer;
}

function decoded(reference: string): string | null {
  try {
    return decodeURIComponent(reference);
  } catch {
    return null;
  }
}

function hasMember(object: Json | undefined, key: string): object is JsonObject {
  return isJsonObject(object) && Object.hasOwn(object, key);
}
