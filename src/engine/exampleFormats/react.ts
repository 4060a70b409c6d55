import { type ExampleFormat, noteOf, toolName } from './format.ts';
import { harmlessJson, harmlessText } from './harmless.ts';
import { shownObservation } from './observation.ts';

/** The text protocol of the paper: query, thought, action, action input, observation, final answer. */
export const react: ExampleFormat = (examples, tools) =>
  examples
    .map((example) => {
      const { query, calls, answer } = example;
      const note = noteOf(example);
      const lines = [...(note === null ? [] : [`(${note})`]), `User Query: ${part(query)}`];
      for (const call of calls) {
        const name = part(toolName(call.tool, tools)).replace(/\s+/g, ' ');
        lines.push(
          // What the model thought is not kept with an example; the form wants a thought, so it says the least.
          `Thought: I need ${name} for this.`,
          `Action: ${name}`,
          `Action Input: ${harmlessJson(call.arguments)}`,
          `Observation: ${part(shownObservation(call.observation))}`,
        );
      }
      if (answer !== null) lines.push('Thought: I know the answer now.', `Final Answer: ${part(answer)}`);
      return `${lines.join('\n')}\n`;
    })
    .join('\n');

/** Further lines stand back, so that none of them can pass for a line of the protocol. */
function part(text: string): string {
  return harmlessText(text.trim()).replace(/\n/g, '\n  ');
}
