/** Walks through one foreign schema and writes it in JSON Schema. */
import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { pointerOf, valueAt } from '../../core/jsonPointer.ts';
import { keywordKinds, leftOut } from './keywords.ts';
import { mapPattern } from './patterns.ts';
import type { Resolve } from './schema.ts';
import { schemaOfType } from './typeNames.ts';
import { valueOfType } from './values.ts';

/** What was lost or changed in a schema, and where. */
export interface SchemaNote {
  /** JSON Pointer into the schema as it is written. */
  pointer: string;
  message: string;
  /** Whether its author should see it: something is wrong with the spec, not merely told in other words. */
  isProblem: boolean;
}

/** A schema that needs more is no description of a tool's arguments. */
const mostNodes = 5_000;
const deepest = 40;
const mostCharacters = 400_000;
const longestText = 4_000;
const longestEnum = 500;
const mostNotes = 30;
/** A reference to what is no larger than this, and refers to nothing itself, is written out. */
const inlined = 30;

export class SchemaMapping {
  readonly #root: Json;
  readonly #resolve: Resolve | undefined;
  readonly #notes: SchemaNote[] = [];
  #nodes = mostNodes;
  #characters = mostCharacters;
  /** By reference: the name under `$defs`. */
  readonly #names = new Map<string, string>();
  readonly #waiting: { name: string; reference: string; target: Json }[] = [];
  readonly #unknown = new Set<string>();

  constructor(root: Json, resolve: Resolve | undefined) {
    this.#root = root;
    this.#resolve = resolve;
  }

  note(pointer: string, message: string, isProblem = false): void {
    if (this.#notes.length < mostNotes && !this.#notes.some((one) => one.message === message)) {
      this.#notes.push({ pointer, message, isProblem });
    }
  }

  /** Everything that was noted. */
  finish(): SchemaNote[] {
    const unknown = [...this.#unknown].slice(0, 20).map((name) => JSON.stringify(name.slice(0, 60)));
    if (unknown.length > 0) {
      this.note('', `Left out, because JSON Schema does not know it: ${unknown.join(', ')}.`);
    }
    return this.#notes;
  }

  /** What was referred to, and what that refers to. */
  mapDefinitions(): JsonObject {
    const definitions: JsonObject = {};
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const at = next.reference.startsWith('#') ? safeDecode(next.reference.slice(1)) : '';
      definitions[next.name] = this.map(next.target, at, 0);
    }
    return definitions;
  }

  map(written: Json, at: string, depth: number): JsonObject {
    if (--this.#nodes < 0) {
      this.note(
        at,
        `The schema is too large: of more than ${mostNodes} values the rest takes anything.`,
        true,
      );
      return {};
    }
    if (depth > deepest) {
      this.note(
        at,
        `The schema is nested more than ${deepest} levels deep: what lies deeper takes anything.`,
        true,
      );
      return {};
    }
    if (written === true) return {};
    if (written === false) return { not: {} };
    if (typeof written === 'string') return this.#typeFragment(written, at);
    if (isJsonObject(written)) return this.#mapObject(written, at, depth);
    this.note(at, `${say(written)} is no schema: anything is taken there.`, true);
    return {};
  }

  #mapObject(written: JsonObject, at: string, depth: number): JsonObject {
    const reference = written.$ref ?? written.$dynamicRef ?? written.$recursiveRef;
    const out: JsonObject = typeof reference === 'string' ? this.#reference(reference, at, depth) : {};
    if (written.type !== undefined) this.#addType(out, written.type, `${at}/type`);
    for (const [keyword, value] of Object.entries(written)) {
      const mapped = this.#keyword(keyword, value, written, at + pointerOf(keyword), depth);
      if (mapped !== undefined) Object.assign(out, mapped);
    }
    this.#exclusiveBounds(out, written);
    this.#values(out, written, at);
    if (out.type === 'array' && out.items === undefined && out.prefixItems === undefined) out.items = {};
    if (written.discriminator !== undefined) {
      this.note(at, 'The "discriminator" is left out: which form is meant follows from the forms alone.');
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
        if (!Array.isArray(value)) return this.#wrong(keyword, value, at);
        return value.length > 0
          ? { [keyword]: value.map((one, index) => inner(one, `${at}/${index}`)) }
          : undefined;
      }
      case 'byName':
        return this.#byName(keyword, value, at, inner);
      case 'text':
        return typeof value === 'string' ? { [keyword]: this.#text(value, at) } : undefined;
      case 'number':
      case 'count':
        return this.#number(keyword, value, at);
      case 'flag':
        return typeof value === 'boolean' ? { [keyword]: value } : this.#wrong(keyword, value, at);
      case 'own':
        return this.#ownKeyword(keyword, value, written, at, inner);
      default:
        if (!leftOut(keyword)) this.#unknown.add(keyword);
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

  #byName(
    keyword: string,
    value: Json,
    at: string,
    inner: (schema: Json, place: string) => JsonObject,
  ): JsonObject | undefined {
    if (!isJsonObject(value)) return this.#wrong(keyword, value, at);
    const entries = this.#named(value, at).map(([name, schema]) => [
      name,
      inner(schema, at + pointerOf(name)),
    ]);
    return { [keyword]: Object.fromEntries(entries) as JsonObject };
  }

  /** `required: true` within a parameter says of itself what the list says of all. */
  #properties(
    value: Json,
    written: JsonObject,
    at: string,
    inner: (schema: Json, place: string) => JsonObject,
  ): JsonObject | undefined {
    const named = Array.isArray(value) ? fromList(value) : value;
    if (!isJsonObject(named)) return this.#wrong('properties', value, at);
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
    if (!Array.isArray(value)) return this.#wrong('required', value, at);
    const names = value.filter((name) => typeof name === 'string' && name !== '__proto__') as string[];
    if (names.length < value.length) this.note(at, '"required" holds what is no name: it is left out.', true);
    const all = [...new Set([...names, ...more])].slice(0, mostNodes);
    return all.length > 0 ? { required: all } : undefined;
  }

  #named(value: JsonObject, at: string): [string, Json][] {
    return Object.entries(value).filter(([name]) => {
      if (name !== '__proto__') return true;
      this.note(at, '"__proto__" cannot be used as a name: it is left out.', true);
      return false;
    });
  }

  #pattern(value: Json, at: string): JsonObject | undefined {
    if (typeof value !== 'string') return this.#wrong('pattern', value, at);
    const mapped = mapPattern(value);
    if (!mapped) {
      this.note(
        at,
        `The pattern ${say(value)} is no regular expression of JavaScript: any text is taken.`,
        true,
      );
      return undefined;
    }
    if (mapped.changed) this.note(at, `The pattern ${say(value)} is written as ${say(mapped.pattern)}.`);
    return { pattern: mapped.pattern };
  }

  #patternProperties(
    value: Json,
    at: string,
    inner: (schema: Json, place: string) => JsonObject,
  ): JsonObject | undefined {
    if (!isJsonObject(value)) return this.#wrong('patternProperties', value, at);
    const out: JsonObject = {};
    for (const [written, schema] of this.#named(value, at)) {
      const pattern = this.#pattern(written, at)?.pattern;
      if (typeof pattern === 'string') out[pattern] = inner(schema, at + pointerOf(written));
    }
    return Object.keys(out).length > 0 ? { patternProperties: out } : undefined;
  }

  /** The older word has lists of names and schemas in one. */
  #dependencies(
    value: Json,
    at: string,
    inner: (schema: Json, place: string) => JsonObject,
    mixed: boolean,
  ): JsonObject | undefined {
    if (!isJsonObject(value)) return this.#wrong('dependencies', value, at);
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
    return fits ? { [keyword]: number } : this.#wrong(keyword, value, at);
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

  #addType(out: JsonObject, type: Json, at: string): void {
    const names = Array.isArray(type) ? type : [type];
    const fragments: JsonObject[] = [];
    for (const name of names) {
      if (isJsonObject(name)) fragments.push(this.map(name, at, deepest));
      else if (typeof name === 'string') fragments.push(this.#typeFragment(name, at));
      else this.#wrong('type', name, at);
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
    this.note(at, `${say(name)} is a type that is not known: anything is taken there.`, true);
    return {};
  }

  /** `enum`, `const`, `default`, `examples`: as the type has them. */
  #values(out: JsonObject, written: JsonObject, at: string): void {
    const types = out.type === undefined ? [] : ([out.type].flat() as string[]);
    if (written.enum !== undefined) this.#enum(out, written.enum, types, `${at}/enum`);
    else if (typeof written.type === 'string' && /^enum$/i.test(written.type)) {
      this.note(at, 'An ENUM without its values: any text is taken.');
    }
    const constant = written.const === undefined ? undefined : this.#data(written.const);
    if (constant !== undefined) out.const = constant;
    if (written.default !== undefined) this.#default(out, written.default, types, `${at}/default`);
    const examples = examplesOf(written).flatMap((one) => {
      const value = this.#data(one);
      return value === undefined ? [] : [value];
    });
    if (examples.length > 0) out.examples = examples.slice(0, 5);
  }

  #enum(out: JsonObject, value: Json, types: string[], at: string): void {
    if (!Array.isArray(value) || value.length === 0) {
      this.note(at, 'The "enum" holds no list of values: anything is taken.', true);
      return;
    }
    if (value.length > longestEnum) {
      this.note(
        at,
        `The "enum" has ${value.length} values: the first are shown as examples, and any is taken.`,
      );
      out.examples = value.slice(0, 5).flatMap((one) => this.#data(one) ?? []);
      return;
    }
    const fitting = new Map<string, Json>();
    for (const one of value) {
      const fit = valueOfType(one, types);
      const data = fit === undefined ? undefined : this.#data(fit);
      if (data !== undefined) fitting.set(canonicalJson(data), data);
      else this.note(at, `${say(one)} does not fit the type: it is no choice.`, true);
    }
    if (fitting.size > 0) out.enum = [...fitting.values()];
  }

  #default(out: JsonObject, value: Json, types: string[], at: string): void {
    const fit = valueOfType(value, types);
    const data = fit === undefined ? undefined : this.#data(fit);
    if (data !== undefined) out.default = data;
    // An empty text or null stands for no default at all where it cannot be one.
    else if (value !== '' && value !== null) {
      this.note(at, `The default ${say(value)} does not fit the type: it is left out.`, true);
    }
  }

  /** Data within the limits, in values JSON has; undefined otherwise. */
  #data(value: Json): Json | undefined {
    let fits = true;
    const check = (one: Json, depth: number): void => {
      if (--this.#nodes < 0 || depth > deepest) fits = false;
      else if (typeof one === 'number') fits &&= Number.isFinite(one);
      else if (typeof one === 'string') fits &&= this.#take(one.length);
      else if (Array.isArray(one)) for (const item of one) if (fits) check(item, depth + 1);
      if (isJsonObject(one)) for (const item of Object.values(one)) if (fits) check(item, depth + 1);
    };
    check(value, 0);
    return fits ? value : undefined;
  }

  #text(value: string, at: string): string {
    if (value.length <= longestText && this.#take(value.length)) return value;
    this.note(at, `A text of ${value.length} characters is cut.`);
    const length = Math.min(longestText, Math.max(0, this.#characters));
    this.#take(length);
    return `${value.slice(0, length)}…`;
  }

  #take(characters: number): boolean {
    this.#characters -= characters;
    return this.#characters >= 0;
  }

  #reference(reference: string, at: string, depth: number): JsonObject {
    const target = this.#target(reference);
    if (target === undefined) {
      const why = reference.startsWith('#')
        ? 'points to nothing'
        : 'points outside of the file and is not followed';
      this.note(`${at}/$ref`, `${say(reference)} ${why}: anything is taken there.`, true);
      return {};
    }
    if (!this.#names.has(reference) && isSmall(target)) return this.map(target, at, depth + 1);
    const known = this.#names.get(reference);
    if (known !== undefined) return { $ref: `#/$defs/${known}` };
    const name = this.#newName(reference);
    this.#names.set(reference, name);
    this.#waiting.push({ name, reference, target });
    return { $ref: `#/$defs/${name}` };
  }

  #target(reference: string): Json | undefined {
    if (reference === '#') return this.#root;
    if (reference.startsWith('#/')) {
      const own = valueAt(this.#root, safeDecode(reference.slice(1)));
      if (own !== undefined) return own;
    }
    return this.#resolve?.(reference);
  }

  #newName(reference: string): string {
    const last = safeDecode(reference).split('/').at(-1) ?? '';
    const base =
      last
        .replace(/[^A-Za-z0-9_.-]+/g, '_')
        .replace(/^_+|_+$/g, '')
        .slice(0, 64) || 'schema';
    const taken = new Set(this.#names.values());
    let name = base;
    for (let count = 2; taken.has(name); count++) name = `${base}_${count}`;
    return name;
  }

  #wrong(keyword: string, value: Json, at: string): undefined {
    this.note(at, `${say(value)} cannot stand as "${keyword}": it is left out.`, true);
  }
}

/** Whether it is worth a definition of its own: not when it is short and refers to nothing. */
function isSmall(schema: Json): boolean {
  let left = inlined;
  const open: Json[] = [schema];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (--left < 0) return false;
    if (isJsonObject(next)) {
      if ('$ref' in next || '$dynamicRef' in next || '$recursiveRef' in next) return false;
      open.push(...Object.values(next));
    } else if (Array.isArray(next)) open.push(...next.slice(0, inlined + 1));
  }
  return true;
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

/** `examples` is a list; OpenAPI has a map of them, and one alone. */
function examplesOf({ examples, example }: JsonObject): Json[] {
  if (Array.isArray(examples)) return examples;
  if (isJsonObject(examples)) {
    return Object.values(examples).flatMap((one) => (isJsonObject(one) ? (one.value ?? []) : one) as Json[]);
  }
  return example === undefined ? [] : [example];
}

function fromList(list: Json[]): Json {
  const named = list.flatMap((one) =>
    isJsonObject(one) && typeof one.name === 'string' ? [[one.name, one] as const] : [],
  );
  return named.length === list.length
    ? Object.fromEntries(named.map(([key, { name: _name, ...schema }]) => [key, schema]))
    : list;
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function say(value: Json): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
