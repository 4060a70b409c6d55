import type { Json } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';
import { sameJson } from './arguments.ts';
import { readMoment, writeMoment } from './dates.ts';
import { isRefused, type SlotKnowledge } from './knowledge.ts';
import type { FormatName, JsonType } from './learn/finding.ts';
import { hasWord } from './learn/locate.ts';
import { matchesSafely } from './patterns.ts';
import type { Slot } from './slots.ts';

/** What a value of a slot has to be, by the schema and by what error texts have said since. */
export interface Rules {
  types: JsonType[];
  /** Null: anything. */
  allowed: Json[] | null;
  picture: string | null;
  format: { format: FormatName; length?: number } | null;
  patterns: string[];
  min: number;
  max: number;
  /** The bounds themselves are not taken. */
  exclusive: boolean;
  minLength: number;
  maxLength: number;
  avoid: string[];
}

const jsonTypes: readonly JsonType[] = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];
const schemaPictures: Record<string, string> = {
  date: 'YYYY-MM-DD',
  'date-time': 'YYYY-MM-DDTHH:mm:ssZ',
  time: 'HH:mm:ssZ',
};
const schemaFormats: Record<string, FormatName> = {
  email: 'email',
  'idn-email': 'email',
  uri: 'uri',
  url: 'uri',
  uuid: 'uuid',
  ipv4: 'ipv4',
  ipv6: 'ipv6',
  hostname: 'hostname',
  duration: 'duration',
};

/** The rules for a slot. What an error text said outranks the schema, a later text an earlier one. */
export function rulesOf(slot: Slot, known: SlotKnowledge): Rules {
  const rules = schemaRules(slot);
  for (const finding of known.findings) {
    if (finding.kind === 'allowed')
      rules.allowed = finding.values.some((value) => !isRefused(known, value))
        ? finding.values
        : rules.allowed;
    else if (finding.kind === 'picture') rules.picture = finding.picture;
    else if (finding.kind === 'format') rules.format = finding;
    else if (finding.kind === 'pattern') rules.patterns = [finding.pattern];
    else if (finding.kind === 'type') rules.types = [finding.type];
    else if (finding.kind === 'avoid') rules.avoid.push(finding.word);
    else if (finding.kind === 'length') {
      rules.minLength = finding.min ?? rules.minLength;
      rules.maxLength = finding.max ?? rules.maxLength;
    } else if (finding.kind === 'range') {
      rules.min = Math.max(rules.min, finding.min ?? rules.min);
      rules.max = Math.min(rules.max, finding.max ?? rules.max);
      rules.exclusive ||= finding.exclusive ?? false;
    }
  }
  return rules.min > rules.max ? { ...rules, min: -Infinity, max: Infinity } : rules;
}

/** Whether a value keeps the rules, as far as can be told without running what could hang. */
export function fits(value: Json, rules: Rules): boolean {
  if (rules.allowed && !rules.allowed.some((one) => sameJson(one, value))) return false;
  if (rules.types.length > 0 && !rules.types.some((type) => isOfType(value, type))) return false;
  if (typeof value === 'number') {
    return rules.exclusive
      ? value > rules.min && value < rules.max
      : value >= rules.min && value <= rules.max;
  }
  if (typeof value !== 'string') return true;
  if (rules.avoid.some((word) => hasWord(value, word))) return false;
  if (value.length < rules.minLength || value.length > rules.maxLength) return false;
  if (rules.picture !== null && !isPictured(value, rules.picture)) return false;
  if (rules.format && !isOfFormat(value, rules.format)) return false;
  return rules.patterns.every((pattern) => matchesSafely(pattern, value) !== false);
}

/** Whether a value has a JSON type. */
export function isOfType(value: Json, type: JsonType): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'null') return value === null;
  if (type === 'object') return isJsonObject(value);
  return typeof value === type;
}

/** The rules that the schema alone makes. */
export function schemaRules(slot: Slot): Rules {
  const { schema } = slot;
  const said = (Array.isArray(schema.type) ? schema.type : [schema.type]).flatMap((type) => {
    const lower = typeof type === 'string' ? type.toLowerCase() : '';
    return jsonTypes.filter((known) => known === lower);
  });
  const format = typeof schema.format === 'string' ? schema.format : '';
  const numberOr = (value: Json | undefined, otherwise: number) =>
    typeof value === 'number' ? value : otherwise;
  const openMin = numberOr(schema.exclusiveMinimum, -Infinity);
  const openMax = numberOr(schema.exclusiveMaximum, Infinity);
  const named = schemaFormats[format];
  return {
    types: said,
    allowed:
      schema.const !== undefined
        ? [schema.const]
        : Array.isArray(schema.enum) && schema.enum.length > 0
          ? schema.enum
          : null,
    picture: schemaPictures[format] ?? null,
    format: named ? { format: named } : null,
    patterns: typeof schema.pattern === 'string' ? [schema.pattern] : [],
    min: Math.max(numberOr(schema.minimum, -Infinity), openMin),
    max: Math.min(numberOr(schema.maximum, Infinity), openMax),
    exclusive: Number.isFinite(openMin) || Number.isFinite(openMax),
    minLength: numberOr(schema.minLength, 0),
    maxLength: numberOr(schema.maxLength, Infinity),
    avoid: [],
  };
}

function isPictured(value: string, picture: string): boolean {
  if (picture === 'X' || picture === 'x') return /^\d{9,13}$/.test(value);
  const moment = readMoment(value);
  return moment !== null && writeMoment(moment, picture) === value;
}

const formatTests: Record<FormatName, RegExp> = {
  email: /^[^\s@]+@[^\s@]+\.[a-z]+$/i,
  uri: /^[a-z][a-z+.-]*:\S+$/i,
  uuid: /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i,
  ipv4: /^(?:\d{1,3}\.){3}\d{1,3}$/,
  ipv6: /^[\da-f:]*:[\da-f:]*$/i,
  hostname: /^[a-z\d-]+(?:\.[a-z\d-]+)*$/i,
  e164: /^\+[1-9]\d{6,14}$/,
  hex: /^[\da-f]+$/i,
  base64: /^[A-Za-z\d+/]+={0,2}$/,
  duration: /^P(?=.)(?:\d+[YMWD])*(?:T(?:\d+[HMS])+)?$/,
  code2: /^[A-Z]{2}$/,
  code3: /^[A-Z]{3}$/,
  locale: /^[a-z]{2,3}(?:-[A-Za-z\d]{2,8})*$/,
  zone: /^(?:[A-Z][A-Za-z_]+\/[A-Za-z_+\-/]+|UTC)$/,
};

function isOfFormat(value: string, { format, length }: { format: FormatName; length?: number }): boolean {
  return formatTests[format].test(value) && (length === undefined || value.length === length);
}
