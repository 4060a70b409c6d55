import type { Json, JsonObject } from '../../core/json.ts';
import { keysOf, pointerOf } from '../../core/jsonPointer.ts';
import { argumentAt, argumentEntries } from './arguments.ts';
import { type Clause, clausesOf } from './learn/clauses.ts';
import { missingIn, togetherIn, unexpectedIn } from './learn/fields.ts';
import type { Finding } from './learn/finding.ts';
import { formatIn, patternIn, pictureIn } from './learn/formats.ts';
import { lengthIn, rangeIn } from './learn/limits.ts';
import { allowedValues, suggestion } from './learn/lists.ts';
import { hasWord, locate, partOf, slotNamed } from './learn/locate.ts';
import { typeIn } from './learn/types.ts';
import type { Slot } from './slots.ts';

/**
 * What an error text says about the arguments of the call that it answers. `about` is the argument at fault where the
 * failure names it (JSON Pointer). A text that names nothing we know gives no findings: nobody is blamed by guess.
 */
export function learnFromErrors(
  text: string,
  args: JsonObject,
  slots: readonly Slot[],
  about?: string,
): Finding[] {
  const findings: Finding[] = [];
  let last: string | null = null;
  for (const clause of clausesOf(text)) {
    const fields = fieldFindings(clause, args, slots, about);
    findings.push(...fields);
    if (fields.length > 0) continue;
    const pointer: string | null = about ?? locate(clause, args, slots) ?? last;
    if (pointer === null) continue;
    last = pointer;
    findings.push(...valueFindings(clause.text, pointer, argumentAt(args, pointer), slots));
  }
  const only = findings.length === 0 ? onlyArgument(args) : null;
  if (only !== null)
    findings.push(...valueFindings(text.slice(0, 2000), only, argumentAt(args, only), slots));
  return unique(findings);
}

function fieldFindings(
  clause: Clause,
  args: JsonObject,
  slots: readonly Slot[],
  about: string | undefined,
): Finding[] {
  const { text, subject } = clause;
  const named = (name: string): string => slotNamed(name, slots)?.pointer ?? pointerOf(...name.split('.'));
  const own = about ?? (subject === null ? null : named(subject));
  const unexpected = unexpectedIn(text);
  const surplus = unexpected.names.map((name) => givenAs(name, args)).filter((pointer) => pointer !== null);
  if (surplus.length === 0 && unexpected.subject && own) surplus.push(own);
  if (surplus.length > 0) return surplus.map((pointer) => ({ kind: 'unexpected', pointer }));
  const [first, ...others] = togetherIn(text)
    .map((name) => slotNamed(name, slots))
    .filter((slot) => slot !== null && argumentAt(args, slot.pointer) !== undefined);
  const optional = others.findLast((slot) => slot?.required === false);
  if (first && optional) return [{ kind: 'alone', pointer: optional.pointer, other: first.pointer }];
  const { names, subject: meansSubject } = missingIn(text);
  // The failure says itself which one it is: a name with dots need not be guessed at.
  if (about !== undefined && names.length === 1 && keysOf(about).join('.') === names[0])
    return argumentAt(args, about) === undefined ? [{ kind: 'missing', pointer: about }] : [];
  const parent = subject?.startsWith('/') ? subject : '';
  const wanted = names
    .map(
      (name) =>
        slotNamed(name, slots)?.pointer ?? (plausibleName(name, text) ? parent + pointerOf(name) : null),
    )
    .filter((pointer) => pointer !== null);
  if (wanted.length === 0 && meansSubject && own) wanted.push(own);
  return wanted
    .filter((pointer) => argumentAt(args, pointer) === undefined || argumentAt(args, pointer) === '')
    .map((pointer) => ({ kind: 'missing', pointer }));
}

/** What the text says about the value of one argument. */
function valueFindings(
  text: string,
  pointer: string,
  value: Json | undefined,
  slots: readonly Slot[],
): Finding[] {
  const findings: Finding[] = [];
  const values = allowedValues(text).filter((item) => item !== value && !isNameOfOther(item, pointer, slots));
  if (values.length > 0) findings.push({ kind: 'allowed', pointer, values });
  const proposed = suggestion(text);
  if (proposed !== null && proposed !== value && !slots.some((slot) => slot.name === proposed)) {
    findings.push({ kind: 'suggested', pointer, value: proposed });
  }
  const picture = pictureIn(text, value);
  if (picture !== null) findings.push({ kind: 'picture', pointer, picture });
  const format = picture === null && values.length === 0 ? formatIn(text) : null;
  if (format) findings.push({ kind: 'format', pointer, ...format });
  const pattern = patternIn(text);
  if (pattern !== null) findings.push({ kind: 'pattern', pointer, pattern });
  const other = orderedWith(text, pointer, slots);
  if (other !== null) findings.push({ kind: 'swap', pointer, other });
  const length = lengthIn(text);
  if (length) findings.push({ kind: 'length', pointer, ...length });
  const range = picture === null && other === null && values.length === 0 ? rangeIn(text) : null;
  if (range) findings.push({ kind: 'range', pointer, ...range });
  const type = picture === null && !format ? typeIn(text) : null;
  if (type !== null && values.length === 0) findings.push({ kind: 'type', pointer, type });
  const word = typeof value === 'string' ? partOf(value, text) : null;
  if (word !== null) findings.push({ kind: 'avoid', pointer, word });
  if (value !== undefined) findings.push({ kind: 'refused', pointer, value });
  return findings;
}

/** `start must be before end`: the other argument, when both are named around a word of order. */
function orderedWith(text: string, pointer: string, slots: readonly Slot[]): string | null {
  if (
    !/\b(?:before|after|earlier|later|precede|less than|greater than|smaller than|larger than)\b/i.test(text)
  )
    return null;
  const other = slots.find(
    (slot) => slot.pointer !== pointer && slot.name.length > 1 && hasWord(text, slot.name),
  );
  return other?.pointer ?? null;
}

/** The argument itself where the call has only one: there is nobody else to blame. */
function onlyArgument(args: JsonObject): string | null {
  const entries = argumentEntries(args);
  return entries.length === 1 ? (entries[0]?.[0] ?? null) : null;
}

function givenAs(name: string, args: JsonObject): string | null {
  const direct = pointerOf(...name.split('.'));
  if (argumentAt(args, direct) !== undefined) return direct;
  return argumentEntries(args).find(([pointer]) => pointer.endsWith(`/${name}`))?.[0] ?? null;
}

/** A missing argument that no schema knows must be quoted or look like an identifier: sentences have words, too. */
function plausibleName(name: string, text: string): boolean {
  const quoted = ["'", '"', '`'].some((quote) => text.includes(`${quote}${name}${quote}`));
  return (
    quoted ||
    /[a-z]_[a-z]|[a-z][A-Z]/.test(name) ||
    new RegExp(`: ${name.replace(/[.]/g, '\\.')}$`).test(text)
  );
}

function isNameOfOther(item: string, pointer: string, slots: readonly Slot[]): boolean {
  return slots.some((slot) => slot.name === item && slot.pointer !== pointer);
}

function unique(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const text = JSON.stringify(finding);
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}
