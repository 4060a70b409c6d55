/** What tools and models said, in Markdown that a person reads: as text, never as markup. */
import { unseen, writtenOut } from '../../core/unseen.ts';

/** So much of a text is shown, UTF-16 units. */
const longestText = 2000;
const longestBlock = 4000;

/** Nothing in a text may become markup, and no address a link (`:` and `@` make them). What cannot be seen is written out. */
export function asText(text: string): string {
  return text
    .slice(0, longestText)
    .replace(/\s*[\n\r\u2028\u2029]\s*/g, ' ')
    .replace(/\t/g, ' ')
    .replace(unseen, writtenOut)
    .replace(/[\\`*_{}[\]()#+\-.!|<>&~:@$]/g, '\\$&');
}

/** A code block that its own content cannot close. */
export function fenced(language: string, text: string): string {
  const cut = text
    .slice(0, longestBlock)
    .replace(unseen, (character) => (character === '\n' ? character : writtenOut(character)));
  const longest = Math.max(2, ...[...cut.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${cut}\n${fence}`;
}
