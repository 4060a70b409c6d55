/**
 * Globs of a manifest: `*` and `?` within a part of a path, `**` over parts, `{a,b}` for either. A file of an untrusted
 * workspace may hold them, and they are matched on the engine's main thread: what takes them apart must be linear. The
 * regular expressions that picomatch makes are not: `*a*a*a*a*a*a*a*b` against 120 letters runs for longer than 20 s.
 */

export type Matches = (name: string) => boolean;

type Token = { kind: 'text'; text: string } | { kind: 'one' | 'part' | 'parts' | 'folders' };

/** With more than this a glob is refused: see `globProblem`. */
const mostWildcards = 12;
const mostAlternatives = 32;
const longestGlob = 500;

const tokenPattern = /\*\*\/|\*\*|\*|\?|[^*?]+/g;

/** What is wrong with a glob; null when it can be used. */
export function globProblem(glob: string): string | null {
  if (glob.trim() === '') return 'This is empty.';
  if (glob.length > longestGlob) return `This is longer than ${longestGlob} characters.`;
  const wildcards = glob.match(/\*+|\?/g)?.length ?? 0;
  if (wildcards > mostWildcards)
    return `This has more than ${mostWildcards} wildcards: name less, or more exactly.`;
  return alternativesOf(glob) === null ? `This stands for more than ${mostAlternatives} alternatives.` : null;
}

/** Whether it stands for more than the one name that is written. */
export function isGlob(text: string): boolean {
  return /[*?]|\{[^{}]*,[^{}]*\}/.test(text);
}

/** What is written always matches itself, whatever characters it has. A glob that has a problem matches nothing else. */
export function globMatcher(glob: string): Matches {
  if (!isGlob(glob) || globProblem(glob) !== null) return (name) => name === glob;
  const alternatives = (alternativesOf(glob) ?? []).map(tokensOf);
  return (name) =>
    name === glob || alternatives.some((tokens) => mayMatch(tokens, name) && matches(tokens, name));
}

/** Whether a name fits any of these: most are plain names, and those are looked up. */
export function namesMatcher(globs: readonly string[]): Matches {
  const plain = new Set(globs);
  const others = globs.filter(isGlob).map(globMatcher);
  return (name) => plain.has(name) || others.some((fits) => fits(name));
}

/** The same for paths: the name of a folder stands for everything in it. */
export function pathMatcher(glob: string): Matches {
  const written = glob.replace(/\/+$/, '');
  const itself = globMatcher(written);
  const within = globMatcher(`${written}/**`);
  return (path) => itself(path) || (path.includes('/') && (path.startsWith(`${written}/`) || within(path)));
}

/** Without braces; null when they stand for too much. */
function alternativesOf(glob: string): string[] | null {
  const found = [glob];
  for (let index = 0; index < found.length; ) {
    const text = found[index] as string;
    const braces = /\{([^{}]*,[^{}]*)\}/.exec(text);
    if (!braces) {
      index += 1;
      continue;
    }
    const before = text.slice(0, braces.index);
    const after = text.slice(braces.index + braces[0].length);
    const choices = (braces[1] as string).split(',');
    found.splice(index, 1, ...choices.map((choice) => before + choice + after));
    if (found.length > mostAlternatives) return null;
  }
  return found;
}

function tokensOf(glob: string): Token[] {
  return (glob.match(tokenPattern) ?? []).map((written): Token => {
    if (written === '**/') return { kind: 'folders' };
    if (written === '**') return { kind: 'parts' };
    if (written === '*') return { kind: 'part' };
    return written === '?' ? { kind: 'one' } : { kind: 'text', text: written };
  });
}

/** Whether the literal parts stand in the name, one behind the other: cheap, and false for most names. */
function mayMatch(tokens: readonly Token[], name: string): boolean {
  let at = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'text') continue;
    const found = name.indexOf(token.text, at);
    if (found < 0 || (index === 0 && found > 0)) return false;
    at = found + token.text.length;
  }
  return true;
}

/** From the last token to the first: from which places of the name the tokens up to the end match all that follows. */
function matches(tokens: readonly Token[], name: string): boolean {
  const { length } = name;
  let after = new Uint8Array(length + 2);
  after[length] = 1;
  for (const token of tokens.toReversed()) {
    const from = new Uint8Array(length + 2);
    for (let at = length; at >= 0; at--) {
      const inPart = at < length && name[at] !== '/';
      if (token.kind === 'text') {
        from[at] = name.startsWith(token.text, at) ? (after[at + token.text.length] ?? 0) : 0;
      } else if (token.kind === 'one') from[at] = inPart ? (after[at + 1] ?? 0) : 0;
      else if (token.kind === 'part') from[at] = after[at] || (inPart ? (from[at + 1] ?? 0) : 0);
      else if (token.kind === 'parts') from[at] = after[at] || (at < length ? (from[at + 1] ?? 0) : 0);
      // Any number of whole parts: here, or behind a later "/".
      else from[at] = isStart(name, at) && behindSlash(name, at, after) ? 1 : 0;
    }
    after = from;
  }
  return after[0] === 1;
}

function isStart(name: string, at: number): boolean {
  return at === 0 || name[at - 1] === '/';
}

function behindSlash(name: string, at: number, after: Uint8Array): boolean {
  if (after[at] === 1) return true;
  for (let slash = name.indexOf('/', at); slash >= 0; slash = name.indexOf('/', slash + 1)) {
    if (after[slash + 1] === 1) return true;
  }
  return false;
}
