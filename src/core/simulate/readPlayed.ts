/** Reading what the model that plays a tool answered. */
import { readArguments } from '../explore/readArguments.ts';
import { isJsonObject, type Json } from '../json.ts';

/** What the tool was made to say; null when there is nothing to be taken for an answer. */
export type ReadPlayed = { status: 'ok' | 'rejected'; content: string } | null;

/**
 * The structure that was asked for: `status`, and `content` or `message`. A model that plays the tool without it (the bare
 * result, as JSON or as text) is taken at its word.
 */
export function readPlayed(text: string): ReadPlayed {
  const bare = unfenced(text.trim());
  if (bare === '') return null;
  const said = parsed(bare) ?? repaired(bare);
  if (!isJsonObject(said) || !hasStatus(said.status)) return { status: 'ok', content: bare };
  const { status, content, message } = said;
  if (status !== 'ok')
    return { status: 'rejected', content: textOf(message ?? content ?? null) || 'Refused.' };
  return { status: 'ok', content: textOf(content ?? message ?? null) };
}

const statuses: ReadonlySet<Json | undefined> = new Set(['ok', 'rejected', 'error']);

/** Many results have a `status` of their own: only ours are meant. */
function hasStatus(status: Json | undefined): boolean {
  return statuses.has(status);
}

function parsed(text: string): Json | null {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

/** Prose around the object, a text that was cut off. Only a text that begins like the structure is mended. */
function repaired(text: string): Json | null {
  if (!/^[^{]{0,200}\{+\s*"?status"?\s*:/.test(text)) return null;
  const read = readArguments(text);
  return read.ok ? read.arguments : null;
}

function textOf(value: Json): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function unfenced(text: string): string {
  return /^```[a-z]*\s*\n([\s\S]*?)\n?```$/.exec(text)?.[1]?.trim() ?? text;
}
