import { harmlessJson } from '../exampleFormats/harmless.ts';
import type { Edit, Span } from './document.ts';

/**
 * A block of text inside of a string of JSON (or of YAML in double quotes), set off by empty lines from what stands there.
 *
 * @param content From behind the opening quote to before the closing one.
 */
export function intoJsonString(text: string, content: Span, chosen: Span, block: string): Edit {
  const start = behindEscape(text, content.start, Math.max(chosen.start, content.start));
  const end = Math.max(start, behindEscape(text, content.start, Math.min(chosen.end, content.end)));
  const before = text.slice(content.start, start);
  const after = text.slice(end, content.end);
  const lead = before === '' || /(?:\\n){2}$/.test(before) ? '' : before.endsWith('\\n') ? '\n' : '\n\n';
  const trail = after === '' || /^(?:\\n){2}/.test(after) ? '' : after.startsWith('\\n') ? '\n' : '\n\n';
  return { start, end, text: harmlessJson(`${lead}${block.trimEnd()}${trail}`).slice(1, -1) };
}

/** The offset, or where the escape ends in whose middle it lies. */
function behindEscape(text: string, from: number, offset: number): number {
  let at = from;
  while (at < offset) {
    if (text[at] !== '\\') at += 1;
    else at += { u: 6, x: 4, U: 10 }[text[at + 1] ?? ''] ?? 2;
  }
  return at;
}
