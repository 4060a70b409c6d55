import { abstentionNote, answerOf } from './abstention.ts';
import { contrastsAbout, reasonOf } from './contrasts.ts';
import { type ExampleFormat, type FormatOptions, noteOf, toolName } from './format.ts';
import { harmlessJson, harmlessText } from './harmless.ts';
import { shownObservation } from './observation.ts';

/** For people and for prompts in Markdown: a heading a query, its calls as code. */
export const markdown: ExampleFormat = (examples, tools, options) =>
  markdownBlocks(examples, tools, 3, options);

/** The same with headings of another level. */
export function markdownBlocks(
  examples: Parameters<ExampleFormat>[0],
  tools: Parameters<ExampleFormat>[1],
  level: number,
  { contrasts = true }: FormatOptions = {},
): string {
  return examples
    .map((example) => {
      const { query, calls } = example;
      const answer = answerOf(example);
      const told = new Set<string>();
      const parts = [`${'#'.repeat(level)} ${inline(query)}`];
      const note = noteOf(example);
      if (note !== null) parts.push(`(${note})`);
      const abstention = abstentionNote(example, tools);
      if (abstention !== null) parts.push(inline(abstention));
      for (const call of calls) {
        const name = harmlessText(toolName(call.tool, tools)).replace(/[`\n]/g, ' ');
        const failed = contrasts && !told.has(call.tool) ? contrastsAbout(example, call.tool) : [];
        told.add(call.tool);
        for (const one of failed) {
          parts.push(`Not this (${inline(reasonOf(one))}):`, fenced('json', harmlessJson(one.arguments, 2)));
        }
        parts.push(
          `${failed.length > 0 ? 'This: call' : 'Call'} \`${name}\`:`,
          fenced('json', harmlessJson(call.arguments, 2)),
        );
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
export function inline(text: string): string {
  const line = harmlessText(text).replace(/\s+/g, ' ').trim();
  return line.replace(/\\(?=[!-/:-@[-`{-~])|[`*[\]<]|&(?=#?\w+;)|(?<=\s)#+$/g, '\\$&');
}

/** A code block that its own content cannot close. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
