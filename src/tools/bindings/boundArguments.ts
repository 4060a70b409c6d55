import type { JsonObject } from '../../core/json.ts';
import type { RunnerSpec } from '../boundTool.ts';
import { PlaceholderError, placeholdersOf } from '../placeholders.ts';
import { textsOf } from '../runners/filling.ts';
import { parameterNames } from '../schema/parameterNames.ts';

/** The arguments that a runner names, each once. */
export function argumentsOf(runner: RunnerSpec): string[] {
  return [...new Set(textsOf(runner).flatMap(argumentsIn))];
}

/** Those that a tool does not have. */
export function unknownArguments(named: readonly string[], parameters: JsonObject): string[] {
  const known = parameterNames(parameters);
  return known === null ? [] : named.filter((name) => !known.has(name));
}

/** The arguments in a text; none in one that cannot be read. */
export function argumentsIn(text: string): string[] {
  try {
    return placeholdersOf(text).flatMap((one) => (one.kind === 'argument' ? [one.name] : []));
  } catch (error) {
    if (error instanceof PlaceholderError) return [];
    throw error;
  }
}
