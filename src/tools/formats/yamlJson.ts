/** YAML nodes as JSON, within limits, and the way back from a JSON Pointer to the node. */
import { isMap, isPair, isScalar, isSeq, type Pair } from 'yaml';
import type { Json, JsonObject } from '../../core/json.ts';
import { keysOf } from '../../core/jsonPointer.ts';
import type { YamlSource } from './yamlDocument.ts';

/** A schema that needs more than this is no description of a tool's arguments. */
const mostNodes = 5_000;
const deepest = 40;

/** What JSON cannot say or is too large, with the node at fault. */
export class NoJson extends Error {
  readonly node: unknown;

  constructor(node: unknown, message: string) {
    super(message);
    this.node = node;
  }
}

/** Throws `NoJson`. Aliases are written out, each time within the limits. */
export function toJson(source: YamlSource, root: unknown): Json {
  let left = mostNodes;
  const convert = (written: unknown, depth: number): Json => {
    const node = source.resolve(written);
    if (--left < 0) throw new NoJson(root, `It is too large: more than ${mostNodes} values.`);
    if (depth > deepest) throw new NoJson(written, `It is nested more than ${deepest} levels deep.`);
    if (isSeq(node)) return node.items.map((item) => convert(item, depth + 1));
    if (isMap(node)) return convertMap(node.items.filter(isPair), depth);
    return scalar(node, written);
  };
  const convertMap = (pairs: Pair[], depth: number): JsonObject => {
    const object: JsonObject = {};
    for (const pair of pairs) {
      const key = keyText(source, pair);
      if (key === '__proto__') throw new NoJson(pair.key, '"__proto__" cannot be used as a name.');
      if (Object.hasOwn(object, key)) throw new NoJson(pair.key, `"${key}" stands twice: keep one of them.`);
      object[key] = pair.value === null ? null : convert(pair.value, depth + 1);
    }
    return object;
  };
  return convert(root, 0);
}

/** The node a JSON Pointer leads to, or the last one on the way. */
export function nodeAt(source: YamlSource, root: unknown, pointer: string): unknown {
  let node = source.resolve(root);
  for (const key of keysOf(pointer)) {
    const next = source.resolve(child(source, node, key));
    if (next === null || next === undefined) return node;
    node = next;
  }
  return node;
}

function child(source: YamlSource, node: unknown, key: string): unknown {
  if (isSeq(node)) return node.items[Number(key)];
  if (!isMap(node)) return null;
  const pair = node.items.find((one) => isPair(one) && keyText(source, one) === key);
  return pair?.value ?? pair?.key;
}

function keyText(source: YamlSource, pair: Pair): string {
  const key = source.resolve(pair.key);
  if (isScalar(key)) return String(key.value);
  throw new NoJson(pair.key, 'A key must be a plain text.');
}

function scalar(node: unknown, written: unknown): Json {
  const value = isScalar(node) ? node.value : null;
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new NoJson(written, `${String(value)} is nothing that JSON can say.`);
}
