/** Regular expressions of other dialects as JSON Schema has them: ECMAScript's, in `u` mode. */

const longest = 1_000;

/** The pattern in `u` mode, and whether it is another than written; null for one that cannot be had. */
export function mapPattern(written: string): { pattern: string; changed: boolean } | null {
  if (written.length > longest) return null;
  // People write it as they would in their program.
  const [, literal] = /^\/(\^.*\$)\/[a-z]*$/s.exec(written) ?? [];
  if (literal === undefined && isPattern(written)) return { pattern: written, changed: false };
  for (const attempt of [literal ?? written, translated(literal ?? written)]) {
    if (isPattern(attempt)) return { pattern: attempt, changed: true };
  }
  return null;
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}

/** Anchors and names as Python, PCRE and Java write them, and escapes that only `u` mode minds. */
function translated(text: string): string {
  return text.replace(/\(\?P</g, '(?<').replace(/\\([\s\S])/g, (whole, character: string) => {
    if (character === 'A') return '^';
    if (character === 'Z' || character === 'z') return '$';
    if (character === '-') return '\\x2d';
    return /[a-zA-Z0-9^$\\.*+?()[\]{}|/]/.test(character) ? whole : character;
  });
}
