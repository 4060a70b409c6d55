import type { ExampleFormat } from './format.ts';
import { toolName } from './format.ts';

/** The text protocol of the paper: query, action, action input, observation, final answer. */
export const react: ExampleFormat = (examples, tools) =>
  examples
    .map(({ query, calls, answer }) => {
      const lines = [`User Query: ${query}`];
      for (const call of calls) {
        lines.push(
          `Action: ${toolName(call.tool, tools)}`,
          `Action Input: ${JSON.stringify(call.arguments)}`,
          `Observation: ${call.observation}`,
        );
      }
      if (answer !== null) lines.push(`Final Answer: ${answer}`);
      return `${lines.join('\n')}\n`;
    })
    .join('\n');
