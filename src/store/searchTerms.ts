import { searchable } from './packing.ts';

/** How what is looked for is written, for FTS5 and for `LIKE`. */

/** Words of a search that are looked at. */
const searchWords = 20;

/** A word of its own column that stands for a tool, so that the index can be asked for one tool. */
export function toolWord(tool: number): string {
  return `tool${tool}`;
}

/** An FTS5 expression for all words of the text, the last of which may be unfinished; null when it has none. */
export function allWords(text: string): string | null {
  const words =
    searchable(text)
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(0, searchWords) ?? [];
  if (words.length === 0) return null;
  return `${words.map((word) => `"${word}"`).join(' AND ')}${/[\p{L}\p{N}]$/u.test(text) ? '*' : ''}`;
}

/** A `LIKE` pattern (escaped by `\`) for what contains the text. */
export function likePattern(text: string): string {
  return `%${searchable(text)
    .slice(0, 1000)
    .replace(/[\\%_]/g, '\\$&')}%`;
}
