/**
 * What a call of a foreign tool may do, as far as its spec lets one guess. A person settles it in the manifest.
 *
 * What is guessed to be `read` runs without asking, so only one thing leads there: an HTTP method that reads by convention,
 * with no name that says otherwise. A name alone never does (`get_env` reads, and hands out every key there is), nor does
 * `readOnlyHint`: it is the claim of a server that nobody has vouched for, and a server that means harm would make it, too.
 * Both are told in the reason, for the person who decides. Towards more care everything counts: the gravest hint wins.
 */
import type { Risk } from '../core/tool.ts';
import { verbOf } from './verbs.ts';

/** What a spec tells of a tool's effects. */
export interface RiskHints {
  name: string;
  /** HTTP method, in any case, and the path that it is used on. */
  method?: string;
  path?: string;
  /** MCP annotations: claims of a server that nobody has vouched for. */
  annotations?: { readOnlyHint?: boolean; destructiveHint?: boolean; idempotentHint?: boolean };
}

export interface RiskGuess {
  risk: Risk;
  /** A sentence. */
  reason: string;
}

/** From the mildest to the gravest. */
const gravity: readonly Risk[] = ['read', 'unknown', 'write', 'destructive'];

/** The first guess, and the sentence that says what it was made from. */
export function guessRisk({ name, method, path, annotations }: RiskHints): RiskGuess {
  const guesses = [fromMethod(method), fromAnnotations(annotations), fromName(name), fromPath(path)];
  const found = guesses.filter((guess) => guess !== null);
  const [gravest] = found.toSorted((a, b) => gravity.indexOf(b.risk) - gravity.indexOf(a.risk));
  // A method that reads and a name that agrees, or says nothing.
  const reads = found.find(({ risk }) => risk === 'read');
  if (reads && gravest?.risk === 'unknown') return reads;
  return gravest ?? { risk: 'unknown', reason: 'Nothing in the spec tells what a call may change.' };
}

function fromMethod(written: string | undefined): RiskGuess | null {
  const method = written?.toUpperCase();
  switch (method) {
    case 'GET':
    case 'HEAD':
    case 'OPTIONS':
      return { risk: 'read', reason: `${method} requests read by convention.` };
    case 'POST':
    case 'PUT':
    case 'PATCH':
      return { risk: 'write', reason: `${method} requests write by convention.` };
    case 'DELETE':
      return { risk: 'destructive', reason: 'DELETE requests delete.' };
    default:
      return null;
  }
}

function fromAnnotations(annotations: RiskHints['annotations']): RiskGuess | null {
  const { readOnlyHint, destructiveHint } = annotations ?? {};
  if (readOnlyHint === true) {
    const reason = 'The server says that it only reads; nobody has vouched for the server.';
    return { risk: 'unknown', reason };
  }
  if (destructiveHint === true)
    return { risk: 'destructive', reason: 'The server says that it may destroy.' };
  if (destructiveHint === false)
    return { risk: 'write', reason: 'The server says that it adds and destroys nothing.' };
  // The protocol's own default: what changes something and does not say that it only adds may destroy.
  if (readOnlyHint === false) {
    return {
      risk: 'destructive',
      reason: 'The server says that it changes things, and not that it only adds.',
    };
  }
  return null;
}

function fromName(name: string): RiskGuess | null {
  const verb = verbOf(name);
  if (verb === null) return null;
  const where = verb.first ? 'begins with' : 'has';
  const said = `Its name ${where} "${verb.word}"`;
  if (verb.does === 'read')
    return { risk: 'unknown', reason: `${said}: it may only read, but nothing else says so.` };
  return { risk: verb.does, reason: `${said}.` };
}

/** `GET /users/{id}/delete` is no reading, whatever its name is: the last part of a path that is no parameter. */
function fromPath(path: string | undefined): RiskGuess | null {
  const last = path
    ?.split(/[?#]/, 1)[0]
    ?.split('/')
    .findLast((part) => part !== '' && !part.includes('{'));
  const verb = last === undefined ? null : verbOf(last);
  return verb?.does === 'destructive'
    ? { risk: 'destructive', reason: `Its path has "${verb.word}".` }
    : null;
}
