import type { JsonObject } from '../../../core/json.ts';

/** What consists of JSON values alone, as JSON: an interface has no index signature that would say so. */
export function asJson(value: object): JsonObject {
  return value as unknown as JsonObject;
}
