/** Bounds of a number, or of the length of a text or list. */
export interface Limits {
  min?: number;
  max?: number;
  exclusive?: boolean;
}

const number = String.raw`(-?\d[\d_]*(?:\.\d+)?)`;
const rule = (words: string) =>
  new RegExp(`(?:${words})\\s*(?:value\\s*)?(?:is\\s+|of\\s+|:\\s*|be\\s+)?\\(?${number}`, 'i');

const between = new RegExp(
  `(?:between|range(?: of)?|from|interval|must be|in)\\s*:?\\s*[[(]?${number}\\s*(?:and|to|through|-|–|\\.\\.\\.?=?|,)\\s*${number}`,
  'i',
);
const least = rule(
  '>=|≥|greater than or equal to|at least|minimum|no less than|not be less than|not be lower than|fewer than|shorter than|less than the minimum|not be smaller than',
);
const most = rule(
  "<=|≤|less than or equal to|at most|maximum|no more than|not be (?:more|greater|higher|larger) than|(?:not |cannot |can't )exceeds?|exceeds(?: the)?|up to|NOT have more than|longer than|greater than the maximum",
);
const above = rule(
  '>|(?<!not be )greater than|(?<!not be |no )more than|(?<!not be )larger than|(?<!not be )higher than',
);
const below = rule('<|(?<!not be |no )less than|(?<!not be )lower than|(?<!not be )smaller than');

/** The bounds of a number that a text states; null when it states none, or speaks of a length. */
export function rangeIn(text: string): Limits | null {
  return speaksOfLength(text) ? null : limits(text);
}

/** The bounds of a length that a text states; null when it states none. */
export function lengthIn(text: string): Limits | null {
  if (!speaksOfLength(text)) return null;
  const exact = new RegExp(
    `(?:exactly|must be|length(?: must be| of)?|be)\\s+${number}\\s*(?:characters|chars|long|digits|letters|items)`,
    'i',
  ).exec(text);
  if (exact && !/at least|at most|more than|less than|between/i.test(text))
    return { min: value(exact[1]), max: value(exact[1]) };
  const found = limits(text);
  if (!found) return null;
  const { exclusive, ...plain } = found;
  if (!exclusive) return plain;
  return {
    ...(plain.min === undefined ? {} : { min: plain.min + 1 }),
    ...(plain.max === undefined ? {} : { max: plain.max - 1 }),
  };
}

function speaksOfLength(text: string): boolean {
  return /\b(?:characters?|chars?|length|long|items|elements|letters|digits)\b/i.test(text);
}

function limits(text: string): Limits | null {
  const pair = between.exec(text);
  if (pair && value(pair[1]) <= value(pair[2])) return { min: value(pair[1]), max: value(pair[2]) };
  const [min, max] = [least.exec(text)?.[1], most.exec(text)?.[1]];
  if (min !== undefined || max !== undefined) {
    return {
      ...(min === undefined ? {} : { min: value(min) }),
      ...(max === undefined ? {} : { max: value(max) }),
    };
  }
  const [over, under] = [above.exec(text)?.[1], below.exec(text)?.[1]];
  if (over !== undefined || under !== undefined) {
    return {
      ...(over === undefined ? {} : { min: value(over) }),
      ...(under === undefined ? {} : { max: value(under) }),
      exclusive: true,
    };
  }
  if (/\b(?:non-?negative|must not be negative|cannot be negative)\b/i.test(text)) return { min: 0 };
  return /\bpositive\b/i.test(text) ? { min: 0, exclusive: true } : null;
}

function value(text = ''): number {
  return Number(text.replaceAll('_', ''));
}
