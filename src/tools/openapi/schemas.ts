/**
 * The schemas of a document as JSON Schema 2020-12 that our validator compiles, in the dialects of OpenAPI 2.0, 3.0 and 3.1.
 * References stay references, into `$defs`: a schema that many operations use is converted once and shared by them, and one
 * that refers to itself is no problem.
 */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { memberOf, type Place, type References, referenceOf, within } from './references.ts';
import { plainKeywords } from './schemaKeywords.ts';

const deepest = 60;
/** Definitions that one tool's schema holds at most. */
const mostDefinitions = 400;

interface Definition {
  name: string;
  schema: Json;
  needs: Set<Definition>;
}

/** A schema with the definitions it refers to. */
export interface ConvertedSchema {
  schema: Json;
  needs: Set<Definition>;
}

const listsOfSchemas = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const mapsOfSchemas = ['patternProperties', 'dependentSchemas'];
const singleSchemas = [
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'propertyNames',
  'contains',
  'not',
  'if',
  'then',
  'else',
];

export class Schemas {
  readonly #references: References;
  readonly #definitions = new Map<string, Definition>();
  readonly #names = new Set<string>();

  constructor(references: References) {
    this.#references = references;
  }

  convert(place: Place): ConvertedSchema {
    const needs = new Set<Definition>();
    return { schema: this.#schema(place, needs, 0), needs };
  }

  /** What `$defs` has to hold, of all that is referred to directly or by way of others. */
  definitions(needs: Iterable<Definition>): JsonObject {
    const found = new Set(needs);
    for (const definition of found) {
      if (found.size >= mostDefinitions) break;
      for (const inner of definition.needs) found.add(inner);
    }
    // What goes beyond is open: whatever refers to it takes anything.
    const beyond = [...found].flatMap((one) => [...one.needs].filter((inner) => !found.has(inner)));
    return Object.fromEntries([
      ...[...found].map(({ name, schema }): [string, Json] => [name, schema]),
      ...beyond.map(({ name }): [string, Json] => [name, true]),
    ]);
  }

  #schema(place: Place, needs: Set<Definition>, depth: number): Json {
    const { value } = place;
    if (typeof value === 'boolean') return value;
    if (!isJsonObject(value) || depth > deepest) return {};
    const reference = referenceOf(value);
    return reference === null
      ? this.#plain(place, value, needs, depth)
      : this.#reference(place, value, reference, needs);
  }

  /** What stands beside a reference: OpenAPI 3.1 keeps it, and people write it before. */
  #reference(place: Place, value: JsonObject, reference: string, needs: Set<Definition>): Json {
    const definition = this.#definitionOf(reference, place);
    const { nullable, ...beside } = plainKeywords(value);
    if (!definition) return beside;
    needs.add(definition);
    const $ref = `#/$defs/${definition.name}`;
    return nullable === true ? { anyOf: [{ $ref }, { type: 'null' }], ...beside } : { $ref, ...beside };
  }

  #definitionOf(reference: string, from: Place): Definition | null {
    const first = this.#references.target(reference, from);
    const target = first && this.#references.follow(first);
    if (!target) return null;
    const key = `${target.file.path}#${target.pointer}`;
    const known = this.#definitions.get(key);
    if (known) return known;
    const definition: Definition = { name: this.#nameFor(target), schema: {}, needs: new Set() };
    // It is known before it is converted: it may refer to itself.
    this.#definitions.set(key, definition);
    definition.schema = this.#schema(target, definition.needs, 0);
    return definition;
  }

  #nameFor({ pointer, file }: Place): string {
    const last = pointer.split('/').at(-1) || file.path.split('/').at(-1) || 'schema';
    const base = last.replace(/[^A-Za-z0-9_.-]+/g, '_').slice(0, 80) || 'schema';
    let name = base === '__proto__' ? 'proto' : base;
    for (let count = 2; this.#names.has(name); count++) name = `${base}_${count}`;
    this.#names.add(name);
    return name;
  }

  #plain(place: Place, value: JsonObject, needs: Set<Definition>, depth: number): Json {
    const inner = (...path: (string | number)[]): Json =>
      this.#schema(within(place, ...path), needs, depth + 1);
    const { nullable, ...schema }: JsonObject = plainKeywords(value);
    const properties = this.#properties(place, inner);
    if (properties) Object.assign(schema, properties);
    for (const key of listsOfSchemas) {
      const list = memberOf(value, key);
      if (Array.isArray(list) && list.length > 0) schema[key] = list.map((_, index) => inner(key, index));
    }
    for (const key of mapsOfSchemas) {
      const map = memberOf(value, key);
      if (isJsonObject(map)) {
        const entries = Object.keys(map).filter((name) => key !== 'patternProperties' || isPattern(name));
        schema[key] = Object.fromEntries(entries.map((name) => [name, inner(key, name)]));
      }
    }
    for (const key of singleSchemas) {
      const one = memberOf(value, key);
      if (isJsonObject(one) || typeof one === 'boolean') schema[key] = inner(key);
    }
    this.#items(value, schema, inner);
    return nullable === true ? orNull(schema) : schema;
  }

  /** What the server alone writes is nothing that a call can give. */
  #properties(place: Place, inner: (...path: string[]) => Json): JsonObject | null {
    const { properties, required } = place.value as JsonObject;
    const names = isJsonObject(properties) ? Object.keys(properties) : [];
    const given = names.filter((name) => !this.#isReadOnly(within(place, 'properties', name)));
    const left = new Set(names.filter((name) => !given.includes(name)));
    const needed = (Array.isArray(required) ? required : []).filter(
      (name): name is string => typeof name === 'string' && !left.has(name),
    );
    if (names.length === 0 && needed.length === 0) return null;
    return {
      ...(names.length > 0
        ? { properties: Object.fromEntries(given.map((name) => [name, inner('properties', name)])) }
        : {}),
      ...(needed.length > 0 ? { required: [...new Set(needed)] } : {}),
    };
  }

  #isReadOnly(place: Place): boolean {
    if (memberOf(place.value, 'readOnly') === true) return true;
    if (referenceOf(place.value) === null) return false;
    return memberOf(this.#references.follow(place)?.value, 'readOnly') === true;
  }

  /** Before 3.1 a list of `items` was a tuple. */
  #items(value: JsonObject, schema: JsonObject, inner: (...path: (string | number)[]) => Json): void {
    const items = memberOf(value, 'items');
    if (Array.isArray(items)) {
      if (items.length > 0) schema.prefixItems = items.map((_, index) => inner('items', index));
      if (memberOf(value, 'additionalItems') !== undefined) schema.items = inner('additionalItems');
    } else if (isJsonObject(items) || typeof items === 'boolean') schema.items = inner('items');
  }
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') !== null;
  } catch {
    return false;
  }
}

function orNull(schema: JsonObject): JsonObject {
  const { type } = schema;
  if (typeof type === 'string') {
    const values = Array.isArray(schema.enum) && !schema.enum.includes(null) ? [...schema.enum, null] : null;
    return { ...schema, type: [type, 'null'], ...(values ? { enum: values } : {}) };
  }
  if (Array.isArray(type)) return type.includes('null') ? schema : { ...schema, type: [...type, 'null'] };
  const { title, description, examples, ...rest } = schema;
  const texts = Object.fromEntries(
    Object.entries({ title, description, examples }).filter(
      (entry): entry is [string, Json] => entry[1] !== undefined,
    ),
  );
  return Object.keys(rest).length === 0 ? schema : { ...texts, anyOf: [rest, { type: 'null' }] };
}
