import type { Json, JsonObject } from '../../../core/json.ts';
import { pointerOf } from '../../../core/jsonPointer.ts';
import { argumentEntries } from '../arguments.ts';
import type { Slot } from '../slots.ts';
import { humanised } from '../words.ts';
import type { Clause } from './clauses.ts';
import { rangeIn } from './limits.ts';

/** Names that are ordinary words of any sentence: they must be quoted to count as a parameter's name. */
const ordinary = new Set(
  'a an and as at be by do for from has have if in into is it not of on or out so than that the then this to up us was with value type name argument parameter field input data string number'.split(
    ' ',
  ),
);

/** Quotes read of one text: more of them say nothing about the arguments of a call. */
const quotesRead = 60;

/** The texts in quotes or backticks, in order. */
export function quotedIn(text: string): string[] {
  const quotes = text.matchAll(/"([^"\n]{0,200})"|`([^`\n]{1,200})`|(?<![\p{L}\p{N}])'([^'\n]{0,200})'/gu);
  return [...quotes.take(quotesRead)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

/** The slot that a name or path of an error text means: `/a/b`, `a.b`, `body.a`, `$.a`, `--a`, `A`. */
export function slotNamed(name: string, slots: readonly Slot[]): Slot | null {
  const keys = name
    .replace(/^(?:data(?=[/.])|\$|#|--?)/, '')
    .split(/[/.[\]]+/)
    .filter((key) => key !== '' && !/^\d+$/.test(key));
  if (keys.length === 0) return null;
  const pointer = pointerOf(...keys);
  const last = humanised(keys.at(-1) ?? '');
  return (
    slots.find((slot) => slot.pointer === pointer) ??
    slots.find((slot) => slot.pointer.endsWith(pointer)) ??
    slots.find((slot) => slot.name === keys.at(-1)) ??
    slots.find((slot) => humanised(slot.name) === last) ??
    null
  );
}

/** The argument which a clause speaks about, as a JSON Pointer; null when it tells of none. */
export function locate(clause: Clause, args: JsonObject, slots: readonly Slot[]): string | null {
  const { text, subject } = clause;
  const named = subject === null ? null : slotNamed(subject, slots);
  if (named) return named.pointer;
  const quoted = quotedIn(text);
  const entries = argumentEntries(args);
  for (const token of quoted) {
    const slot = slotNamed(token, slots);
    if (slot && !entries.some(([pointer, value]) => value === token && pointer !== slot.pointer))
      return slot.pointer;
  }
  for (const match of text.matchAll(
    /(?<![\w:/.])(?:data)?((?:\/[A-Za-z_]\w*)+)|--([A-Za-z][\w-]*)|\bdata\.([A-Za-z_][\w.]*)/g,
  )) {
    const slot = slotNamed(match[1] ?? match[2] ?? match[3] ?? '', slots);
    if (slot) return slot.pointer;
  }
  return (
    entries.find(([, value]) => quoted.includes(String(value)) && value !== '')?.[0] ??
    entries.find(([, value]) => typeof value === 'string' && value.length > 2 && hasWord(text, value))?.[0] ??
    nameIn(text, slots) ??
    outOfRange(text, entries) ??
    entries.find(
      ([, value]) => isSmall(value) && !isLimit(value, text) && hasWord(text, String(value)),
    )?.[0] ??
    entries.find(([, value]) => typeof value === 'string' && partOf(value, text, quoted) !== null)?.[0] ??
    null
  );
}

/** The word of the error text that stands inside a longer argument, for instance a table in a query. */
export function partOf(value: string, text: string, quoted = quotedIn(text)): string | null {
  const afterColon = /:\s+([\w.]+)\s*$/.exec(text)?.[1];
  const words = [...quoted, ...(afterColon ? [afterColon] : [])].filter(
    (word) => word.length > 1 && word !== value,
  );
  return words.find((word) => hasWord(value, word)) ?? null;
}

/** Whether a text has a word or phrase that does not go on to either side. */
export function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const [before, after] = [text[at - 1] ?? ' ', text[at + word.length] ?? ' '];
    if (!/[\p{L}\p{N}_]/u.test(before) && !/[\p{L}\p{N}_]/u.test(after)) return true;
  }
  return false;
}

function nameIn(text: string, slots: readonly Slot[]): string | null {
  const spoken = humanised(text.replace(/[^\p{L}\p{N}_\- ]+/gu, ' '));
  const found = slots.filter((slot) => {
    const name = humanised(slot.name);
    return name.length > 1 && !ordinary.has(name) && (hasWord(text, slot.name) || hasWord(spoken, name));
  });
  found.sort((a, b) => position(text, a.name) - position(text, b.name));
  return found[0]?.pointer ?? null;
}

function position(text: string, name: string): number {
  const at = text.toLowerCase().indexOf(name.toLowerCase());
  return at < 0 ? text.length : at;
}

/** The one number that breaks the bounds of which the text speaks, where exactly one does. */
function outOfRange(text: string, entries: readonly (readonly [string, Json])[]): string | null {
  const range = rangeIn(text);
  if (!range) return null;
  const { min = -Infinity, max = Infinity, exclusive = false } = range;
  const outside = entries.filter(
    ([, value]) =>
      typeof value === 'number' &&
      (value < min || value > max || (exclusive && (value === min || value === max))),
  );
  return outside.length === 1 ? (outside[0]?.[0] ?? null) : null;
}

/** A number that the text names as a bound is not the one it complains about. */
function isLimit(value: Json, text: string): boolean {
  const range = rangeIn(text);
  return range !== null && (Number(value) === range.min || Number(value) === range.max);
}

function isSmall(value: Json): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value.length > 0 && value.length <= 2);
}
