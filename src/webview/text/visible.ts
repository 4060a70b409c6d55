/** What tools and models said, as text that can hide nothing and turn nothing around. */
import { unseen, writtenOut } from '../../core/unseen.ts';

/** Longest preview, in UTF-16 units: more than one line ever shows. */
const previewLength = 240;

/** Longest text that is opened up in a row; the trial's log has all of it. */
export const blockLength = 50_000;

/** One line: white space collapsed, control characters and those that change the direction written as escapes, cut. */
export function preview(text: string): string {
  const start = text.slice(0, previewLength * 2);
  const line = start.replace(/\s+/g, ' ').trim().replace(unseen, writtenOut);
  const cut = line.length > previewLength || text.length > start.length;
  return cut ? `${whole(line.slice(0, previewLength))}…` : line;
}

/** Several lines, with line breaks and tabs as they are; `left` is how many characters were cut off. */
export function block(text: string): { text: string; left: number } {
  const start = whole(text.replaceAll('\r\n', '\n').slice(0, blockLength));
  return {
    text: start.replace(unseen, (char) => (char === '\n' || char === '\t' ? char : writtenOut(char))),
    left: Math.max(0, text.length - blockLength),
  };
}

/** Without half a character at its end. */
function whole(text: string): string {
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text;
}
