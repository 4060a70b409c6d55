/** Walks through one foreign schema and writes it in JSON Schema. */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { pointerOf } from '../../core/jsonPointer.ts';
import { keywordKinds, leftOut } from './keywords.ts';
import { mapPattern } from './patterns.ts';
import type { Resolve } from './schema.ts';
import { mostNodes, SchemaLimits } from './schemaLimits.ts';
import { SchemaNotes, said } from './schemaNotes.ts';
import { SchemaReferences } from './schemaReferences.ts';
import { SchemaValues } from './schemaValues.ts';
import { schemaOfType } from './typeNames.ts';

type Inner = (schema: Json, place: string) => JsonObject;

export class SchemaMapping {
  readonly notes = new SchemaNotes();
  readonly #references: SchemaReferences;
  readonly #limits = new SchemaLimits(this.notes);
  readonly #values = new SchemaValues(this.#limits, this.notes);

  constructor(root: Json, resolve: Resolve | undefined) {
    this.#references = new SchemaReferences(root, resolve);
  }

  /** What was referred to, and what that refers to. */
  mapDefinitions(): JsonObject {
    const definitions: JsonObject = {};
    for (let next = this.#references.next(); next; next = this.#references.next()) {
      definitions[next.name] = this.map(next.schema, next.at, 0);
    }
    return definitions;
  }

  map(written: Json, at: string, depth: number): JsonObject {
    if (!this.#limits.allowsSchema(at, depth)) return {};
    if (written === true) return {};
    if (written === false) return { not: {} };
    if (typeof written === 'string') return this.#typeFragment(written, at);
    if (isJsonObject(written)) return this.#mapObject(written, at, depth);
    this.notes.add(at, `${said(written)} is no schema: anything is taken there.`, true);
    return {};
  }

  #mapObject(written: JsonObject, at: string, depth: number): JsonObject {
    const reference = written.$ref ?? written.$dynamicRef ?? written.$recursiveRef;
    const out: JsonObject = typeof reference === 'string' ? this.#reference(reference, at, depth) : {};
    if (written.type !== undefined) this.#addType(out, written.type, `${at}/type`, depth);
    for (const [keyword, value] of Object.entries(written)) {
      const mapped = this.#keyword(keyword, value, written, at + pointerOf(keyword), depth);
      if (mapped !== undefined) Object.assign(out, mapped);
    }
    this.#exclusiveBounds(out, written);
    this.#values.add(out, written, at);
    if (out.type === 'array' && out.items === undefined && out.prefixItems === undefined) out.items = {};
    if (written.discriminator !== undefined) {
      this.notes.add(
        at,
        'The "discriminator" is left out: which form is meant follows from the forms alone.',
      );
    }
    return written.nullable === true ? withNull(out) : out;
  }

  /** What a keyword becomes; undefined for nothing. */
  #keyword(
    keyword: string,
    value: Json,
    written: JsonObject,
    at: string,
    depth: number,
  ): JsonObject | undefined {
    const inner = (schema: Json, place = at): JsonObject => this.map(schema, place, depth + 1);
    switch (keywordKinds.get(keyword)) {
      case 'schema':
        // Whether there may be others is told as it is written.
        if (typeof value === 'boolean') return { [keyword]: value };
        return { [keyword]: inner(value) };
      case 'schemas': {
        if (!Array.isArray(value)) return this.notes.wrong(keyword, value, at);
        return value.length > 0
          ? { [keyword]: value.map((one, index) => inner(one, `${at}/${index}`)) }
          : undefined;
      }
      case 'byName':
        return this.#byName(keyword, value, at, inner);
      case 'text':
        return typeof value === 'string' ? { [keyword]: this.#limits.text(value, at) } : undefined;
      case 'number':
      case 'count':
        return this.#number(keyword, value, at);
      case 'flag':
        return typeof value === 'boolean' ? { [keyword]: value } : this.notes.wrong(keyword, value, at);
      case 'own':
        return this.#ownKeyword(keyword, value, written, at, inner);
      default:
        if (!leftOut(keyword)) this.notes.unknownKeyword(keyword);
        return undefined;
    }
  }

  #ownKeyword(
    keyword: string,
    value: Json,
    written: JsonObject,
    at: string,
    inner: (schema: Json, place?: string) => JsonObject,
  ): JsonObject | undefined {
    switch (keyword) {
      case 'properties':
        return this.#properties(value, written, at, inner);
      case 'required':
        if (typeof value === 'boolean') return undefined;
        return written.properties === undefined ? this.#required(value, [], at) : undefined;
      case 'items':
        if (!Array.isArray(value)) return { items: inner(value) };
        return {
          ...(value.length > 0
            ? { prefixItems: value.map((one, index) => inner(one, `${at}/${index}`)) }
            : {}),
          ...(written.additionalItems === undefined ? {} : { items: inner(written.additionalItems) }),
        };
      case 'pattern':
        return this.#pattern(value, at);
      case 'format':
        return typeof value === 'string' && value.length <= 64 ? { format: value } : undefined;
      case 'patternProperties':
        return this.#patternProperties(value, at, inner);
      case 'dependentRequired':
        return this.#dependencies(value, at, inner, false);
      case 'dependencies':
        return this.#dependencies(value, at, inner, true);
      default:
        return undefined;
    }
  }

  #byName(keyword: string, value: Json, at: string, inner: Inner): JsonObject | undefined {
    if (!isJsonObject(value)) return this.notes.wrong(keyword, value, at);
    const entries = this.#named(value, at).map(([name, schema]) => [
      name,
      inner(schema, at + pointerOf(name)),
    ]);
    return { [keyword]: Object.fromEntries(entries) as JsonObject };
  }

  /** `required: true` within a parameter says of itself what the list says of all. */
  #properties(value: Json, written: JsonObject, at: string, inner: Inner): JsonObject | undefined {
    const named = Array.isArray(value) ? fromList(value) : value;
    if (!isJsonObject(named)) return this.notes.wrong('properties', value, at);
    const entries = this.#named(named, at);
    const properties = entries.map(([name, schema]) => [name, inner(schema, at + pointerOf(name))]);
    const itself = entries.flatMap(([name, schema]) =>
      isJsonObject(schema) && schema.required === true ? [name] : [],
    );
    const list = typeof written.required === 'boolean' ? [] : (written.required ?? []);
    return {
      properties: Object.fromEntries(properties) as JsonObject,
      ...this.#required(list, itself, at.replace(/properties$/, 'required')),
    };
  }

  #required(value: Json, more: readonly string[], at: string): JsonObject | undefined {
    if (!Array.isArray(value)) return this.notes.wrong('required', value, at);
    const names = value.filter((name) => typeof name === 'string' && name !== '__proto__') as string[];
    if (names.length < value.length)
      this.notes.add(at, '"required" holds what is no name: it is left out.', true);
    const all = [...new Set([...names, ...more])].slice(0, mostNodes);
    return all.length > 0 ? { required: all } : undefined;
  }

  #named(value: JsonObject, at: string): [string, Json][] {
    return Object.entries(value).filter(([name]) => {
      if (name !== '__proto__') return true;
      this.notes.add(at, '"__proto__" cannot be used as a name: it is left out.', true);
      return false;
    });
  }

  #pattern(value: Json, at: string): JsonObject | undefined {
    if (typeof value !== 'string') return this.notes.wrong('pattern', value, at);
    const mapped = mapPattern(value);
    if (!mapped) {
      this.notes.add(
        at,
        `The pattern ${said(value)} is no regular expression of JavaScript: any text is taken.`,
        true,
      );
      return undefined;
    }
    if (mapped.changed)
      this.notes.add(at, `The pattern ${said(value)} is written as ${said(mapped.pattern)}.`);
    return { pattern: mapped.pattern };
  }

  #patternProperties(value: Json, at: string, inner: Inner): JsonObject | undefined {
    if (!isJsonObject(value)) return this.notes.wrong('patternProperties', value, at);
    const out: JsonObject = {};
    for (const [written, schema] of this.#named(value, at)) {
      const pattern = this.#pattern(written, at)?.pattern;
      if (typeof pattern === 'string') out[pattern] = inner(schema, at + pointerOf(written));
    }
    return Object.keys(out).length > 0 ? { patternProperties: out } : undefined;
  }

  /** The older word has lists of names and schemas in one. */
  #dependencies(value: Json, at: string, inner: Inner, mixed: boolean): JsonObject | undefined {
    if (!isJsonObject(value)) return this.notes.wrong('dependencies', value, at);
    const required: JsonObject = {};
    const schemas: JsonObject = {};
    for (const [name, one] of this.#named(value, at)) {
      if (Array.isArray(one)) required[name] = [...new Set(one.filter((other) => typeof other === 'string'))];
      else if (mixed) schemas[name] = inner(one, at + pointerOf(name));
    }
    return {
      ...(Object.keys(required).length > 0 ? { dependentRequired: required } : {}),
      ...(Object.keys(schemas).length > 0 ? { dependentSchemas: schemas } : {}),
    };
  }

  #number(keyword: string, value: Json, at: string): JsonObject | undefined {
    // The draft of 2013: a flag beside the bound.
    if (typeof value === 'boolean' && keyword.startsWith('exclusive')) return undefined;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    const isCount = keywordKinds.get(keyword) === 'count';
    const fits =
      typeof number === 'number' &&
      Number.isFinite(number) &&
      (!isCount || (Number.isInteger(number) && number >= 0)) &&
      (keyword !== 'multipleOf' || number > 0);
    return fits ? { [keyword]: number } : this.notes.wrong(keyword, value, at);
  }

  #exclusiveBounds(out: JsonObject, written: JsonObject): void {
    for (const [flag, bound] of [
      ['exclusiveMinimum', 'minimum'],
      ['exclusiveMaximum', 'maximum'],
    ] as const) {
      if (written[flag] !== true || out[bound] === undefined) continue;
      out[flag] = out[bound];
      delete out[bound];
    }
  }

  #addType(out: JsonObject, type: Json, at: string, depth: number): void {
    const names = Array.isArray(type) ? type : [type];
    const fragments: JsonObject[] = [];
    for (const name of names) {
      if (isJsonObject(name)) fragments.push(this.map(name, at, depth + 1));
      else if (typeof name === 'string') fragments.push(this.#typeFragment(name, at));
      else this.notes.wrong('type', name, at);
    }
    const types = fragments.flatMap((one) => (one.type === undefined ? [] : ([one.type].flat() as string[])));
    const unique = [...new Set(types)];
    // One that may be anything makes the whole so.
    if (fragments.length > 0 && fragments.every((one) => one.type !== undefined)) {
      out.type = unique.length === 1 ? (unique[0] as string) : unique;
    }
    const [only] = fragments;
    if (fragments.length !== 1 || !only) return;
    for (const [keyword, value] of Object.entries(only)) {
      if (keyword !== 'type' && out[keyword] === undefined) out[keyword] = value;
    }
  }

  #typeFragment(name: string, at: string): JsonObject {
    const fragment = schemaOfType(name);
    if (fragment) return fragment;
    this.notes.add(at, `${said(name)} is a type that is not known: anything is taken there.`, true);
    return {};
  }

  #reference(reference: string, at: string, depth: number): JsonObject {
    const found = this.#references.use(reference);
    if (found) {
      return 'name' in found ? { $ref: `#/$defs/${found.name}` } : this.map(found.schema, at, depth + 1);
    }
    const why = reference.startsWith('#')
      ? 'points to nothing'
      : 'points outside of the file and is not followed';
    this.notes.add(`${at}/$ref`, `${said(reference)} ${why}: anything is taken there.`, true);
    return {};
  }
}

function withNull(schema: JsonObject): JsonObject {
  const { type } = schema;
  if (type === undefined) {
    const { description, title, default: standard, ...rest } = schema;
    if (Object.keys(rest).length === 0) return schema;
    return {
      ...(title === undefined ? {} : { title }),
      ...(description === undefined ? {} : { description }),
      ...(standard === undefined ? {} : { default: standard }),
      anyOf: [rest, { type: 'null' }],
    };
  }
  const choices =
    Array.isArray(schema.enum) && !schema.enum.includes(null) ? { enum: [...schema.enum, null] } : {};
  return { ...schema, type: [...new Set([...[type].flat(), 'null'])] as Json[], ...choices };
}

function fromList(list: Json[]): Json {
  const named = list.flatMap((one) =>
    isJsonObject(one) && typeof one.name === 'string' ? [[one.name, one] as const] : [],
  );
  return named.length === list.length
    ? Object.fromEntries(named.map(([key, { name: _name, ...schema }]) => [key, schema]))
    : list;
}
