import type { JsonObject } from '../../core/json.ts';
import type { Example } from '../../core/trial.ts';
import { type ExampleFormat, type KnownTools, marksOf, toolName } from './format.ts';
import { harmlessJson } from './harmless.ts';
import { shownObservation } from './observation.ts';

/** An example as one object, for programs that build their prompts themselves. */
export function exampleObject(example: Example, tools: KnownTools): JsonObject {
  return {
    query: example.query,
    calls: example.calls.map((call) => ({
      tool: toolName(call.tool, tools),
      arguments: call.arguments,
      observation: shownObservation(call.observation),
    })),
    ...(example.answer === null ? {} : { answer: example.answer }),
    ...marksOf(example),
  };
}

/** The examples as one JSON array of objects: what a prompt needs of them, without their provenance. */
export const objects: ExampleFormat = (examples, tools) =>
  `${harmlessJson(
    examples.map((example) => exampleObject(example, tools)),
    2,
  )}\n`;
