/** Deeper than any real call; what is deeper would overflow the stack of whoever walks it. */
const maxDepth = 256;

/** Where an object begins and ends in a text that may be broken, and what is left open when the text was cut off. */
export interface ScannedObject {
  /** From the opening brace to the closing one, or to the end of the text, without braces doubled around an object. */
  text: string;
  /** Index after the closing brace in the scanned text; null when the object is never closed. */
  end: number | null;
  /** Whether `{{ … }}` was taken for `{ … }` somewhere. */
  doubled: boolean;
  /** Nested beyond any use: `text` is then not complete. */
  tooDeep: boolean;
  /** The same object made whole, when it was never closed: an unfinished last member dropped, brackets closed. */
  closed: string | null;
}

/**
 * Walks over the object that begins at `start` (an opening brace), once. Brackets within double-quoted strings do not
 * count. An object in the place of a key is no JSON, so its outer braces are a prompt template's doubling.
 */
export function scanObject(text: string, start: number): ScannedObject {
  /** Open brackets; `d` is a brace that turned out to be doubled, and goes with its partner. */
  const open: ('{' | '[' | 'd')[] = [];
  const parts: string[] = [];
  let copied = start;
  let depth = 0;
  let doubled = false;
  /** Index of the last bracket, comma or colon outside strings, and of the last one that can begin a member. */
  let last = start;
  let memberAt = start;
  let stringAt = -1;
  const drop = (index: number): void => {
    parts.push(text.slice(copied, index));
    copied = index + 1;
    doubled = true;
  };
  const result = (to: number, rest: Pick<ScannedObject, 'end' | 'tooDeep' | 'closed'>): ScannedObject => ({
    text: parts.join('') + text.slice(copied, to),
    doubled,
    ...rest,
  });

  for (let at = start; at < text.length; at++) {
    const char = text[at] as string;
    if (stringAt >= 0) {
      if (char === '\\') at++;
      else if (char === '"') stringAt = -1;
      continue;
    }
    switch (char) {
      case '"':
        stringAt = at;
        break;
      case '{':
      case '[':
        if (char === '{' && at > start && text[last] === '{' && isBlank(text, last + 1, at)) {
          open[open.length - 1] = 'd';
          depth--;
          drop(last);
        }
        open.push(char);
        last = memberAt = at;
        if (++depth > maxDepth) return result(at + 1, { end: null, tooDeep: true, closed: null });
        break;
      case ']':
        if (open.at(-1) === '[') {
          open.pop();
          depth--;
        }
        last = at;
        break;
      case '}': {
        // An array that was left open ends with the object around it.
        while (open.at(-1) === '[') {
          open.pop();
          depth--;
        }
        if (open.pop() === 'd') drop(at);
        else if (--depth === 0) return result(at + 1, { end: at + 1, tooDeep: false, closed: null });
        last = at;
        break;
      }
      case ',':
        last = memberAt = at;
        break;
      case ':':
        last = at;
        break;
    }
  }

  const inArray = open.at(-1) === '[';
  const kept = keptOfCut(text, { last, memberAt, stringAt, inArray });
  const closers = open.map((bracket) => (bracket === '[' ? ']' : bracket === '{' ? '}' : '')).reverse();
  const whole = parts.join('') + text.slice(copied, kept.to) + kept.quote + closers.join('');
  return result(text.length, { end: null, tooDeep: false, closed: whole });
}

/**
 * How much of a text that was cut off says something: a value that was begun stays as far as it goes, a key without a
 * value goes, and so does a literal of which only the beginning stands there.
 */
function keptOfCut(
  text: string,
  cut: { last: number; memberAt: number; stringAt: number; inArray: boolean },
): { to: number; quote: '' | '"' } {
  const bracket = text[cut.last] as string;
  const isValue = bracket === ':' || (cut.inArray && (bracket === ',' || bracket === '['));
  const withoutMember = text[cut.memberAt] === ',' ? cut.memberAt : cut.memberAt + 1;
  if (bracket === '}' || bracket === ']') return { to: cut.last + 1, quote: '' };
  if (!isValue) return { to: withoutMember, quote: '' };
  if (cut.stringAt >= 0) {
    const half = /\\(?:u[0-9a-fA-F]{0,3})?$/.exec(text.slice(Math.max(cut.stringAt + 1, text.length - 6)));
    // An even run of backslashes is text, not the beginning of an escape.
    const backslashes = /\\*$/.exec(
      text.slice(cut.stringAt + 1, text.length - (half ? half[0].length - 1 : 0)),
    );
    const isHalf = half !== null && (backslashes?.[0].length ?? 0) % 2 === 1;
    return { to: text.length - (isHalf ? half[0].length : 0), quote: '"' };
  }
  const value = text.slice(cut.last + 1).trim();
  if (value !== '' && !/^(?:-|t|tr|tru|f|fa|fal|fals|n|nu|nul)$/.test(value))
    return { to: text.length, quote: '' };
  return { to: withoutMember, quote: '' };
}

function isBlank(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!' \t\n\r'.includes(text[at] as string)) return false;
  return true;
}
