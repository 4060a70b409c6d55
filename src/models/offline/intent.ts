import type { Json, JsonObject } from '../../core/json.ts';
import { deriveSeed, seededRandom } from '../../core/random.ts';
import type { Tool } from '../../core/tool.ts';
import { argumentAt, argumentEntries, sameJson, withArgument } from './arguments.ts';
import { readMoment } from './dates.ts';
import type { Knowledge } from './knowledge.ts';
import type { Finding } from './learn/finding.ts';
import { hasWord, quotedIn } from './learn/locate.ts';
import { readQuery } from './query.ts';
import { rulesOf } from './rules.ts';
import { likelyValue } from './sample.ts';
import type { Slot } from './slots.ts';
import { sameMeaning } from './spellings.ts';

/** The arguments a query asks for: those it states, when it is a query of ours; a guess from its words otherwise. */
export function intendedArguments(tool: Tool, query: string, knowledge: Knowledge): JsonObject {
  return statedArguments(tool, query, knowledge) ?? guessedArguments(tool, query, knowledge);
}

/** The arguments that stand in a query of ours; null when it is not one, or states none. */
export function statedArguments(tool: Tool, query: string, knowledge: Knowledge): JsonObject | null {
  return readQuery(
    tool,
    query,
    knowledge.slots.filter((slot) => knowledge.missing.has(slot.pointer)),
  );
}

/** What of the intended arguments a call says otherwise, as JSON Pointers: it then answers another question. */
export function changedMeaning(
  intended: JsonObject,
  called: JsonObject,
  findings: readonly Finding[],
): string[] {
  const kept = argumentEntries(intended)
    .filter(([pointer, value]) => !says(value, argumentAt(called, pointer), pointer, findings))
    .map(([pointer]) => pointer);
  const added = argumentEntries(called)
    .map(([pointer]) => pointer)
    .filter((pointer) => argumentAt(intended, pointer) === undefined);
  return [...kept, ...added.filter((pointer) => !kept.some((one) => pointer.startsWith(one)))];
}

/** A spelling that the tool itself proposed for the value says the same. */
function says(value: Json, called: Json | undefined, pointer: string, findings: readonly Finding[]): boolean {
  if (called === undefined) return false;
  if (sameJson(value, called) || sameMeaning(value, called)) return true;
  if (Array.isArray(called) && called.length === 1) return sameMeaning(value, called[0] as Json);
  return findings.some(
    (finding) => finding.kind === 'suggested' && finding.pointer === pointer && finding.value === called,
  );
}

/** Listed values, dates, numbers and quotes of a text that is not ours, to the slots that could take them, in order. */
function guessedArguments(tool: Tool, query: string, knowledge: Knowledge): JsonObject {
  const random = seededRandom(deriveSeed('guess', tool.id, query));
  const numbers = [...query.matchAll(/(?<![\w.-])-?\d+(?:\.\d+)?(?![\w.:-]*\d)/g)].map((match) =>
    Number(match[0]),
  );
  const texts = quotedIn(query);
  const dates = query
    .split(/[\s,;?]+/)
    .map((word) => word.replace(/\.$/, ''))
    .filter((word) => readMoment(word) !== null);
  let args: JsonObject = {};
  for (const slot of knowledge.slots) {
    const found = stated(slot, query, knowledge) ?? taken(slot, knowledge, numbers, texts, dates);
    if (found !== undefined) args = withArgument(args, slot.pointer, found);
    else if (slot.required)
      args = withArgument(args, slot.pointer, likelyValue(tool, slot, knowledge, random));
  }
  return args;
}

function stated(slot: Slot, query: string, knowledge: Knowledge): Json | undefined {
  const allowed = rulesOf(slot, knowledge.of(slot.pointer)).allowed ?? knowledge.of(slot.pointer).worked;
  return allowed.find(
    (value) => typeof value === 'string' && value !== '' && hasWord(query.toLowerCase(), value.toLowerCase()),
  );
}

function taken(
  slot: Slot,
  knowledge: Knowledge,
  numbers: number[],
  texts: string[],
  dates: string[],
): Json | undefined {
  const rules = rulesOf(slot, knowledge.of(slot.pointer));
  if (rules.types.includes('number') || rules.types.includes('integer')) return numbers.shift();
  if (rules.types.length > 0 && !rules.types.includes('string')) return undefined;
  if (rules.allowed) return undefined;
  return /date|time|day/i.test(slot.name) ? dates.shift() : texts.shift();
}
