/** The outermost schema: always an object, without a union around it, because no provider takes another. */
import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';

type Note = (message: string) => void;

/** The name under which a value is passed that is no object. */
const wrapped = 'input';
/** Forms of the parameters that are looked into: each may have forms again. */
const mostForms = 200;

/** An object schema that takes what `mapped` takes, as near as that can be. */
export function objectSchema(mapped: JsonObject, definitions: JsonObject, note: Note): JsonObject {
  const followed = follow(mapped, definitions);
  const types = followed.type === undefined ? [] : [followed.type].flat();
  if (types.length > 0 && !types.includes('object')) {
    note(`The parameters are no object: they are passed as "${wrapped}".`);
    return finish({ properties: { [wrapped]: mapped }, required: [wrapped] }, definitions);
  }
  if (isDeepStrictEqual(followed, { not: {} })) {
    note('The schema of the parameters refuses everything: the tool is taken to have none.');
    return finish({ properties: {}, additionalProperties: false }, definitions);
  }
  // What says nothing at all takes anything.
  if (Object.keys(followed).length === 0) return finish({ additionalProperties: true }, definitions);
  const flat = flattened(followed, definitions, note, { left: mostForms });
  for (const keyword of ['not', 'if', 'then', 'else', 'enum', 'const']) {
    if (!(keyword in flat)) continue;
    delete flat[keyword];
    note(`"${keyword}" around all parameters is left out: providers refuse it there.`);
  }
  return finish(flat, definitions);
}

function finish({ type: _object, properties, ...rest }: JsonObject, definitions: JsonObject): JsonObject {
  const schema: JsonObject = { type: 'object', properties: properties ?? {}, ...rest };
  return Object.keys(definitions).length > 0 ? { ...schema, $defs: definitions } : schema;
}

/** What a reference at the root leads to, with what stands beside it. */
function follow(schema: JsonObject, definitions: JsonObject): JsonObject {
  let current = schema;
  for (let hop = 0; hop < 8 && typeof current.$ref === 'string'; hop++) {
    const { $ref, ...beside } = current;
    const target = definitions[String($ref).replace('#/$defs/', '')];
    current = { ...(isJsonObject(target) ? target : {}), ...beside };
  }
  const { $ref: _circle, ...plain } = current;
  return plain;
}

/** With the parameters of its `allOf`, `anyOf` and `oneOf` beside its own. */
function flattened(
  schema: JsonObject,
  definitions: JsonObject,
  note: Note,
  budget: { left: number },
): JsonObject {
  const { allOf, anyOf, oneOf, ...own } = schema;
  let merged: JsonObject = own;
  const branches = (list: Json | undefined): JsonObject[] =>
    (Array.isArray(list) ? list : [])
      .filter(isJsonObject)
      .map((one) => follow(one, definitions))
      .map((one) => (budget.left-- > 0 ? flattened(one, definitions, note, budget) : one))
      .filter((one) => one.type === undefined || [one.type].flat().includes('object'));
  for (const branch of branches(allOf)) merged = both(merged, branch);
  for (const union of [anyOf, oneOf]) {
    const forms = branches(union);
    if (forms.length === 0) continue;
    const [first, ...others] = forms as [JsonObject, ...JsonObject[]];
    merged = both(merged, others.reduce(either, first));
    if (forms.length > 1) {
      note(
        `The parameters may have ${forms.length} forms: their parameters are shown together, and which belong together is lost.`,
      );
    }
  }
  return merged;
}

/** What fits both: the parameters of both, all that either requires. */
function both(a: JsonObject, b: JsonObject): JsonObject {
  const { properties, required, additionalProperties: _closed, ...rest } = b;
  return {
    ...rest,
    ...a,
    ...propertiesOf(a, properties, 'allOf'),
    ...requiredOf([...new Set([...namesIn(a.required), ...namesIn(required)])]),
  };
}

/** What fits one of the two: the parameters of both, what both require. */
function either(a: JsonObject, b: JsonObject): JsonObject {
  const { required, additionalProperties: _closed, ...rest } = a;
  const shared = namesIn(required).filter((name) => namesIn(b.required).includes(name));
  return { ...rest, ...propertiesOf(rest, b.properties, 'anyOf'), ...requiredOf(shared) };
}

function propertiesOf(a: JsonObject, more: Json | undefined, conflict: 'allOf' | 'anyOf'): JsonObject {
  if (!isJsonObject(more)) return {};
  const properties: JsonObject = { ...(isJsonObject(a.properties) ? a.properties : {}) };
  for (const [name, schema] of Object.entries(more)) {
    const other = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const isSame = other === undefined || isDeepStrictEqual(other, schema);
    properties[name] = isSame ? schema : { [conflict]: [other as Json, schema] };
  }
  return { properties };
}

function requiredOf(names: string[]): JsonObject {
  return names.length > 0 ? { required: names } : {};
}

function namesIn(required: Json | undefined): string[] {
  return Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
}
