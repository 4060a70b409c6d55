import type { JsonObject } from '../../core/json.ts';
import type { Example } from '../../core/trial.ts';
import { answerOf } from './abstention.ts';
import { contrastsAbout, reasonOf } from './contrasts.ts';
import { type ExampleFormat, type FormatOptions, type KnownTools, speakerOf, toolName } from './format.ts';
import { harmlessJson } from './harmless.ts';
import { shownObservation } from './observation.ts';

/** A message of the chat completions API. */
export type ApiMessage =
  | { role: 'user'; content: string; name?: string }
  | { role: 'assistant'; content: string; tool_calls?: ApiCall[] }
  | { role: 'tool'; tool_call_id: string; content: string };

interface ApiCall {
  id: string;
  type: 'function';
  function: { name: string; arguments: string };
}

/**
 * An example as messages: its query, its calls with results, its answer. In an abstention the answer follows the query. The
 * user of a demonstration, or of a simulated example, is named so, which the API allows. With `contrasts` the calls that
 * failed come before the one that worked, each with what the tool said.
 */
export function chatMessages(
  example: Example,
  tools: KnownTools,
  newId: () => string,
  { contrasts = false }: FormatOptions = {},
): ApiMessage[] {
  const { query, calls } = example;
  const answer = answerOf(example);
  const name = speakerOf(example);
  const exchange = (tool: string, args: JsonObject, result: string): ApiMessage[] => {
    const id = newId();
    const called = { name: toolName(tool, tools), arguments: JSON.stringify(args) };
    return [
      { role: 'assistant', content: '', tool_calls: [{ id, type: 'function', function: called }] },
      { role: 'tool', tool_call_id: id, content: result },
    ];
  };
  const first = new Map(calls.map((call) => [call.tool, calls.findIndex(({ tool }) => tool === call.tool)]));
  return [
    { role: 'user', ...(name === null ? {} : { name }), content: query },
    ...calls.flatMap((call, index) => [
      ...(contrasts && first.get(call.tool) === index
        ? contrastsAbout(example, call.tool).flatMap((one) =>
            exchange(one.tool, one.arguments, `Error: ${reasonOf(one)}`),
          )
        : []),
      ...exchange(call.tool, call.arguments, shownObservation(call.observation)),
    ]),
    ...(answer === null ? [] : [{ role: 'assistant' as const, content: answer }]),
  ];
}

/** Ids for calls that are none of those in a text, and no id twice. */
export function callIds(taken = ''): () => string {
  const known = new Set(taken.match(/\bcall_\d+\b/g));
  let number = 0;
  return () => {
    do number += 1;
    while (known.has(`call_${number}`));
    return `call_${number}`;
  };
}

/** Messages of the chat completions API, as one JSON array. */
export const openai: ExampleFormat = (examples, tools, options) => {
  const newId = callIds();
  const messages = examples.flatMap((example) => chatMessages(example, tools, newId, options));
  return `${harmlessJson(messages, 2)}\n`;
};
