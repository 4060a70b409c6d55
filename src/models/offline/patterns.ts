/**
 * Whether a text matches a regular expression from a schema or an error text; null when the expression is none, or is
 * of a kind that could take for ever. Such an expression is never run: it comes from outside, and a bad one hangs.
 */
export function matchesSafely(pattern: string, text: string): boolean | null {
  if (pattern.length > 200 || text.length > 64 || !isTame(pattern)) return null;
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return null;
  }
}

/** No repeated groups, no back references, at most three open repetitions: at worst cubic in 64 characters. */
function isTame(pattern: string): boolean {
  if (/\)[*+{]|\\[1-9k]/.test(pattern)) return false;
  return (pattern.match(/(?<!\\)[*+]|\{\d+,\}/g) ?? []).length <= 3;
}
