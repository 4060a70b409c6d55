/** What a request asks for, held against the parameters of a tool. */
import type { Json, JsonObject } from '../../../src/core/json.ts';
import type { Random } from '../../../src/core/random.ts';
import { evidenceOf, type Shown } from './evidence.ts';
import { type Documentation, type Parameter, parametersOf } from './parameters.ts';
import { spelled } from './spelling.ts';
import { names, namesIn, statementFor } from './statements.ts';

/** The arguments that the student would give, or what it lacks for them. */
export interface Understood {
  arguments: JsonObject;
  /** Required parameters of which the request says nothing. */
  missing: string[];
  /** A value that was refused in every spelling that the student knows. */
  stuck: string[];
}

/** Reads a request with the documentation and what the prompt shows. */
export function understood(request: string, tool: Documentation, shown: Shown, random: Random): Understood {
  const result: Understood = { arguments: {}, missing: [], stuck: [] };
  for (const parameter of parametersOf(tool)) {
    const value =
      parameter.kind === null
        ? statement(request, tool.name, parameter, shown, random)
        : ordinary(request, tool.name, parameter, shown, random);
    const name = parameter.path.join('.');
    if (value === undefined) {
      if (parameter.required) result.missing.push(name);
    } else if (value === null) result.stuck.push(name);
    else put(result.arguments, parameter.path, value);
  }
  return result;
}

/**
 * How much a request has for a tool. `required`: for which share of its required parameters, 0 to 1; null when it requires
 * none. `said`: how many characters of the request name something that the tool takes.
 */
export function fitOf(request: string, tool: Documentation): { required: number | null; said: number } {
  const found = parametersOf(tool).map(({ kind, required }) => ({
    required,
    said: (kind === null ? statementFor(request) : kind.find(request))?.said.length ?? 0,
  }));
  const required = found.filter((one) => one.required);
  const met = required.filter(({ said }) => said > 0);
  return {
    required: required.length === 0 ? null : met.length / required.length,
    said: found.reduce((sum, { said }) => sum + said, 0),
  };
}

function ordinary(
  request: string,
  tool: string,
  { kind, path, schema }: Parameter,
  shown: Shown,
  random: Random,
): Json | null | undefined {
  const found = kind?.find(request);
  if (!kind || !found) return undefined;
  return spelled({ ...found, kind }, schema, evidenceOf(shown, tool, path), random);
}

/** A statement, each name in it as it was seen, or guessed. */
function statement(
  request: string,
  tool: string,
  { path, schema }: Parameter,
  shown: Shown,
  random: Random,
): Json | null | undefined {
  const asked = statementFor(request);
  if (!asked) return undefined;
  const { taken, refused, messages } = evidenceOf(shown, tool, path);
  const looks = random.next() < 0.5;
  const examples = looks && Array.isArray(schema.examples) ? schema.examples : [];
  const seen = [
    ...taken.map(String),
    ...examples.map(String),
    ...shown.calls.filter((call) => call.tool === tool && !call.refused).map(({ result }) => result ?? ''),
  ].join(' ');
  const wrong = messages.flatMap((text) => /no such (?:column|table): (\w+)/.exec(text)?.[1] ?? []);
  const chosen = new Map<string, string>();
  for (const name of namesIn(asked.sql)) {
    const known = (names[name] ?? [name]).filter((one) => !wrong.includes(one));
    const word = known.findLast((one) => new RegExp(`\\b${one}\\b`).test(seen)) ?? known[0];
    if (word === undefined) return null;
    chosen.set(name, word);
  }
  const sql = asked.sql.replace(/\{(\w+)\}/g, (_, name: string) => chosen.get(name) ?? name);
  return refused.includes(sql) ? null : sql;
}

/** Puts a value where its names lead. */
export function put(args: JsonObject, path: readonly string[], value: Json): void {
  let target = args;
  for (const name of path.slice(0, -1)) {
    target[name] ??= {};
    target = target[name] as JsonObject;
  }
  target[path.at(-1) ?? ''] = value;
}
