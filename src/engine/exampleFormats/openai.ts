import type { Example } from '../../core/trial.ts';
import { type ExampleFormat, type KnownTools, speakerOf, toolName } from './format.ts';
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
 * An example as messages: its query, its calls with results, its answer. The user of a demonstration, or of a simulated
 * example, is named so, which the API allows.
 */
export function chatMessages(example: Example, tools: KnownTools, newId: () => string): ApiMessage[] {
  const { query, calls, answer } = example;
  const name = speakerOf(example);
  return [
    { role: 'user', ...(name === null ? {} : { name }), content: query },
    ...calls.flatMap((call): ApiMessage[] => {
      const id = newId();
      const called = { name: toolName(call.tool, tools), arguments: JSON.stringify(call.arguments) };
      return [
        { role: 'assistant', content: '', tool_calls: [{ id, type: 'function', function: called }] },
        { role: 'tool', tool_call_id: id, content: shownObservation(call.observation) },
      ];
    }),
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
export const openai: ExampleFormat = (examples, tools) => {
  const newId = callIds();
  const messages = examples.flatMap((example) => chatMessages(example, tools, newId));
  return `${harmlessJson(messages, 2)}\n`;
};
