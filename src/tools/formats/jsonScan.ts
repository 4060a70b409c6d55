/**
 * Finds its way through JSON text without keeping a tree: a document of 13 MB has a million nodes, and few of them are ever
 * asked for. Comments are passed over, and what is broken is taken as it comes. Nothing here calls itself: nesting cannot
 * overflow the stack. All offsets count UTF-16 units.
 */

/** A member of an object or an item of an array: where its key stands (an item has none) and where its value does. */
export interface Member {
  key: readonly [start: number, end: number];
  value: readonly [start: number, end: number];
}

const quote = 34;
const comma = 44;
const slash = 47;
const colon = 58;
const openBracket = 91;
const backslash = 92;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;

/** Offset of the next character that is neither white space nor in a comment. */
export function skipTrivia(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 10 || code === 13 || code === 9 || code === 0xfeff || code === 0xa0) at++;
    else if (code === slash && isComment(text, at)) at = endOfComment(text, at);
    else return at;
  }
}

/** The members of the object or array that begins here; of a key that stands twice the last one. */
export function membersAt(text: string, start: number): Map<string, Member> {
  const members = new Map<string, Member>();
  const isObject = text.charCodeAt(start) === openBrace;
  let at = skipTrivia(text, start + 1);
  for (; at < text.length; at = skipTrivia(text, at)) {
    const code = text.charCodeAt(at);
    if (isCloser(code)) break;
    if (code === comma || code === colon) {
      at++;
    } else if (!isObject) {
      const value = [at, endOfValue(text, at)] as const;
      members.set(String(members.size), { key: value, value });
      at = value[1];
    } else if (code === quote) {
      const key = [at, endOfString(text, at)] as const;
      at = skipTrivia(text, key[1]);
      if (text.charCodeAt(at) !== colon) continue;
      at = skipTrivia(text, at + 1);
      const isMissing = at >= text.length || isEnd(text.charCodeAt(at));
      const value = isMissing ? key : ([at, endOfValue(text, at)] as const);
      members.set(keyAt(text, key), { key, value });
      if (!isMissing) at = value[1];
    } else {
      at = endOfValue(text, at);
    }
  }
  return members;
}

/** Offset after the value that begins here; at least one character is taken. */
export function endOfValue(text: string, start: number): number {
  const code = text.charCodeAt(start);
  if (code === quote) return endOfString(text, start);
  if (code !== openBrace && code !== openBracket) return endOfLiteral(text, start);
  let depth = 0;
  const end = eachBracket(text, start, (_at, opens) => {
    depth += opens ? 1 : -1;
    return depth > 0;
  });
  return Math.min(end + 1, text.length);
}

/** What lies within brackets that are nested deeper than this: spans from after the opening to the closing one. */
export function tooDeep(text: string, deepest: number): (readonly [start: number, end: number])[] {
  const spans: [number, number][] = [];
  let depth = 0;
  let from = -1;
  eachBracket(text, 0, (at, opens) => {
    if (opens && ++depth === deepest) from = at + 1;
    else if (!opens && depth-- === deepest && at > from) spans.push([from, at]);
    // More closed than opened: it counts from here again.
    if (depth < 0) depth = 0;
    return true;
  });
  if (depth >= deepest) spans.push([from, text.length]);
  return spans.filter(([start, end]) => hasBracket(text, start, end));
}

/** Keys that stand twice in one object, the later ones, at most so many. */
export function repeatedKeys(text: string, most: number): { name: string; at: readonly [number, number] }[] {
  const found: { name: string; at: readonly [number, number] }[] = [];
  const open: (Set<string> | null)[] = [];
  let at = skipTrivia(text, 0);
  while (at < text.length && found.length < most) {
    const code = text.charCodeAt(at);
    if (code === openBrace) open.push(new Set());
    else if (code === openBracket) open.push(null);
    else if (isCloser(code)) open.pop();
    if (code !== quote) {
      at = skipTrivia(text, at + 1);
      continue;
    }
    const key = [at, endOfString(text, at)] as const;
    at = skipTrivia(text, key[1]);
    const keys = open.at(-1);
    if (!keys || text.charCodeAt(at) !== colon) continue;
    const name = keyAt(text, key);
    if (keys.has(name)) found.push({ name, at: key });
    keys.add(name);
  }
  return found;
}

/** Calls for each bracket outside of texts until the answer is false; answers where that was, or the end. */
function eachBracket(text: string, from: number, visit: (at: number, opens: boolean) => boolean): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === slash && isComment(text, at)) at = endOfComment(text, at);
    else {
      const opens = code === openBrace || code === openBracket;
      if ((opens || isCloser(code)) && !visit(at, opens)) return at;
      at++;
    }
  }
  return text.length;
}

/** A text that is not closed ends with its line. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code === backslash) at++;
    else if (code === 10 || code === 13) return at;
  }
  return text.length;
}

function endOfLiteral(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 32 || code === quote || isEnd(code) || (code === slash && isComment(text, at))) return at;
  }
  return text.length;
}

function isCloser(code: number): boolean {
  return code === closeBrace || code === closeBracket;
}

function isEnd(code: number): boolean {
  return code === comma || isCloser(code);
}

function isComment(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  return next === slash || next === 42;
}

function endOfComment(text: string, start: number): number {
  const isBlock = text.charCodeAt(start + 1) === 42;
  const end = isBlock ? text.indexOf('*/', start + 2) : text.indexOf('\n', start + 2);
  if (end < 0) return text.length;
  return isBlock ? end + 2 : end;
}

function hasBracket(text: string, start: number, end: number): boolean {
  return eachBracket(text.slice(start, end), 0, () => false) < end - start;
}

function keyAt(text: string, [start, end]: readonly [number, number]): string {
  const inner = text.slice(start + 1, text.charCodeAt(end - 1) === quote && end - 1 > start ? end - 1 : end);
  if (!inner.includes('\\')) return inner;
  try {
    return JSON.parse(`"${inner}"`) as string;
  } catch {
    return inner;
  }
}
