import { kindOf } from '../../core/exploit/usable.ts';
import { answerOf } from './abstention.ts';
import { contrastLine } from './contrasts.ts';
import { type ExampleFormat, noteOf, toolName } from './format.ts';
import { harmlessJson, harmlessText } from './harmless.ts';
import { shownObservation } from './observation.ts';

/**
 * The text protocol of the paper: query, thought, action, action input, observation, final answer. What is no part of it
 * stands before, in parentheses.
 */
export const react: ExampleFormat = (examples, tools, { contrasts = true } = {}) =>
  examples
    .map((example) => {
      const { query, calls } = example;
      const answer = answerOf(example);
      const note = noteOf(example);
      const failed = contrasts ? (example.contrasts ?? []) : [];
      const lines = [
        ...(note === null ? [] : [`(${note})`]),
        ...failed.map((one) => `(${part(contrastLine(one, tools))})`),
        `User Query: ${part(query)}`,
      ];
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
      const name = part(toolName(example.tool, tools)).replace(/\s+/g, ' ');
      const thought = {
        call: 'I know the answer now.',
        near_miss: `${name} is not meant for this.`,
        missing_value: `A value that ${name} needs is missing, so I ask for it.`,
      }[kindOf(example)];
      if (answer !== null) lines.push(`Thought: ${thought}`, `Final Answer: ${part(answer)}`);
      return `${lines.join('\n')}\n`;
    })
    .join('\n');

/** Further lines stand back, so that none of them can pass for a line of the protocol. */
function part(text: string): string {
  return harmlessText(text.trim()).replace(/\n/g, '\n  ');
}
