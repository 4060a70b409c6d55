import type { ExampleFormat } from './format.ts';
import { toolName } from './format.ts';

/** Messages of the chat completions API, as one JSON array: each example a query, its calls with results, its answer. */
export const openai: ExampleFormat = (examples, tools) => {
  let calls = 0;
  const messages = examples.flatMap(({ query, calls: made, answer }) => [
    { role: 'user', content: query },
    ...made.flatMap((call) => {
      calls += 1;
      const id = `call_${calls}`;
      const called = {
        id,
        type: 'function',
        function: { name: toolName(call.tool, tools), arguments: JSON.stringify(call.arguments) },
      };
      return [
        { role: 'assistant', content: '', tool_calls: [called] },
        { role: 'tool', tool_call_id: id, content: call.observation },
      ];
    }),
    ...(answer === null ? [] : [{ role: 'assistant', content: answer }]),
  ]);
  return `${JSON.stringify(messages, null, 2)}\n`;
};
