import type { ExampleFormat } from './format.ts';
import { toolName } from './format.ts';

/** How much of an observation a page shows, characters. */
const shown = 600;

/** For people and for prompts in Markdown: a heading a query, its calls as code. */
export const markdown: ExampleFormat = (examples, tools) =>
  examples
    .map(({ query, calls, answer }) => {
      const parts = [`### ${query.replace(/\s+/g, ' ').trim()}`];
      for (const call of calls) {
        const name = toolName(call.tool, tools);
        parts.push(`Call \`${name}\`:`, fenced('json', JSON.stringify(call.arguments, null, 2)));
        parts.push('Result:', fenced('', cut(call.observation)));
      }
      if (answer !== null) parts.push(`Answer: ${answer.trim()}`);
      return `${parts.join('\n\n')}\n`;
    })
    .join('\n');

function cut(text: string): string {
  const points = [...text.trimEnd()];
  return points.length > shown ? `${points.slice(0, shown).join('')}…` : points.join('');
}

/** A code block that its own content cannot close. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
