import type { Json, JsonObject } from '../../core/json.ts';
import { canonicalJson, isJsonObject } from '../../core/json.ts';
import { keysOf, pointerOf } from '../../core/jsonPointer.ts';

/** The value at a JSON Pointer of the arguments; undefined where there is none. */
export function argumentAt(args: JsonObject, pointer: string): Json | undefined {
  let current: Json | undefined = args;
  for (const key of keysOf(pointer)) {
    if (!isJsonObject(current) || !Object.hasOwn(current, key)) return undefined;
    current = current[key];
  }
  return current;
}

/** The arguments with one value set, or taken away when it is undefined. The given arguments stay as they are. */
export function withArgument(args: JsonObject, pointer: string, value: Json | undefined): JsonObject {
  const [key, ...rest] = keysOf(pointer);
  if (key === undefined) return args;
  if (rest.length > 0) {
    const inner = isJsonObject(args[key]) ? args[key] : {};
    const changed = withArgument(inner, pointerOf(...rest), value);
    return Object.keys(changed).length === 0 && value === undefined
      ? withArgument(args, pointerOf(key), undefined)
      : defined(args, key, changed);
  }
  if (value !== undefined) return defined(args, key, value);
  return Object.fromEntries(Object.entries(args).filter(([name]) => name !== key));
}

/** Every value of the arguments with its pointer; arrays and empty objects count as one value. */
export function argumentEntries(args: JsonObject, path: string[] = []): [pointer: string, value: Json][] {
  return Object.entries(args).flatMap(([key, value]): [string, Json][] =>
    isJsonObject(value) && Object.keys(value).length > 0
      ? argumentEntries(value, [...path, key])
      : [[pointerOf(...path, key), value]],
  );
}

/** Whether two values are equal as JSON. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalJson(a) === canonicalJson(b);
}

/** A copy without the arguments that are equal to an earlier one. */
export function distinct<T extends Json>(values: readonly T[]): T[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const text = canonicalJson(value);
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

/** A name such as `__proto__` must become a key like any other. */
function defined(args: JsonObject, key: string, value: Json): JsonObject {
  if (!Object.hasOwn(args, key)) return Object.fromEntries([...Object.entries(args), [key, value]]);
  return Object.fromEntries(Object.entries(args).map(([name, old]) => [name, name === key ? value : old]));
}
