/** Playing a tool without a language model: a sample of what it might say, the same for the same call. */
import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { SimulatePurpose } from '../../core/purpose.ts';
import { deriveSeed, type Random, seededRandom } from '../../core/random.ts';
import type { PlayedCall } from '../../core/simulate/simulation.ts';
import type { Tool } from '../../core/tool.ts';
import { toolName } from '../../core/toolName.ts';
import { candidates } from './candidates.ts';
import { fake } from './fake.ts';
import { schemaRules } from './rules.ts';
import { resolved, unlistedSlot } from './slots.ts';
import { humanised } from './words.ts';

/** The answer as the structure that a player is asked for. */
export function played(purpose: SimulatePurpose): string {
  const { tool, arguments: args, said } = purpose;
  const gone = deletedBefore(said, args);
  if (gone !== null) return JSON.stringify({ status: 'rejected', message: `${gone} was not found.` });
  const known = createdBefore(said, args);
  return JSON.stringify({ status: 'ok', content: known ?? resultOf(tool, args) });
}

/** What an earlier answer said of the thing whose id is given: found again, as a real service would. */
function createdBefore(said: readonly PlayedCall[], args: JsonObject): Json | null {
  const ids = idsIn(args);
  if (ids.length === 0) return null;
  for (const { status, content } of said.toReversed()) {
    const object = status === 'ok' ? objectWith(parsed(content), ids) : null;
    if (object !== null) return object;
  }
  return null;
}

function deletedBefore(said: readonly PlayedCall[], args: JsonObject): string | null {
  const ids = idsIn(args);
  const deleted = said.filter(({ status, tool }) => status === 'ok' && deleting.test(verbOf(toolName(tool))));
  return ids.find((id) => deleted.some((call) => idsIn(call.arguments).includes(id))) ?? null;
}

const deleting = /^(delete|remove|destroy|drop|cancel|wipe|clear|purge|erase)$/;
const creating =
  /^(create|add|insert|new|post|book|order|register|open|start|send|submit|make|put|save|upload)$/;
const listing = /^(list|search|find|query|browse|all)$/;

function resultOf(tool: Tool, args: JsonObject): Json {
  const seed = deriveSeed('played', tool.id, canonicalJson(args));
  const random = seededRandom(seed);
  if (tool.output !== undefined) {
    const sample = fake(tool.output, 1 + (seed % 1_000_000));
    if (sample !== undefined) return echoed(sample, args, tool.output);
  }
  const verb = verbOf(tool.name);
  const fields = promised(tool, random);
  if (deleting.test(verb)) return { deleted: true, ...scalars(args) };
  if (creating.test(verb)) return { ...fields, ...scalars(args), id: someId(random) };
  if (listing.test(verb) || /\b(a )?list of\b/i.test(tool.description.slice(0, 400))) {
    const results = [1, 2].map(() => ({ id: someId(random), name: guess('title', '', random), ...fields }));
    return { results, total: results.length };
  }
  const about =
    Object.keys(fields).length > 0 ? fields : { result: guess(nounOf(tool.name), tool.description, random) };
  return { ...about, ...scalars(args) };
}

/** What the documentation says that the tool returns: "Returns the temperature, humidity and wind." */
function promised({ description }: Tool, random: Random): JsonObject {
  const list = /\breturn(?:s|ing)?:?\s+(?:the\s+|an?\s+)?([^.\n;(]{3,120})/i.exec(description)?.[1] ?? '';
  const names = list
    .replace(/\s(?:of|for|in|from|as|that|which)\s.*$/i, '')
    .split(/,|\band\b|\bwith\b/)
    .map((part) => part.replace(/^\s*(?:the|its|an?|all|each|every|current)\s+/i, '').trim())
    .filter((part) => /^[a-z][a-z0-9 _-]{1,30}$/i.test(part) && part.split(/\s+/).length <= 3)
    .slice(0, 5);
  return Object.fromEntries(
    names.map((name) => [name.toLowerCase().replace(/[\s-]+/g, '_'), guess(name, name, random)]),
  );
}

/** A plausible value for something of this name. */
function guess(name: string, description: string, random: Random): Json {
  const slot = { ...unlistedSlot(''), name, description: description.slice(0, 200) };
  return candidates(slot, schemaRules(slot), '', random)[0] ?? name;
}

/** A sample in which what the arguments name stands as they have it, where the schema lets it. */
function echoed(sample: Json, args: JsonObject, schema: JsonObject): Json {
  if (!isJsonObject(sample)) return sample;
  const { properties } = resolved(schema, schema);
  const fitting = Object.entries(scalars(args)).filter(([name, value]) => {
    const own = isJsonObject(properties) ? resolved(properties[name], schema) : {};
    return Object.hasOwn(sample, name) && typeof sample[name] === typeof value && own.enum === undefined;
  });
  return { ...sample, ...Object.fromEntries(fitting) };
}

function scalars(args: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(args)
      .filter(([, value]) => value !== null && typeof value !== 'object')
      .slice(0, 12),
  );
}

/** Values that name a thing: those of parameters called id. */
function idsIn(args: JsonObject): string[] {
  return Object.entries(args).flatMap(([name, value]) => {
    const isId = /(^|[_\s-])(id|uuid|key|number|code)$/i.test(name) || /Id$/.test(name);
    return isId && (typeof value === 'string' || typeof value === 'number') && String(value).length >= 2
      ? [String(value)]
      : [];
  });
}

/** The object in an earlier answer that has one of these ids. */
function objectWith(value: Json, ids: readonly string[], depth = 0): JsonObject | null {
  if (depth > 6 || value === null || typeof value !== 'object') return null;
  if (Array.isArray(value)) return firstOf(value, ids, depth);
  const own = Object.entries(value).some(
    ([name, one]) =>
      /(^|_)id$|Id$/i.test(name) &&
      (typeof one === 'string' || typeof one === 'number') &&
      ids.includes(String(one)),
  );
  return own ? value : firstOf(Object.values(value), ids, depth);
}

function firstOf(values: readonly Json[], ids: readonly string[], depth: number): JsonObject | null {
  for (const value of values) {
    const found = objectWith(value, ids, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

function someId(random: Random): string {
  return `sim_${Array.from({ length: 8 }, () => random.below(16).toString(16)).join('')}`;
}

function verbOf(name: string): string {
  return humanised(name).split(' ')[0] ?? '';
}

/** `get_exchange_rate`: `exchange rate`. */
function nounOf(name: string): string {
  return humanised(name).split(' ').slice(1).join(' ') || humanised(name);
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
