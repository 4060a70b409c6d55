import type { JsonObject } from '../../core/json.ts';
import type { Example } from '../../core/trial.ts';
import { reasonOf } from './contrasts.ts';
import { type ExampleFormat, type FormatOptions, type KnownTools, marksOf, toolName } from './format.ts';
import { harmlessJson } from './harmless.ts';
import { shownObservation } from './observation.ts';

/** An example as one object, for programs that build their prompts themselves. */
export function exampleObject(
  example: Example,
  tools: KnownTools,
  { contrasts = false }: FormatOptions = {},
): JsonObject {
  const failed = contrasts ? (example.contrasts ?? []) : [];
  return {
    query: example.query,
    ...(example.kind === undefined ? {} : { kind: example.kind }),
    calls: example.calls.map((call) => ({
      tool: toolName(call.tool, tools),
      arguments: call.arguments,
      observation: shownObservation(call.observation),
    })),
    ...(example.answer === null ? {} : { answer: example.answer }),
    ...(failed.length === 0
      ? {}
      : {
          notThis: failed.map((one) => ({
            tool: toolName(one.tool, tools),
            arguments: one.arguments,
            why: reasonOf(one),
          })),
        }),
    ...marksOf(example),
  };
}

/** The examples as one JSON array of objects: what a prompt needs of them, without their provenance. */
export const objects: ExampleFormat = (examples, tools, options) =>
  `${harmlessJson(
    examples.map((example) => exampleObject(example, tools, options)),
    2,
  )}\n`;
