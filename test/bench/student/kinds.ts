/**
 * What the student knows of language: which things people name, and in how many ways each can be written. Which way a tool
 * wants it does not know: that is what documentation, demonstrations and lessons may tell.
 */
import type { Json } from '../../../src/core/json.ts';

/** Ways of writing a thing, by style. */
export type Spellings = Readonly<Record<string, Json>>;

/** A thing that a request may name. */
export interface Concept {
  /** How people say it; the first is what they usually say. */
  said: readonly string[];
  spellings: Spellings;
}

/** A thing as a request names it. `said`, the words of the request, is one of its spellings. */
export interface Found {
  kind: Kind;
  said: string;
  spellings: Spellings;
}

export interface Kind {
  /** Styles in the order in which the student tries them when nobody tells. */
  styles: readonly string[];
  /** Things of this kind; none where they cannot be listed (numbers, days). */
  concepts: readonly Concept[];
  /** What a request names of it, the first. */
  find(request: string): Omit<Found, 'kind'> | null;
  /** Whether a value is written in this style. */
  isWritten(value: Json, style: string): boolean;
}

/** A kind of listed things, found where one of their names stands in the request as words of its own. */
export function listed(styles: readonly string[], concepts: readonly Concept[], around = /(.*)/): Kind {
  // Made once: each request is held against all of them.
  const names = concepts.flatMap(({ said, spellings }) =>
    said.map((words) => ({ pattern: wholeWords(words), spellings })),
  );
  return {
    styles,
    concepts,
    find(request) {
      const part = around.exec(request)?.[1] ?? (around.source === '(.*)' ? request : '');
      const found = names
        .map(({ pattern, spellings }) => ({ spellings, match: pattern.exec(part) }))
        .filter(({ match }) => match !== null)
        // The longest name counts, then the first: "fluid ounces" are no ounces.
        .sort((a, b) => (b.match?.[0].length ?? 0) - (a.match?.[0].length ?? 0))[0];
      if (!found?.match) return null;
      const said = found.match[0];
      return { said, spellings: { said, ...found.spellings } };
    },
    isWritten(value, style) {
      return concepts.some(({ said, spellings }) =>
        style === 'said' ? said.some((words) => words === value) : spellings[style] === value,
      );
    },
  };
}

/** A kind of things that cannot be listed. */
export function open(
  styles: readonly string[],
  find: (request: string) => Omit<Found, 'kind'> | null,
  shapes: Readonly<Record<string, RegExp>> = {},
): Kind {
  return {
    styles,
    concepts: [],
    find,
    isWritten: (value, style) => shapes[style]?.test(String(value)) ?? false,
  };
}

function wholeWords(words: string): RegExp {
  const escaped = words.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'iu');
}
