import type { JsonObject } from '../../core/json.ts';
import type { RunnerSpec } from '../boundTool.ts';
import { PlaceholderError, placeholdersOf } from '../placeholders.ts';
import { textsOf } from '../runners/filling.ts';
import { parameterNames } from '../schema/parameterNames.ts';

/** The arguments that a runner names and a tool does not have, each once. */
export function unknownArguments(runner: RunnerSpec, parameters: JsonObject): string[] {
  const known = parameterNames(parameters);
  if (known === null) return [];
  const named = textsOf(runner).flatMap(argumentsIn);
  return [...new Set(named)].filter((name) => !known.has(name));
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
