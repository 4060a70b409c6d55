import type { Json } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';
import type { Random } from '../../core/random.ts';
import { distinct } from './arguments.ts';
import { composed, hasParts } from './compose.ts';
import { datePictures, type Moment, readMoment, timePictures, writeMoment } from './dates.ts';
import { fake } from './fake.ts';
import { allowedValues } from './learn/lists.ts';
import { quotedIn } from './learn/locate.ts';
import { matchesSafely } from './patterns.ts';
import { conceptsFor, numberPools } from './pools/index.ts';
import { fits, type Rules, schemaRules } from './rules.ts';
import { resolved, type Slot } from './slots.ts';
import { hintText } from './words.ts';

/**
 * Values that one would guess for a slot, the likeliest first, in an order that the randomness decides among equals.
 * All of them keep the rules as far as that can be told; there is always at least one.
 */
export function candidates(slot: Slot, rules: Rules, about: string, random: Random): Json[] {
  if (rules.allowed) return shuffled(rules.allowed.slice(0, 500), random);
  const said = [
    slot.schema.examples,
    [slot.schema.example],
    [slot.schema.default],
    described(slot.description),
  ];
  const given = said
    .flatMap((values) => (Array.isArray(values) ? values : []))
    .filter((value) => value !== undefined);
  const guessed = distinct([
    ...shuffled(given as Json[], random),
    ...shuffled(guesses(slot, rules, about, random), random),
  ]);
  const fitting = guessed.filter((value) => fits(value, rules));
  const faked = fitting.length < 3 || isUntold(rules) ? fakes(slot, rules, random) : [];
  const fittingFakes = faked.filter((value) => fits(value, rules));
  // Of a pattern that is never run nobody can say whether a guess matches; what was made from it does.
  const all = isUntold(rules) ? [...fittingFakes, ...fitting] : [...fitting, ...fittingFakes];
  if (all.length > 0) return all;
  if (faked.length > 0) return faked;
  return guessed.length > 0 ? guessed : [rules.types.includes('object') ? {} : 'example'];
}

function isUntold({ patterns }: Rules): boolean {
  return patterns.some((pattern) => matchesSafely(pattern, '') === null);
}

/** The items in a random order. */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}

/** Some day of the last years, some minute of it. */
export function someMoment(random: Random): Moment {
  return {
    year: 2019 + random.below(7),
    month: 1 + random.below(12),
    day: 1 + random.below(28),
    hour: 6 + random.below(16),
    minute: 5 * random.below(12),
    second: 0,
  };
}

/** The hints for a slot: its name, its description, then what the tool is about. */
export function hintsFor(slot: Slot, about: string): string[] {
  const title = typeof slot.schema.title === 'string' ? slot.schema.title : '';
  const [name, tool] = [hintText(slot.name), hintText(about)];
  // A path may lead to either: what the tool is about tells.
  const either = /\bpath\b/.test(name) ? /\b(?:directory|folder)\b/.exec(tool) : null;
  return [either ? `${name} ${either[0]}` : name, hintText(title), hintText(slot.description), tool];
}

function guesses(slot: Slot, rules: Rules, about: string, random: Random): Json[] {
  const type = rules.types.length > 0 ? random.pick(rules.types) : null;
  if (slot.root && type !== 'array' && hasParts(slot.schema))
    return [0, 1, 2].map(() => composed(slot, about, random));
  if (type === 'boolean') return [true, false];
  if (type === 'null') return [null];
  if (type === 'integer' || type === 'number') return numbers(slot, rules, type === 'integer');
  if (type === 'array') return lists(slot, about, random);
  if (type === 'object') return [];
  const words = texts(slot, rules, about, random);
  return words.length > 0 || type !== null ? words : numbers(slot, rules, true);
}

function numbers(slot: Slot, rules: Rules, whole: boolean): Json[] {
  const hints = hintsFor(slot, '');
  const pool =
    numberPools.find(({ hint }) => hint.test(hints[0] ?? '')) ??
    numberPools.find(({ hint }) => hint.test(hints[2] ?? ''));
  const step =
    typeof slot.schema.multipleOf === 'number' && slot.schema.multipleOf > 0 ? slot.schema.multipleOf : 1;
  const bounds = [rules.min, rules.max].filter(Number.isFinite);
  const inside =
    Number.isFinite(rules.min) && Number.isFinite(rules.max)
      ? [(rules.min + rules.max) / 2, rules.min + (rules.max - rules.min) / 4]
      : [];
  const near = bounds.flatMap((bound) => [bound, bound === rules.min ? bound + step : bound - step]);
  const all = [...(pool?.values ?? []), ...inside, ...near];
  return all.map((value) => (whole ? Math.round(value / step) * step : value));
}

function lists(slot: Slot, about: string, random: Random): Json[] {
  const items = isJsonObject(slot.schema.items) ? slot.schema.items : {};
  if (slot.root && hasParts(resolved(items, slot.root)))
    return [0, 1, 2].map(() => composed(slot, about, random));
  if (isJsonObject(items.properties) || items.$ref !== undefined) return [];
  const inner: Slot = {
    ...slot,
    schema: items,
    description: typeof items.description === 'string' ? items.description : slot.description,
  };
  const declared: Rules = schemaRules(inner);
  const rules: Rules = declared.types.length > 0 ? declared : { ...declared, types: ['string'] };
  const values = candidates(inner, rules, about, random);
  return [values.slice(0, 1), values.slice(0, 2), values.slice(1, 4)].filter((list) => list.length > 0);
}

function texts(slot: Slot, rules: Rules, about: string, random: Random): Json[] {
  if (rules.picture !== null)
    return [0, 1, 2, 3, 4].map(() => writeMoment(someMoment(random), rules.picture as string));
  if (rules.format?.format === 'hex')
    return [hex(rules.format.length ?? 32, random), hex(rules.format.length ?? 64, random)];
  const hints = hintsFor(slot, about);
  const moments = momentPictures(hints.slice(0, 3));
  if (moments) return [0, 1, 2, 3].map(() => writeMoment(someMoment(random), likely(moments, random)));
  const concepts = conceptsFor(
    rules.format ? [`${rules.format.format} ${formatHints[rules.format.format] ?? ''}`] : hints,
  );
  // A learned rule may fit a seldom spelling alone: then all spellings stand to choice.
  if (rules.format || rules.patterns.length > 0) return concepts.flat();
  return concepts.map((spellings) => likely(spellings, random));
}

const formatHints: Partial<Record<string, string>> = {
  e164: 'phone',
  code2: 'country',
  code3: 'currency',
  zone: 'time zone',
  uri: 'url',
  ipv4: 'ip',
};

/** The pictures to write a moment in, where the hints speak of one. */
function momentPictures(hints: readonly string[]): readonly string[] | null {
  for (const hint of hints) {
    if (/\btime ?zone|\btz\b/.test(hint)) return null;
    if (/\b(datetime|date time|timestamp|instant)\b/.test(hint))
      return ['YYYY-MM-DDTHH:mm:ssZ', 'YYYY-MM-DD HH:mm', 'YYYY-MM-DD', 'X'];
    if (/\b(dates?|deadline|birthday|due)\b/.test(hint)) return datePictures;
    if (/\b(time|clock)\b/.test(hint)) return timePictures;
    if (/\S/.test(hint) && conceptsFor([hint]).length > 0) return null;
  }
  return null;
}

/** The first half of the time, else any. */
function likely(spellings: readonly string[], random: Random): string {
  return random.next() < 0.5 ? (spellings[0] as string) : random.pick(spellings);
}

/** Values that a description quotes or lists as examples. */
function described(description: string): string[] {
  const example = /\b(?:e\.g\.|for example|for instance|such as|like)[:,]?\s+["'`]?([^\s"'`,;()]+)/i.exec(
    description,
  )?.[1];
  const quoted = quotedIn(description).filter(
    (text) => text.length > 0 && text.length <= 60 && readMoment(text) === null,
  );
  const plain = example?.replace(/[.]$/, '');
  return distinct([...allowedValues(description), ...quoted, ...(plain ? [plain] : [])]).slice(0, 30);
}

function fakes(slot: Slot, rules: Rules, random: Random): Json[] {
  const schema = {
    ...slot.schema,
    ...(rules.patterns[0] ? { pattern: rules.patterns[0] } : {}),
    ...(rules.types[0] ? { type: rules.types } : {}),
  };
  const made = [0, 1, 2].map(() => fake(schema, 1 + random.below(1_000_000)));
  return distinct(made.flatMap((value) => (value === undefined || value === '' ? [] : [value])));
}

function hex(length: number, random: Random): string {
  return Array.from({ length: Math.min(length, 512) }, () => random.below(16).toString(16)).join('');
}
