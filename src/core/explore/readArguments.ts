import type { JsonObject } from '../json.ts';
import { parseObject, repairObject, tidyStrings, unescapeObject } from './repairObject.ts';
import { type ScannedObject, scanObject } from './scanObject.ts';

/**
 * The arguments of a call as a model's text gives them.
 * `how`: `json` – the text is the object; `balanced` – the first object in the text; `braces` – the same with doubled
 * braces taken for single ones; `repaired` – no JSON, but it says only one thing to a person.
 * `reason`: `no_open_brace` – no object was begun; `no_close_brace` – begun, never closed, and unreadable so far;
 * `not_json` – there from brace to brace, and unreadable or nested beyond any use.
 */
export type ArgumentsRead =
  | { ok: true; arguments: JsonObject; how: 'json' | 'balanced' | 'braces' | 'repaired' }
  | { ok: false; reason: 'no_open_brace' | 'no_close_brace' | 'not_json' };

/** Braces that are passed over on the way to the object. */
const maxPassedOver = 8;

/** What a `react` answer goes on with. A call that was left open ends here. */
const nextSection =
  /^[ \t]*(?:Observation[ \t]*(?::|$)|(?:Thought|Action|(Action Input)|Final Answer)[ \t]*:|```|---+[ \t]*$)|Final Answer:/m;

/** Objects from here on are a result or an answer, never the arguments. */
const notArguments = /^[ \t]*Observation[ \t]*(?::|$)|Final Answer:/m;

/**
 * Reads the object after `Action Input:`. The text may go on with prose, observations or an answer: the first object
 * counts. Unreadable input is a result, nothing is thrown, and the time grows with the length of the text.
 *
 * Numbers that JSON cannot hold (`NaN`, `Infinity`, `1e400`) become null, as `JSON.stringify` writes them. Of a key that
 * stands twice the last one counts. `__proto__` is a key like any other. Of a text that was cut off, the last value is
 * kept as far as it goes, and a key without a value is dropped. `[]` says, as PHP writes it, that there are no arguments.
 */
export function readArguments(text: string): ArgumentsRead {
  const before = notArguments.exec(text)?.index ?? text.length;
  let start = text.indexOf('{');
  for (let passed = 0; start >= 0 && start < before; passed++) {
    const unescaped = unescapeObject(text, start);
    if (unescaped !== null) return asRepaired(readArguments(unescaped));
    const scanned = scanObject(text, start);
    if (scanned.tooDeep) return { ok: false, reason: 'not_json' };
    const found = scanned.end === null ? null : parseObject(scanned.text);
    if (found) return { ok: true, arguments: found, how: howFound(text, start, scanned) };
    const tidied = scanned.end === null ? null : parseObject(tidyStrings(scanned.text));
    if (tidied) return { ok: true, arguments: tidied, how: 'repaired' };
    const next = passed < maxPassedOver ? startAgain(text, start, scanned) : -1;
    if (next < 0) return readBroken(text.slice(start, sectionEnd(text, start).index).trimEnd());
    start = next;
  }
  if (/^\s*\[\s*\]/.test(text)) return { ok: true, arguments: {}, how: 'repaired' };
  return { ok: false, reason: 'no_open_brace' };
}

/**
 * Reads the arguments of a native tool call. Servers send nothing, or `null`, for a call without arguments: that is
 * `{}`. An object within a JSON string, as some models write it, is taken out of the string once.
 */
export function readCallArguments(text: string): ArgumentsRead {
  const given = unwrapString(text).trim();
  if (given === '' || given === 'null') return { ok: true, arguments: {}, how: 'json' };
  return readArguments(given);
}

function unwrapString(text: string): string {
  if (!text.trimStart().startsWith('"')) return text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : text;
  } catch {
    return text;
  }
}

function howFound(
  text: string,
  start: number,
  { end, doubled }: ScannedObject,
): 'json' | 'balanced' | 'braces' {
  if (doubled) return 'braces';
  return text.slice(0, start).trim() === '' && text.slice(end ?? 0).trim() === '' ? 'json' : 'balanced';
}

/** Where the object begins after all: past a placeholder in prose (`put {city} in`), or where the model began anew. */
function startAgain(text: string, start: number, { text: object, end }: ScannedObject): number {
  if (end !== null) return /^\{[^"':{}]+\}$/.test(object) ? text.indexOf('{', end) : -1;
  const { index, isInput } = sectionEnd(text, start);
  return isInput && text.slice(start + 1, index).trim() === '' ? text.indexOf('{', index) : -1;
}

function sectionEnd(text: string, start: number): { index: number; isInput: boolean } {
  const found = nextSection.exec(text.slice(start));
  return { index: found ? start + found.index : text.length, isInput: found?.[1] !== undefined };
}

function asRepaired(read: ArgumentsRead): ArgumentsRead {
  return read.ok ? { ...read, how: 'repaired' } : read;
}

/** `section` begins with the opening brace and is no JSON. The readings of it, the likeliest first. */
function readBroken(section: string): ArgumentsRead {
  const { text, end, closed } = scanObject(section, 0);
  const lastBrace = text.lastIndexOf('}');
  const candidates: string[] = [];
  if (end !== null) candidates.push(text);
  else {
    // A stray quote hides the closing brace of a text that is whole; a text that was cut off ends otherwise.
    const whole = lastBrace === text.length - 1 ? [text] : [];
    candidates.push(...whole, ...(closed === null ? [] : [closed]), text.slice(0, lastBrace + 1));
  }
  for (const candidate of candidates) {
    const read = parseObject(candidate) ?? repairObject(candidate);
    // Empty although something was written, or never closed: then it is no call without arguments.
    const isEmpty = read !== null && Object.keys(read).length === 0;
    if (read && !(isEmpty && (lastBrace < 0 || /[\p{L}\p{N}]/u.test(section)))) {
      return { ok: true, arguments: read, how: 'repaired' };
    }
  }
  return { ok: false, reason: lastBrace < 0 ? 'no_close_brace' : 'not_json' };
}
