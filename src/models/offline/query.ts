import type { Json, JsonObject } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';
import type { Tool } from '../../core/tool.ts';
import { argumentEntries, sameJson, withArgument } from './arguments.ts';
import { asQuery, queryWays, requestPhrase } from './phrase.ts';
import { type Slot, slotsOf, unlistedSlot } from './slots.ts';
import { humanised } from './words.ts';

/** What is said in words at most, characters; more is handed over as data. */
const longestSentence = 4000;

/**
 * A user's query with these arguments in it, value by value, in words. `readQuery` gets the arguments back: whatever
 * the wording would make ambiguous is worded otherwise.
 */
export function writeQuery(tool: Tool, args: JsonObject, way: number): string {
  const request = requestPhrase(tool);
  const known = new Set(slotsOf(tool.parameters).map(({ pointer }) => pointer));
  const extra = argumentEntries(args).flatMap(([pointer]) =>
    known.has(pointer) ? [] : [unlistedSlot(pointer)],
  );
  const labels = labelsOf(tool, extra);
  const details = argumentEntries(args).map(
    ([pointer, value]) => `${labels.get(pointer) ?? pointer} ${literal(value)}`,
  );
  const joined =
    details.length < 2 ? details.join('') : `${details.slice(0, -1).join(', ')} and ${details.at(-1)}`;
  // Nobody says so much in a sentence, and to look for it in one takes as long as the square of its length.
  const ways = joined.length > longestSentence ? 0 : queryWays;
  for (let turn = 0; turn < ways; turn++) {
    const query = asQuery(request, joined, way + turn);
    if (sameJson(readQuery(tool, query, extra) ?? {}, args)) return query;
  }
  return `${asQuery(request, '', 0)} My data: ${JSON.stringify(args)}`;
}

/** The arguments that stand in a query of ours; null when the query is not one. `extra` are slots no schema tells of. */
export function readQuery(tool: Tool, query: string, extra: readonly Slot[] = []): JsonObject | null {
  const data = /My data: (\{.*\})$/s.exec(query)?.[1];
  if (data) return parsedObject(data);
  if (query.length > 2 * longestSentence) return null;
  const labels = [...labelsOf(tool, extra)].sort(([, a], [, b]) => b.length - a.length);
  let best: { args: JsonObject; count: number } | null = null;
  for (const start of [0, ...[...query.matchAll(/ /g)].map((match) => match.index + 1)]) {
    const found = readDetails(query, start, labels);
    if (found && found.count >= (best?.count ?? 1)) best = found;
  }
  return best?.args ?? null;
}

/** A value as it stands in a query: bare where that can be read back, in quotes or as JSON otherwise. */
export function literal(value: Json): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (
    typeof value === 'string' &&
    /^[^\s"'`,[{]*[^\s"'`,.?!;:[{]$/.test(value) &&
    typeof fromBare(value) === 'string'
  )
    return value;
  return JSON.stringify(value);
}

/** What the parameters are called in a query; two that would be called the same go by their pointers. */
function labelsOf(tool: Tool, extra: readonly Slot[]): Map<string, string> {
  const slots = slotsOf(tool.parameters);
  const titles = new Map(slots.map((slot) => [slot.pointer, slot.path.map(humanised).join(' ')]));
  for (const { pointer, path } of extra) titles.set(pointer, path.map(humanised).join(' '));
  const counts = new Map<string, number>();
  for (const title of titles.values()) counts.set(title, (counts.get(title) ?? 0) + 1);
  return new Map(
    [...titles].map(([pointer, title]) => [
      pointer,
      title === '' || (counts.get(title) ?? 0) > 1 ? pointer : title,
    ]),
  );
}

/** `label value, label value and label value`, up to the end of a sentence. */
function readDetails(
  query: string,
  start: number,
  labels: readonly (readonly [string, string])[],
): { args: JsonObject; count: number } | null {
  let args: JsonObject = {};
  let at = start;
  for (let count = 1; ; count++) {
    const label = labels.find(
      ([, text]) => query.slice(at, at + text.length + 1).toLowerCase() === `${text.toLowerCase()} `,
    );
    if (!label) return null;
    const value = readLiteral(query, at + label[1].length + 1);
    if (!value) return null;
    args = withArgument(args, label[0], value.value);
    at = value.end;
    if (/^(?:[.?]?$|[.?:] )/.test(query.slice(at, at + 2))) return { args, count };
    const joint = /^(?:, | and )/.exec(query.slice(at, at + 5));
    if (!joint) return null;
    at += joint[0].length;
  }
}

function readLiteral(query: string, at: number): { value: Json; end: number } | null {
  if (/["[{]/.test(query[at] ?? '')) return readJson(query, at);
  const bare = /^[^\s,]+/.exec(query.slice(at))?.[0].replace(/[.?!;:]+$/, '');
  return bare ? { value: fromBare(bare), end: at + bare.length } : null;
}

/** The shortest text from here that is JSON. */
function readJson(query: string, at: number): { value: Json; end: number } | null {
  const closing = query[at] === '"' ? '"' : query[at] === '[' ? ']' : '}';
  for (let end = query.indexOf(closing, at + 1); end >= 0; end = query.indexOf(closing, end + 1)) {
    try {
      return { value: JSON.parse(query.slice(at, end + 1)) as Json, end: end + 1 };
    } catch {
      // Not closed here: on to the next.
    }
  }
  return null;
}

function fromBare(text: string): Json {
  if (text === 'yes') return true;
  if (text === 'no') return false;
  if (!/^(?:-?\d|true$|false$|null$)/.test(text)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    // A text that begins like a number, for instance a date.
    return text;
  }
}

function parsedObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}
