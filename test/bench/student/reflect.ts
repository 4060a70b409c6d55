/** Looking back: whether it worked, and what is to be learned from it. */
import { canonicalJson, isJsonObject, type JsonObject } from '../../../src/core/json.ts';
import type { Random } from '../../../src/core/random.ts';
import type { SeenCall } from './evidence.ts';

/** How often the student thinks well of what went wrong. */
const flatters = 0.12;

export interface LookBack {
  fulfilled: boolean;
  lesson: string;
}

/** What the student says of the calls of a trial. */
export function lookedBack(calls: readonly SeenCall[], random: Random): LookBack {
  const worked = calls.findLast(({ refused, result }) => !refused && result !== null);
  const fulfilled = worked !== undefined && worked === calls.at(-1);
  const failed = calls.find(({ refused, tool }) => refused && tool === worked?.tool);
  return {
    fulfilled: fulfilled || random.next() < flatters,
    lesson: worked && failed ? difference(failed.arguments, worked.arguments) : '',
  };
}

/** The first argument that had to be written in another way. */
function difference(failed: JsonObject, worked: JsonObject, within = ''): string {
  for (const [name, value] of Object.entries(worked)) {
    const before = failed[name];
    if (before === undefined || canonicalJson(before) === canonicalJson(value)) continue;
    if (isJsonObject(value) && isJsonObject(before)) return difference(before, value, `${within}${name}.`);
    return `\`${within}${name}\` wants ${JSON.stringify(value)}, not ${JSON.stringify(before)}.`;
  }
  return '';
}
