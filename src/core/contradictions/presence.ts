/** Arguments that calls gave or left out, against what the spec says of that. */
import { counted } from '../counted.ts';
import type { JsonObject } from '../json.ts';
import { keysOf } from '../jsonPointer.ts';
import type { CallFact } from './callFacts.ts';
import { type Contradiction, contradiction, refusedAtLeast, takenAtLeast } from './contradiction.ts';
import { given, nameOf, namesIt, type Parameter, parametersOf, schemaOf } from './parameters.ts';
import { quoted, typeOf } from './words.ts';

/** Where the tool's words do not name the argument, so many answered calls with it are wanted. */
const answeredUnnamed = 3;

/** Optional arguments without which the tool refused every call, while it answered calls with them. */
export function needed(tool: string, schema: JsonObject, facts: readonly CallFact[]): Contradiction[] {
  const candidates = parametersOf(schema)
    .filter(({ required }) => !required)
    .flatMap((parameter) => {
      const without = facts.filter((fact) => given(fact, parameter.argument) === undefined);
      const answered = facts.filter((fact) => fact.taken && given(fact, parameter.argument) !== undefined);
      if (without.length < refusedAtLeast || answered.length === 0) return [];
      if (without.some((fact) => fact.taken)) return [];
      // A call that its schema forbids may be refused for that.
      const refused = without.filter((fact) => fact.bySchema.length === 0);
      if (refused.length < refusedAtLeast) return [];
      const named = refused.filter((fact) => namesIt(fact.words, parameter.name)).length;
      return [{ parameter, refused, answered, named: named * 2 >= refused.length }];
    });
  // Where the words name one of them, the others were left out beside it; where they name none, there must be one alone.
  const named = candidates.filter((one) => one.named);
  const [only] = candidates;
  const chosen =
    named.length > 0
      ? named
      : candidates.length === 1 && only && only.answered.length >= answeredUnnamed
        ? [only]
        : [];
  return chosen.map(({ parameter: { argument, name }, refused, answered }) =>
    contradiction(
      tool,
      {
        kind: 'needed',
        argument,
        message: `"${name}" is documented as optional, but the tool refused ${all(refused.length)} without it${quoted(refused)} and answered ${counted(answered.length, 'call')} with it.`,
        change: { change: 'require', argument },
      },
      refused,
    ),
  );
}

/** Required arguments without which the tool answered, and never refused. */
export function notNeeded(tool: string, schema: JsonObject, facts: readonly CallFact[]): Contradiction[] {
  const required = parametersOf(schema).filter((parameter) => parameter.required);
  return required.flatMap(({ argument, name }: Parameter) => {
    const without = facts.filter((fact) => given(fact, argument) === undefined);
    if (without.length < takenAtLeast || without.some((fact) => !fact.taken)) return [];
    const message = `"${name}" is documented as required, but the tool answered ${all(without.length)} without it.`;
    return contradiction(
      tool,
      { kind: 'notNeeded', argument, message, change: { change: 'unrequire', argument } },
      without,
    );
  });
}

/** Arguments that the spec does not name, and calls with which the tool always answered. */
export function unnamed(tool: string, schema: JsonObject, facts: readonly CallFact[]): Contradiction[] {
  const arguments_ = new Set(
    facts.flatMap(({ bySchema }) =>
      bySchema.flatMap(({ type, argument }) =>
        type === 'unexpected_argument' && argument !== undefined ? [argument] : [],
      ),
    ),
  );
  return [...arguments_].flatMap((argument) => {
    if (keysOf(argument).length !== 1 || schemaOf(schema, argument) !== undefined) return [];
    const backing = facts.filter((fact) => given(fact, argument) !== undefined);
    if (backing.length < takenAtLeast || backing.some((fact) => !fact.taken)) return [];
    const types = new Set(backing.map((fact) => typeOf(given(fact, argument))));
    const [type] = types;
    if (types.size !== 1 || type === undefined || type === 'null') return [];
    const message = `"${nameOf(argument)}" is no parameter of the spec, but the tool answered ${all(backing.length)} with it: it takes it, or pays no attention to it.`;
    return contradiction(
      tool,
      { kind: 'unnamed', argument, message, change: { change: 'add', argument, schema: { type } } },
      backing,
    );
  });
}

/** `all 6 calls`, `the 1 call`. */
function all(count: number): string {
  return `all ${counted(count, 'call')}`;
}
