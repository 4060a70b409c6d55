/** Deeper than any real call. What is deeper would overflow the stack of whoever walks it. */
const maxDepth = 256;

/** Where an object begins and ends in a text that may be broken, and how to close it when the text was cut off. */
export interface ScannedObject {
  /** From the opening brace to the closing one, or to the end of the text, without braces doubled around an object. */
  text: string;
  /** Index after the closing brace in the scanned text; null when the object is never closed. */
  end: number | null;
  /** Whether `{{ … }}` was taken for `{ … }` somewhere. */
  doubled: boolean;
  /** Nested beyond any use: `text` is then not complete. */
  tooDeep: boolean;
  /** An object that is never closed, made whole: what says nothing at its end dropped, quote and brackets closed. */
  closed: string | null;
}

/** What a scan knows where its text ends too early. The indices point into the scanned text. */
interface CutOff {
  /** The last bracket, comma or colon outside strings. */
  mark: number;
  /** The last of them that can stand before a member. */
  member: number;
  inArray: boolean;
  /** The quote of a string that is still open, and where its last escape began. */
  quote: string;
  escape: number;
  /** After the last string that was closed. */
  stringEnd: number;
}

/**
 * Walks over the object that begins at `start` (an opening brace), once. Brackets within strings do not count; a single
 * quote makes a string where one can begin. An object in the place of a key is no JSON, so the braces around it are a
 * prompt template's doubling.
 */
export function scanObject(text: string, start: number): ScannedObject {
  /** Open brackets; `d` is a brace that turned out to be doubled, and goes with its partner. */
  const open: ('{' | '[' | 'd')[] = [];
  const parts: string[] = [];
  let copied = start;
  let depth = 0;
  let doubled = false;
  const cut: CutOff = { mark: start, member: start, inArray: false, quote: '', escape: -1, stringEnd: -1 };
  const drop = (index: number): void => {
    parts.push(text.slice(copied, index));
    copied = index + 1;
    doubled = true;
  };
  const upTo = (index: number): string => parts.join('') + text.slice(copied, index);

  for (let at = start; at < text.length; at++) {
    const char = text[at] as string;
    if (cut.quote !== '') {
      if (char === '\\') cut.escape = at++;
      else if (char === cut.quote && (char === '"' || endsString(text, at))) {
        cut.quote = '';
        cut.stringEnd = at + 1;
      }
      continue;
    }
    switch (char) {
      case '"':
        cut.quote = char;
        break;
      case "'":
        if (isBlank(text, cut.mark + 1, at)) cut.quote = char;
        break;
      case '{':
      case '[':
        if (char === '{' && at > start && text[cut.mark] === '{' && isBlank(text, cut.mark + 1, at)) {
          open[open.length - 1] = 'd';
          depth--;
          drop(cut.mark);
        }
        open.push(char);
        cut.mark = cut.member = at;
        if (++depth > maxDepth)
          return { text: upTo(at + 1), end: null, doubled, tooDeep: true, closed: null };
        break;
      case ']':
        if (open.at(-1) === '[') {
          open.pop();
          depth--;
        }
        cut.mark = at;
        break;
      case '}':
        // An array that was left open ends with the object around it.
        while (open.at(-1) === '[') {
          open.pop();
          depth--;
        }
        if (open.pop() === 'd') drop(at);
        else if (--depth === 0) {
          return { text: upTo(at + 1), end: at + 1, doubled, tooDeep: false, closed: null };
        }
        cut.mark = at;
        break;
      case ',':
        cut.mark = cut.member = at;
        break;
      case ':':
        cut.mark = at;
        break;
    }
  }

  cut.inArray = open.at(-1) === '[';
  const kept = keptOf(text, cut);
  const closers = open.map((bracket) => (bracket === '[' ? ']' : bracket === '{' ? '}' : '')).reverse();
  const closed = upTo(kept.to) + kept.quote + closers.join('');
  return { text: upTo(text.length), end: null, doubled, tooDeep: false, closed };
}

/**
 * How much of a text that was cut off says something. A value that was begun stays as far as it goes. A key without a
 * value goes, and so does a literal or a number of which nothing can be told yet.
 */
function keptOf(text: string, cut: CutOff): { to: number; quote: string } {
  const mark = text[cut.mark] as string;
  if (mark === '}' || mark === ']') return { to: cut.mark + 1, quote: '' };
  const withoutMember = { to: text[cut.member] === ',' ? cut.member : cut.member + 1, quote: '' };
  if (mark !== ':' && !cut.inArray) return withoutMember;
  if (cut.quote !== '') {
    const halfEscape = cut.escape > cut.mark && /^\\(?:u[0-9a-fA-F]{0,3})?$/.test(text.slice(cut.escape));
    return { to: halfEscape ? cut.escape : text.length, quote: cut.quote };
  }
  const value = text.slice(cut.mark + 1).trim();
  if (value === '' || /^(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-|-?\d+\.|-?\d+(?:\.\d+)?[eE][+-]?)$/.test(value))
    return withoutMember;
  // A line of prose after a string is no part of it.
  const prose = cut.stringEnd > cut.mark && /^\s*\n/.test(text.slice(cut.stringEnd));
  return { to: prose ? cut.stringEnd : text.length, quote: '' };
}

/** Whether the single quote at `at` closes a string, rather than being an apostrophe in it. */
function endsString(text: string, at: number): boolean {
  let next = at + 1;
  while (isBlank(text, next, next + 1)) next++;
  return next >= text.length || ',:}]'.includes(text[next] as string);
}

function isBlank(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++)
    if (at >= text.length || !' \t\n\r'.includes(text[at] as string)) return false;
  return true;
}
