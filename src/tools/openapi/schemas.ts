/**
 * The schemas of a document, in its own words, each with all it refers to. References stay references, into `$defs`: a schema
 * that many operations use is gone through once and shared by them, and one that refers to itself is no problem. What becomes
 * of the words is `foreign/schema.ts`'s business.
 */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { memberOf, type Place, type References, referenceOf, within } from './references.ts';

const deepest = 60;
/** Definitions that one tool's schema holds at most, and their characters: a model is told of all of them. */
const mostDefinitions = 100;
const mostCharacters = 30_000;

interface Definition {
  name: string;
  schema: Json;
  needs: Set<Definition>;
  /** Characters, once they were counted. */
  size?: number;
}

/** A schema with the definitions it refers to. */
export interface ConvertedSchema {
  schema: Json;
  needs: Set<Definition>;
}

const schemas = new Set(
  'items additionalItems additionalProperties unevaluatedProperties unevaluatedItems propertyNames contains not if then else'.split(
    ' ',
  ),
);
const listsOfSchemas = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems', 'items']);
const mapsOfSchemas = new Set(['properties', 'patternProperties', 'dependentSchemas']);
/** Says nothing of what a call may give. Definitions are taken from where references find them. */
const unwanted = /^(?:x-.*|xml|externalDocs|\$defs|definitions|\$id|id|\$schema|__proto__)$/;

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

  /**
   * What `$defs` has to hold, of all that is referred to directly or by way of others, the nearest first. What would make
   * it larger than a model can be told of is left open: whatever refers to it takes anything.
   */
  definitions(needs: Iterable<Definition>): { definitions: JsonObject; open: string[] } {
    const found = new Set(needs);
    const kept: [string, Json][] = [];
    const open: string[] = [];
    let characters = 0;
    for (const definition of found) {
      characters += definition.size ??= JSON.stringify(definition.schema).length;
      const fits = kept.length < mostDefinitions && (characters <= mostCharacters || kept.length === 0);
      kept.push([definition.name, fits ? definition.schema : true]);
      if (!fits) open.push(definition.name);
      else for (const inner of definition.needs) found.add(inner);
    }
    return { definitions: Object.fromEntries(kept), open };
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

  /** With what stands beside it: OpenAPI 3.1 keeps that, and people write it before. */
  #reference(place: Place, value: JsonObject, reference: string, needs: Set<Definition>): Json {
    const definition = this.#definitionOf(reference, place);
    const { $ref: _, ...beside } = value;
    if (!definition) return beside;
    needs.add(definition);
    return { $ref: `#/$defs/${definition.name}`, ...beside };
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
    const schema: JsonObject = {};
    for (const [key, one] of Object.entries(value)) {
      if (unwanted.test(key)) continue;
      if (schemas.has(key) && isJsonObject(one)) schema[key] = inner(key);
      else if (listsOfSchemas.has(key) && Array.isArray(one))
        schema[key] = one.map((_, index) => inner(key, index));
      else if (mapsOfSchemas.has(key) && isJsonObject(one))
        schema[key] = Object.fromEntries(Object.keys(one).map((name) => [name, inner(key, name)]));
      else schema[key] = one;
    }
    return isJsonObject(value.properties) ? this.#withoutReadOnly(place, schema) : schema;
  }

  /** What the server alone writes is nothing that a call can give. */
  #withoutReadOnly(place: Place, schema: JsonObject): JsonObject {
    const { properties, required } = schema;
    const given = Object.entries(properties as JsonObject).filter(
      ([name]) => !this.#isReadOnly(within(place, 'properties', name)),
    );
    const kept = new Set(given.map(([name]) => name));
    if (kept.size === Object.keys(properties as JsonObject).length) return schema;
    const isGiven = (name: Json): boolean =>
      typeof name !== 'string' || kept.has(name) || !Object.hasOwn(properties as JsonObject, name);
    return {
      ...schema,
      properties: Object.fromEntries(given),
      ...(Array.isArray(required) ? { required: required.filter(isGiven) } : {}),
    };
  }

  #isReadOnly(place: Place): boolean {
    if (memberOf(place.value, 'readOnly') === true) return true;
    if (referenceOf(place.value) === null) return false;
    return memberOf(this.#references.follow(place)?.value, 'readOnly') === true;
  }
}
