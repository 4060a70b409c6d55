/** Where in a document tools may be written: in its lists, under its keys, in rows that carry them. */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { pointerOf } from '../../core/jsonPointer.ts';
import type { Entry } from './toolForm.ts';

/** Entries that stand side by side. */
export interface Group {
  at: string;
  entries: Entry[];
  /** Whether the file says by a key that these are tools. */
  isNamed: boolean;
}

/** Keys of lists of tools. */
const lists = ['tools', 'functions', 'functionDeclarations', 'function_declarations', 'function'];
/** Keys under which such lists stand in messages and requests. */
const around = ['result', 'body', 'request', 'config', 'params'];
const deepest = 4;
/** Entries that are looked at. */
const mostEntries = 50_000;
/** JSON in a text within JSON, characters. */
const longestText = 1024 * 1024;

/** The groups of a document; the same list in a later row again. */
export function* groupsOf(value: Json | undefined): Generator<Group> {
  if (value !== undefined) yield* groupsIn(value, '', null, { left: mostEntries }, 0);
}

function* groupsIn(
  value: Json,
  at: string,
  list: string | null,
  budget: { left: number },
  depth: number,
): Generator<Group> {
  if (depth > deepest || budget.left <= 0) return;
  if (Array.isArray(value)) {
    const items = value.slice(0, budget.left);
    budget.left -= items.length;
    const entries = items.flatMap((item, index): Entry[] =>
      isJsonObject(item) ? [{ value: item, at: `${at}/${index}`, key: null, list }] : [],
    );
    if (entries.length > 0) yield { at, entries, isNamed: list !== null };
    for (const entry of entries) yield* namedGroups(entry.value, entry.at, budget, depth);
  } else if (isJsonObject(value)) {
    if (depth === 0 || list !== null) yield* keyedGroup(value, at, list, budget);
    if (depth === 0) yield { at, entries: [{ value, at, key: null, list }], isNamed: false };
    yield* namedGroups(value, at, budget, depth);
    if (depth === 0) yield* otherLists(value, budget);
  }
}

/** The lists that stand under keys which say so. */
function* namedGroups(
  value: JsonObject,
  at: string,
  budget: { left: number },
  depth: number,
): Generator<Group> {
  for (const key of lists) {
    if (!Object.hasOwn(value, key)) continue;
    const written = value[key] as Json;
    const inner = `${at}/${key}`;
    // One function of the chat form is read with the tool around it.
    if (key === 'function' && !Array.isArray(written) && value.type !== undefined) continue;
    if (typeof written === 'string') yield* inText(written, inner, key, budget);
    else yield* groupsIn(written, inner, key, budget, depth + 1);
  }
  for (const key of around) {
    const inner = Object.hasOwn(value, key) ? value[key] : undefined;
    if (isJsonObject(inner) && depth < deepest) yield* namedGroups(inner, `${at}/${key}`, budget, depth + 1);
  }
}

/** Some trainers want the tools as one text. Everything in it stands where the text does. */
function* inText(text: string, at: string, key: string, budget: { left: number }): Generator<Group> {
  if (!/^\s*[[{]/.test(text) || text.length > longestText) return;
  let parsed: Json;
  try {
    parsed = JSON.parse(text) as Json;
  } catch {
    return;
  }
  for (const group of groupsIn(parsed, '', key, budget, deepest)) {
    yield { ...group, at, entries: group.entries.map((entry) => ({ ...entry, at })) };
  }
}

function* keyedGroup(
  value: JsonObject,
  at: string,
  list: string | null,
  budget: { left: number },
): Generator<Group> {
  const all = Object.entries(value);
  if (all.length === 0 || !all.every(([, inner]) => isJsonObject(inner))) return;
  const kept = all.slice(0, budget.left);
  budget.left -= kept.length;
  const entries = kept.map(([key, inner]) => ({
    value: inner as JsonObject,
    at: at + pointerOf(key),
    key,
    list,
  }));
  yield { at, entries, isNamed: list !== null };
}

/** Lists under keys of any name. */
function* otherLists(value: JsonObject, budget: { left: number }): Generator<Group> {
  for (const [key, inner] of Object.entries(value)) {
    if (lists.includes(key) || around.includes(key) || !Array.isArray(inner)) continue;
    const items = inner.slice(0, budget.left);
    budget.left -= items.length;
    const entries = items.flatMap((item, index): Entry[] =>
      isJsonObject(item) ? [{ value: item, at: `${pointerOf(key)}/${index}`, key: null, list: null }] : [],
    );
    if (entries.length > 0) yield { at: pointerOf(key), entries, isNamed: false };
  }
}
