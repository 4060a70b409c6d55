import { type ExampleFormat, noteOf, toolName } from './format.ts';
import { harmlessJson, harmlessText } from './harmless.ts';
import { shownObservation } from './observation.ts';

/** For people and for prompts in Markdown: a heading a query, its calls as code. */
export const markdown: ExampleFormat = (examples, tools) => markdownBlocks(examples, tools, 3);

/** The same with headings of another level. */
export function markdownBlocks(
  examples: Parameters<ExampleFormat>[0],
  tools: Parameters<ExampleFormat>[1],
  level: number,
): string {
  return examples
    .map((example) => {
      const { query, calls, answer } = example;
      const parts = [`${'#'.repeat(level)} ${inline(query)}`];
      const note = noteOf(example);
      if (note !== null) parts.push(`(${note})`);
      for (const call of calls) {
        const name = harmlessText(toolName(call.tool, tools)).replace(/[`\n]/g, ' ');
        parts.push(`Call \`${name}\`:`, fenced('json', harmlessJson(call.arguments, 2)));
        parts.push('Result:', fenced('', harmlessText(shownObservation(call.observation))));
      }
      if (answer !== null) parts.push(...answerParts(answer.trim()));
      return `${parts.join('\n\n')}\n`;
    })
    .join('\n');
}

/** An answer of several lines could be headings, lists and fences of its own. */
function answerParts(answer: string): string[] {
  if (!/[\r\n]/.test(answer)) return [`Answer: ${inline(answer)}`];
  return ['Answer:', fenced('', harmlessText(answer))];
}

/** One line of text in which nothing is markup: no link, no picture, no HTML, no code. */
function inline(text: string): string {
  const line = harmlessText(text).replace(/\s+/g, ' ').trim();
  return line.replace(/\\(?=[!-/:-@[-`{-~])|[`*[\]<]|&(?=#?\w+;)|(?<=\s)#+$/g, '\\$&');
}

/** A code block that its own content cannot close. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
