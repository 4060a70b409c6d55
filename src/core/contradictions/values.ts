/** Values that the spec allows and the tool refuses. */
import { counted } from '../counted.ts';
import { canonicalJson, type Json, type JsonObject } from '../json.ts';
import type { CallFact } from './callFacts.ts';
import { type Contradiction, contradiction, refusedAtLeast } from './contradiction.ts';
import { againstSchema, blames, given, type Parameter, parametersOf } from './parameters.ts';
import { wantedForms } from './wantedForms.ts';
import { commonWords, fewValues, listedIn, quoted, statesRule } from './words.ts';

/** What calls gave for one parameter. */
interface Given {
  tool: string;
  parameter: Parameter;
  /** Refused for this argument, as far as the tool's words tell, though the schema is content with it. */
  refused: CallFact[];
  taken: CallFact[];
}

/** Different values that must have been taken before a form is read out of them, unless the tool's words say it. */
const takenValues = 2;

/** Values that the spec allows and the tool always refuses, at most one claim a parameter: the one that says most. */
export function refusedValues(tool: string, schema: JsonObject, facts: readonly CallFact[]): Contradiction[] {
  return parametersOf(schema).flatMap((parameter) => {
    const { argument } = parameter;
    const withIt = facts.filter(
      (fact) => given(fact, argument) !== undefined && !againstSchema(fact, argument),
    );
    const about: Given = {
      tool,
      parameter,
      refused: withIt.filter((fact) => !fact.taken && blames(fact, argument)),
      taken: withIt.filter((fact) => fact.taken),
    };
    if (about.refused.length < refusedAtLeast || about.taken.length === 0) return [];
    const listed = refusedListed(about);
    if (listed.length > 0) return listed;
    const found = wantedList(about) ?? wantedForm(about) ?? wholeNumber(about) ?? bound(about) ?? rule(about);
    return found ? [found] : [];
  });
}

/** Listed values that are refused each time they are given. */
function refusedListed({ tool, parameter, refused, taken }: Given): Contradiction[] {
  const { argument, name, schema } = parameter;
  if (!Array.isArray(schema.enum)) return [];
  const values = schema.enum;
  return values.flatMap((value) => {
    const same = (fact: CallFact): boolean => equal(given(fact, argument), value);
    const backing = refused.filter(same);
    if (backing.length < refusedAtLeast || taken.some(same)) return [];
    const message = `"${name}" may be ${JSON.stringify(value)} by the spec, but the tool refused ${every(backing)} with that${quoted(backing)}.`;
    const rest = values.filter((one) => !equal(one, value));
    const change = { change: 'set', argument, keywords: { enum: rest } } as const;
    return contradiction(tool, { kind: 'refused', argument, about: value, message, change }, backing);
  });
}

/** The tool says which values there are. */
function wantedList(about: Given): Contradiction | null {
  const { schema } = about.parameter;
  if (schema.enum !== undefined) return null;
  const words = commonWords(about.refused);
  const listed = listedIn(words);
  if (listed === null) return null;
  const numbers = schema.type === 'number' || schema.type === 'integer';
  const values: Json[] = numbers ? listed.map(Number) : listed;
  if (values.some((value) => Number.isNaN(value))) return null;
  const isListed = (value: Json): boolean => values.some((one) => equal(one, value));
  if (!tellsApart(about, isListed)) return null;
  return refusal(about, { enum: values }, `takes only ${fewValues(values, 6)}`);
}

/** The values that were taken have a form that none of the refused ones has. */
function wantedForm(about: Given): Contradiction | null {
  const { schema } = about.parameter;
  const isOpen = ['enum', 'const', 'format', 'pattern'].every((keyword) => schema[keyword] === undefined);
  if (!isOpen || (schema.type !== undefined && schema.type !== 'string')) return null;
  const distinct = new Set(
    about.taken.map((fact) => canonicalJson(given(fact, about.parameter.argument) ?? null)),
  );
  if (distinct.size < takenValues) return null;
  const form = wantedForms.find(({ test }) =>
    tellsApart(about, (value) => typeof value === 'string' && test(value)),
  );
  return form ? refusal(about, { [form.keyword]: form.value }, `takes only ${form.say}`) : null;
}

function wholeNumber(about: Given): Contradiction | null {
  if (about.parameter.schema.type !== 'number') return null;
  const isWhole = (value: Json): boolean => Number.isInteger(value);
  return tellsApart(about, isWhole) ? refusal(about, { type: 'integer' }, 'takes only whole numbers') : null;
}

/** The tool names a number or two, and everything beyond was refused. */
function bound(about: Given): Contradiction | null {
  const { schema } = about.parameter;
  if (schema.type !== 'number' && schema.type !== 'integer') return null;
  const words = commonWords(about.refused);
  const numbers = [...words.matchAll(/(?<![\w.])-?\d{1,15}(?:\.\d{1,6})?(?![\w])/gu)].map(([text]) =>
    Number(text),
  );
  const [least = 0, most = 0] = numbers;
  const isWithin = (value: Json): boolean => Number(value) >= least && Number(value) <= most;
  if (numbers.length === 2 && least < most && tellsApart(about, isWithin)) {
    return refusal(about, { minimum: least, maximum: most }, `takes only ${least} to ${most}`);
  }
  for (const limit of numbers) {
    if (schema.maximum === undefined && tellsApart(about, (value) => Number(value) <= limit)) {
      return refusal(about, { maximum: limit }, `takes no more than ${limit}`);
    }
    if (schema.minimum === undefined && tellsApart(about, (value) => Number(value) >= limit)) {
      return refusal(about, { minimum: limit }, `takes no less than ${limit}`);
    }
  }
  return null;
}

/** The tool states a rule that the spec does not tell: its own words belong into the description. */
function rule({ tool, parameter, refused, taken }: Given): Contradiction | null {
  const { argument, name, schema } = parameter;
  if (refused.length <= taken.length) return null;
  const words = commonWords(refused);
  if (!statesRule(words) || refused.some((fact) => quotesValue(words, given(fact, argument)))) return null;
  const described = typeof schema.description === 'string' ? schema.description : '';
  if (described.includes(words)) return null;
  const sentence = `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
  const message = `"${name}" is refused more often than not, by a rule that the spec does not tell: “${words}” (${counted(refused.length, 'call')}).`;
  const change = { change: 'describe', argument, sentence } as const;
  return contradiction(tool, { kind: 'refused', argument, about: words, message, change }, refused);
}

function refusal(about: Given, keywords: JsonObject, takes: string): Contradiction {
  const { tool, parameter, refused } = about;
  const { argument, name } = parameter;
  const values = fewValues(refused.map((fact) => given(fact, argument) ?? null));
  const message = `The tool ${takes} for "${name}": it refused ${every(refused)} with ${values}, which the spec allows${quoted(refused)}.`;
  const change = { change: 'set', argument, keywords } as const;
  return contradiction(tool, { kind: 'refused', argument, about: keywords, message, change }, refused);
}

/** Whether all values that were taken pass, and none of those that were refused. */
function tellsApart(
  { parameter: { argument }, taken, refused }: Given,
  passes: (value: Json) => boolean,
): boolean {
  const value = (fact: CallFact): Json => given(fact, argument) ?? null;
  return taken.every((fact) => passes(value(fact))) && !refused.some((fact) => passes(value(fact)));
}

function quotesValue(words: string, value: Json | undefined): boolean {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
  return text.length >= 2 && words.includes(text);
}

function equal(a: Json | undefined, b: Json): boolean {
  return a !== undefined && canonicalJson(a) === canonicalJson(b);
}

function every(calls: readonly CallFact[]): string {
  return `${calls.length} of ${calls.length} calls`;
}
