import type { Json } from '../../core/json.ts';
import type { Random } from '../../core/random.ts';
import type { Tool } from '../../core/tool.ts';
import { distinct, sameJson } from './arguments.ts';
import { candidates } from './candidates.ts';
import { hasWorked, isRefused, type Knowledge } from './knowledge.ts';
import { fits, rulesOf } from './rules.ts';
import type { Slot } from './slots.ts';
import { spellings } from './spellings.ts';

/** What a tool is about, as text for hints. */
export function aboutTool(tool: Tool): string {
  return tool.description.slice(0, 300);
}

/** A value that is likely to be taken: one that worked, one that was listed or proposed, else the best guess. */
export function likelyValue(tool: Tool, slot: Slot, knowledge: Knowledge, random: Random): Json {
  const known = knowledge.of(slot.pointer);
  const rules = rulesOf(slot, known);
  const proposed = known.findings.flatMap((finding): Json[] =>
    finding.kind === 'suggested' ? [finding.value] : [],
  );
  const open = candidates(slot, rules, aboutTool(tool), random).filter((value) => !isRefused(known, value));
  const unsuspected = open.filter(
    (value) => hasWorked(known, value) || !known.suspect.some((other) => sameJson(other, value)),
  );
  const fresh = unsuspected.length > 0 ? unsuspected : open;
  const proven = distinct([...known.worked.slice(-20), ...proposed]).filter(
    (value) => !isRefused(known, value),
  );
  const isPicky =
    known.refused.length > 0 &&
    rules.allowed === null &&
    rules.picture === null &&
    typeof known.worked[0] === 'string';
  // A picky slot takes few spellings: what worked is worth more than another guess, which the probes make.
  const share = proven.length === 0 ? 0 : isPicky ? 0.8 : 0.35;
  if (proven.length > 0 && (random.next() < share || fresh.length === 0)) return random.pick(proven);
  return fresh.length > 0
    ? frontOf(fresh, random)
    : random.pick(candidates(slot, rules, aboutTool(tool), random));
}

/** One of the items, the first ones likelier: what a spec gives as an example stands before what is guessed. */
function frontOf(values: readonly Json[], random: Random): Json {
  return values[Math.floor(random.next() ** 2 * values.length)] as Json;
}

/** A plausible value that no call has tried: another spelling, a bound, another thing; undefined when none is left. */
export function untriedValue(tool: Tool, slot: Slot, knowledge: Knowledge, random: Random): Json | undefined {
  const known = knowledge.of(slot.pointer);
  const rules = rulesOf(slot, known);
  const isNew = (value: Json) => !isRefused(known, value) && !hasWorked(known, value);
  const fresh = candidates(slot, rules, aboutTool(tool), random);
  if (rules.allowed) {
    // People do not write listed values as they are listed: now and then another spelling of one.
    const loose = random.next() < 0.3 ? rules.allowed.slice(0, 50).flatMap(spellings).filter(isNew) : [];
    return loose.length > 0 ? random.pick(loose) : fresh.find(isNew);
  }
  const respelled = known.worked
    .flatMap(spellings)
    .filter((value) => typeof value === typeof known.worked[0]);
  const isNumber = rules.types.some((type) => type === 'integer' || type === 'number');
  const bounds = isNumber
    ? [0, -1, rules.min, rules.min - 1, rules.max, rules.max + 1, 1000, 1_000_000].filter(Number.isFinite)
    : [];
  // Models often write numbers and truth values as texts; some tools take them.
  const asText = rules.types.includes('string') ? [] : known.worked.filter(isScalar).map(String);
  const pools = [fresh, respelled, bounds, asText].map((values: Json[]) => values.filter(isNew));
  const open = pools.filter((values) => values.length > 0);
  return open.length > 0 ? random.pick(random.pick(open)) : undefined;
}

function isScalar(value: Json): boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}

/** The value brought to what is now known of the slot, keeping its meaning; undefined when that cannot be done. */
export function mended(value: Json, slot: Slot, knowledge: Knowledge): Json | undefined {
  const known = knowledge.of(slot.pointer);
  const rules = rulesOf(slot, known);
  const proposed = known.findings.flatMap((finding): Json[] =>
    finding.kind === 'suggested' ? [finding.value] : [],
  );
  const options: Json[] = [
    ...proposed.reverse(),
    ...spellings(value),
    ...clamped(value, rules),
    ...coerced(value),
  ];
  const open = options.filter((option) => !isRefused(known, option) && fits(option, rules));
  return open.find((option) => hasWorked(known, option)) ?? open[0];
}

function clamped(
  value: Json,
  rules: { min: number; max: number; exclusive: boolean; maxLength: number },
): Json[] {
  if (typeof value === 'string' && value.length > rules.maxLength) return [value.slice(0, rules.maxLength)];
  if (typeof value !== 'number') return [];
  const step = rules.exclusive ? 1 : 0;
  const whole = Math.round(value);
  const inside = Math.min(Math.max(value, rules.min + step), rules.max - step);
  return [whole, inside, (rules.min + rules.max) / 2].filter(Number.isFinite);
}

function coerced(value: Json): Json[] {
  if (typeof value === 'string') {
    const text = value.trim().toLowerCase();
    const truth: Json[] = ['true', 'yes'].includes(text)
      ? [true]
      : ['false', 'no'].includes(text)
        ? [false]
        : [];
    return [...truth, [value]];
  }
  if (Array.isArray(value)) return [value.join(','), ...value.slice(0, 1)];
  return [String(value), [value]];
}
