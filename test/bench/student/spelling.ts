/** In which of its spellings the student writes a value: by habit, by the documentation, by what the prompt shows. */
import type { Json, JsonObject } from '../../../src/core/json.ts';
import type { Random } from '../../../src/core/random.ts';
import type { Evidence } from './evidence.ts';
import type { Found } from './kinds.ts';

/** How often the student follows nothing but its habit, whatever it is shown. */
const slips = 0.06;
/** How often it looks at the example values in a schema. */
const readsExamples = 0.5;

/** How much less each further style comes to mind, and how much that varies. */
const habitStep = 0.2;
const mood = 0.3;

interface Candidate {
  style: string;
  value: Json;
  score: number;
}

/** The spelling that the student takes; null when everything it knows was refused. */
export function spelled(found: Found, schema: JsonObject, evidence: Evidence, random: Random): Json | null {
  const slip = random.next() < slips;
  const looks = random.next() < readsExamples;
  const habit = slip ? { taken: [], refused: [], messages: [] } : evidence;
  const styles = [...new Set([...found.kind.styles, ...Object.keys(found.spellings)])].filter(
    (style) => found.spellings[style] !== undefined,
  );
  const candidates = styles
    .map(
      (style, rank): Candidate => ({
        style,
        value: found.spellings[style] as Json,
        score: -rank * habitStep + random.next() * mood,
      }),
    )
    // What was just refused is not sent again, not even by a slip.
    .filter(({ value }) => !evidence.refused.some((one) => one === value));
  for (const candidate of candidates) {
    candidate.score += byDocumentation(candidate, found, schema, looks) + byEvidence(candidate, found, habit);
  }
  candidates.sort((a, b) => b.score - a.score);
  return candidates[0]?.value ?? null;
}

/** `format` says how a value is written; examples and the default show it to who looks. */
function byDocumentation(
  { style, value }: Candidate,
  { kind }: Found,
  schema: JsonObject,
  looks: boolean,
): number {
  const isoDay = schema.format === 'date' && /^\d{4}-\d\d-\d\d$/.test(String(value));
  const isoMoment = schema.format === 'date-time' && /^\d{4}-\d\d-\d\dT/.test(String(value));
  if (isoDay || isoMoment) return 2;
  const shown = [...(Array.isArray(schema.examples) ? schema.examples : []), schema.default].filter(
    (one) => one !== undefined,
  );
  if (!looks || shown.length === 0) return 0;
  return shown.some((one) => one === value) ? 1.5 : share(shown, style, kind);
}

/** What was taken in this style speaks for it; what was refused, and what error messages say, against. */
function byEvidence({ style, value }: Candidate, { kind }: Found, evidence: Evidence): number {
  const { taken, refused, messages } = evidence;
  const exactly = taken.some((one) => one === value) ? 2 : 0;
  // A style speaks for itself only where another style would have looked different.
  const shown = 1.5 * share(taken, style, kind);
  const against = 1.2 * share(refused, style, kind);
  return exactly + shown - against + messages.reduce((sum, text) => sum + byMessage(value, text), 0);
}

/** What an error message tells: a pattern, a format, a list of what may be given. */
function byMessage(value: Json, message: string): number {
  const text = String(value);
  const pattern = /match pattern \\?"(.+?)\\?"(?:[,"}\s]|$)/.exec(message)?.[1];
  if (pattern !== undefined) return fits(pattern.replaceAll('\\\\', '\\'), text) ? 1 : -2;
  if (/format \\?"date\\?"/.test(message)) return /^\d{4}-\d\d-\d\d$/.test(text) ? 1.5 : -1;
  return new RegExp(`one of:.*'${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}'`).test(message) ? 1.5 : 0;
}

function fits(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern).test(text);
  } catch {
    return false;
  }
}

/** How many of these values are written in a style, and how clearly: 0 to 1. */
function share(values: readonly Json[], style: string, kind: Found['kind']): number {
  const own = values.filter((value) => kind.isWritten(value, style));
  if (own.length === 0) return 0;
  // Among values that are the same in every style, those that differ decide.
  const telling = values.filter((value) => !kind.styles.every((other) => kind.isWritten(value, other)));
  return own.length / Math.max(own.length, telling.length);
}
