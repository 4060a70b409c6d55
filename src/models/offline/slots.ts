import type { Json, JsonObject } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';
import { keysOf, pointerOf } from '../../core/jsonPointer.ts';

/** One place in a tool's arguments that takes a value: a parameter, or a field of an object parameter. */
export interface Slot {
  /** JSON Pointer in the arguments, for instance `/passenger/age`. */
  pointer: string;
  /** The keys of the pointer. */
  path: string[];
  /** The last key. */
  name: string;
  /** What the value may be; `$ref` and `allOf` are resolved as far as they lead somewhere. */
  schema: JsonObject;
  description: string;
  required: boolean;
  /** Where an object that may be left out needs it: the pointer of that object. */
  within?: string;
  /** What references in the schema lead to. */
  root?: JsonObject;
  /** Which alternative of a `oneOf` or `anyOf` of the whole arguments it belongs to; absent when it belongs to all. */
  branch?: number;
}

const maxDepth = 4;
const maxSlots = 60;

/** The slots of a parameters schema, in its order. Never throws: what makes no sense has no slots. */
export function slotsOf(parameters: Json): Slot[] {
  const slots: Slot[] = [];
  if (isJsonObject(parameters))
    collect(parameters, parameters, { path: [], required: true, depth: 0 }, slots);
  return slots;
}

/** A slot for an argument that no schema tells of, and which an error text asked for. */
export function unlistedSlot(pointer: string): Slot {
  const path = keysOf(pointer);
  return { pointer, path, name: path.at(-1) ?? '', schema: {}, description: '', required: true };
}

/** A schema with its local `$ref` followed and its `allOf` merged. Of a choice between one thing and null it is the thing. */
export function resolved(schema: Json | undefined, root: JsonObject, depth = 0): JsonObject {
  let current: Json | undefined = schema;
  for (let hop = 0; hop < 8 && isJsonObject(current) && typeof current.$ref === 'string'; hop++) {
    const { $ref, ...beside } = current;
    const target = atPointer(root, String($ref));
    if (!isJsonObject(target) || target === current) return beside;
    current = { ...target, ...beside };
  }
  if (!isJsonObject(current)) return {};
  const { $ref: _cyclic, ...plain } = current;
  const parts = Array.isArray(plain.allOf) && depth < 4 ? plain.allOf : [];
  const merged = parts.reduce<JsonObject>((all, part) => merge(all, resolved(part, root, depth + 1)), plain);
  return depth < 4 ? withoutNull(merged, root, depth) : merged;
}

function withoutNull(schema: JsonObject, root: JsonObject, depth: number): JsonObject {
  const { anyOf, oneOf, ...rest } = schema;
  const alternatives = anyOf ?? oneOf;
  if (!Array.isArray(alternatives)) return schema;
  const things = alternatives.filter((one) => !isJsonObject(one) || one.type !== 'null');
  return things.length === 1 ? merge(resolved(things[0], root, depth + 1), rest) : schema;
}

/** One that has several forms is a value as a whole: its fields depend on each other. */
function hasForms({ oneOf, anyOf }: JsonObject): boolean {
  return Array.isArray(oneOf) || Array.isArray(anyOf);
}

/** Where in the arguments a schema is looked into. */
interface Spot {
  path: string[];
  /** Whether every call has to give it. */
  required: boolean;
  /** The nearest object around that may be left out. */
  within?: string;
  depth: number;
  branch?: number;
}

function collect(schema: JsonObject, root: JsonObject, spot: Spot, slots: Slot[]): void {
  const { path, required, within, depth, branch } = spot;
  const own = resolved(schema, root);
  const needed = new Set(Array.isArray(own.required) ? own.required : []);
  for (const [name, property] of Object.entries(isJsonObject(own.properties) ? own.properties : {})) {
    if (slots.length >= maxSlots) return;
    const inner = resolved(property, root);
    const here = [...path, name];
    const pointer = pointerOf(...here);
    const isNeeded = required && needed.has(name);
    const around = needed.has(name) ? within : undefined;
    if (isJsonObject(inner.properties) && !hasForms(inner) && depth < maxDepth) {
      const optional = isNeeded ? undefined : (around ?? pointer);
      const deeper: Spot = { ...spot, path: here, required: isNeeded, depth: depth + 1 };
      delete deeper.within;
      collect(inner, root, optional === undefined ? deeper : { ...deeper, within: optional }, slots);
      continue;
    }
    if (slots.some((slot) => slot.pointer === pointer)) continue;
    slots.push({
      pointer,
      path: here,
      name,
      schema: inner,
      description: typeof inner.description === 'string' ? inner.description : '',
      required: isNeeded,
      root,
      ...(around === undefined ? {} : { within: around }),
      ...(branch === undefined ? {} : { branch }),
    });
  }
  const alternatives = own.oneOf ?? own.anyOf;
  if (depth === 0 && branch === undefined && Array.isArray(alternatives)) {
    for (const [index, alternative] of alternatives.entries()) {
      if (isJsonObject(alternative))
        collect(alternative, root, { ...spot, depth: depth + 1, branch: index }, slots);
    }
  }
}

function merge(a: JsonObject, b: JsonObject): JsonObject {
  const both: JsonObject = { ...a, ...b };
  if (isJsonObject(a.properties) || isJsonObject(b.properties)) {
    both.properties = {
      ...(isJsonObject(a.properties) ? a.properties : {}),
      ...(isJsonObject(b.properties) ? b.properties : {}),
    };
  }
  if (Array.isArray(a.required) || Array.isArray(b.required)) {
    both.required = [...listOf(a.required), ...listOf(b.required)];
  }
  return both;
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function atPointer(root: JsonObject, reference: string): Json | undefined {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return undefined;
  let current: Json | undefined = root;
  for (const key of keysOf(reference.slice(1))) {
    current = isJsonObject(current)
      ? current[key]
      : Array.isArray(current)
        ? current[Number(key)]
        : undefined;
  }
  return current;
}
