/** Values that the spec forbids and the tool takes. */
import { counted } from '../counted.ts';
import { canonicalJson, type Json, type JsonObject } from '../json.ts';
import type { Failure } from '../trial.ts';
import type { CallFact } from './callFacts.ts';
import { type Contradiction, contradiction, type SchemaChange, takenAtLeast } from './contradiction.ts';
import { given, nameOf, schemaOf } from './parameters.ts';
import { fewValues, typeOf } from './words.ts';

/** Values that tell apart what is claimed, at most. */
const mostValues = 6;

/** By argument and kind of failure: what the tool answered each time, though its schema forbids it. */
export function takenValues(tool: string, schema: JsonObject, facts: readonly CallFact[]): Contradiction[] {
  const forbidden = facts.flatMap((fact) =>
    fact.bySchema
      .filter(({ type }) => type === 'wrong_type' || type === 'invalid_value')
      .map((failure) => ({ fact, failure, key: `${failure.type} ${failure.argument ?? ''}` })),
  );
  return [...Map.groupBy(forbidden, ({ key }) => key).values()].flatMap((group) => {
    const failure = group[0]?.failure;
    const argument = failure?.argument;
    if (failure === undefined || argument === undefined || argument === '') return [];
    const backing = [...new Set(group.map(({ fact }) => fact))];
    // Something else may have been wrong with a refused call; then nothing is certain of the others either.
    if (backing.length < takenAtLeast || backing.some((fact) => !fact.taken)) return [];
    const parameter = schemaOf(schema, argument);
    const values = distinct(backing.map((fact) => given(fact, argument)));
    const change = parameter && widened(parameter, failure, argument, values);
    if (!change) return [];
    const message = `The tool answered all ${counted(backing.length, 'call')} with ${fewValues(values)} for "${nameOf(argument)}", which the spec forbids: it takes that, or pays no attention to it.`;
    const about = { [failure.type]: values.slice(0, mostValues) };
    return contradiction(tool, { kind: 'taken', argument, about, message, change }, backing);
  });
}

/** What would let the values in; null where that cannot be told. */
function widened(
  parameter: JsonObject,
  failure: Failure,
  argument: string,
  values: readonly Json[],
): SchemaChange | null {
  const set = (keyword: string, value: Json): SchemaChange => ({
    change: 'set',
    argument,
    keywords: { [keyword]: value },
  });
  if (failure.type === 'wrong_type') {
    if (typeof parameter.type !== 'string' && !Array.isArray(parameter.type)) return null;
    const types = [parameter.type].flat().filter((type): type is string => typeof type === 'string');
    const more = values.map(typeOf).filter((type) => !types.includes(type));
    return set('type', [...new Set([...types, ...more])]);
  }
  if (Array.isArray(parameter.enum)) {
    // Many different ones, each taken once or twice: there is no longer list to write.
    if (values.length >= takenAtLeast)
      return { change: 'describe', argument, sentence: 'Other values are taken as well.' };
    return set('enum', [...parameter.enum, ...values]);
  }
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length === values.length) {
    const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
    if (typeof parameter.maximum === 'number' && most > parameter.maximum) return set('maximum', most);
    if (typeof parameter.minimum === 'number' && least < parameter.minimum) return set('minimum', least);
  }
  for (const keyword of ['format', 'pattern'] as const) {
    if (parameter[keyword] !== undefined && failure.message.includes(String(parameter[keyword]))) {
      return { change: 'unset', argument, keyword };
    }
  }
  return null;
}

function distinct(values: readonly (Json | undefined)[]): Json[] {
  const known = values.filter((value): value is Json => value !== undefined);
  return [...new Map(known.map((value) => [canonicalJson(value), value])).values()];
}
