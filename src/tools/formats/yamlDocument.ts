/** A YAML text as a tree of nodes that know where they stand, and the list of what is wrong with it. */
import {
  type Document,
  isAlias,
  isCollection,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
} from 'yaml';
import type { SpecLocation, SpecProblem } from '../../core/tool.ts';
import { tooDeep } from './jsonScan.ts';

/** Offsets of the first character and of the one after the last. */
export type Span = readonly [number, number];

/** How often one anchor may be used, weighed by how much stands behind it: `yaml`'s guard against bombs. */
const maxAliasCount = 100;

/** Each of them is looked for among all nodes. */
const mostAliases = 1_000;
/** Levels that are read. */
const deepest = 200;
const deepMessage = `This is nested more than ${deepest} levels deep, so the file is not read.`;
/** Brackets that stand open at a time, whatever they are in: each costs the library an exception. */
const mostOpen = 500;

export class YamlSource {
  readonly path: string;
  readonly problems: SpecProblem[] = [];
  readonly #lines = new LineCounter();
  readonly #document: Document | null;
  /** What the first document says as JavaScript has it, aliases shared; undefined when there is nothing to read. */
  #js: unknown;
  /** Where the text is no YAML. */
  readonly #broken: Span[] = [];

  /** `merge`: whether `<<` takes over what another mapping has. */
  constructor(path: string, text: string, merge = false) {
    this.path = path;
    this.#document = this.#isTooDeep(text) ? null : this.#parse(text, merge);
  }

  get js(): unknown {
    return this.#js;
  }

  /** The node of the first document; null when there is nothing to read. */
  get root(): Node | null {
    return this.#document?.contents ?? null;
  }

  /** The node itself, or the one an alias stands for. */
  resolve(node: unknown): unknown {
    return isAlias(node) && this.#document ? node.resolve(this.#document) : node;
  }

  /** Whether the text within a node is no YAML, so that what was read of it may be anything. */
  isBroken(node: unknown): boolean {
    const [start, end] = spanOf(node);
    return this.#broken.some(([from, to]) => from <= end && to >= start);
  }

  lineAndColumn(offset: number): { line: number; column: number } {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }

  /** Where a node stands; the end is the place after its last character. */
  rangeOf(node: unknown): { line: number; column: number; endLine: number; endColumn: number } {
    const [start, end] = Array.isArray(node) ? (node as unknown as Span) : spanOf(node);
    const to = this.lineAndColumn(Math.max(end, start));
    return { ...this.lineAndColumn(start), endLine: to.line, endColumn: to.column };
  }

  /** The same, in this file. */
  place(where: unknown): Required<SpecLocation> {
    return { path: this.path, ...this.rangeOf(where) };
  }

  report(where: unknown, message: string, severity: SpecProblem['severity'] = 'error'): void {
    this.problems.push({ ...this.place(where), severity, message });
  }

  /** Problems in the order in which they stand in the file, each once. */
  sortedProblems(): SpecProblem[] {
    const seen = new Set<string>();
    return this.problems
      .filter((one) => {
        const key = `${one.line}:${one.column}:${one.message}`;
        return !seen.has(key) && seen.add(key);
      })
      .sort((a, b) => a.line - b.line || a.column - b.column);
  }

  #isTooDeep(text: string): boolean {
    const [deep] = tooDeep(text, mostOpen);
    if (!deep) return false;
    this.#lines.addNewLine(0);
    for (const { index } of text.slice(0, deep[0]).matchAll(/\n/g)) this.#lines.addNewLine(index + 1);
    this.report([deep[0], deep[0]], deepMessage);
    return true;
  }

  #parse(text: string, merge: boolean): Document | null {
    const documents = parseAllDocuments(text, {
      merge,
      lineCounter: this.#lines,
      prettyErrors: false,
      // It would warn on our standard error.
      logLevel: 'error',
      // Checked by `MapReader`: the library compares every key with every other.
      uniqueKeys: false,
    });
    const [document, second] = documents as Document[];
    if (!document) return null;
    for (const error of document.errors.slice(0, 100)) {
      this.#broken.push(error.pos);
      this.report(error.pos, syntaxMessage(error.message));
    }
    if (second) {
      const at = second.range?.[0] ?? 0;
      const message = 'A second document begins here; only the first is read. Put its tools into the first.';
      this.report([at, at + 3], message);
    }
    return this.#isReadable(document) ? document : null;
  }

  /** What would take too long or too much is reported and left alone. */
  #isReadable(document: Document): boolean {
    const trap = trapIn(document);
    if (trap) {
      this.report(trap.node, trap.message);
      return false;
    }
    try {
      this.#js = document.toJS({ maxAliasCount });
      return true;
    } catch (error) {
      this.report([0, 0], aliasMessage(error as Error));
      return false;
    }
  }
}

/** What must not be handed to `toJS`, which writes out a key that is a mapping once for each level above it. */
function trapIn(document: Document): { node: unknown; message: string } | null {
  if (document.errors.some(({ message }) => isStackError(message))) {
    return { node: [0, 0], message: deepMessage };
  }
  let aliases = 0;
  const open: { node: unknown; depth: number }[] = [{ node: document.contents, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, depth } = next;
    if (depth > deepest) return { node, message: deepMessage };
    if (isAlias(node) && ++aliases > mostAliases) {
      return {
        node,
        message: `The file has more than ${mostAliases} aliases: write out what they stand for.`,
      };
    }
    if (!isCollection(node)) continue;
    for (const item of node.items) {
      const key = isPair(item) ? item.key : null;
      if (key !== null && !isScalar(key) && !isAlias(key)) {
        return { node: key, message: 'A key must be a plain text, so the file is not read.' };
      }
      open.push({ node: key, depth: depth + 1 });
      open.push({ node: isPair(item) ? item.value : item, depth: depth + 1 });
    }
  }
  return null;
}

function aliasMessage(error: Error): string {
  if (!(error instanceof ReferenceError)) return `The file cannot be read: ${error.message}`;
  if (/alias count/i.test(error.message)) {
    return 'The aliases of this file unfold to far too much: write out what they stand for.';
  }
  return /not resolved/i.test(error.message)
    ? 'An alias in this file stands within what it stands for: write it out.'
    : `The file cannot be read: ${error.message}`;
}

function isStackError(message: string): boolean {
  return /call stack/i.test(message);
}

function syntaxMessage(message: string): string {
  if (isStackError(message)) return 'This is nested too deeply to be read.';
  return `This is no YAML: ${message}`;
}

/** Where a node or a pair stands. */
export function spanOf(node: unknown): Span {
  const range = (node as Partial<Node> | null)?.range;
  if (range) return [range[0], range[1]];
  const pair = node as Partial<Pair> | null;
  if (pair?.key) return spanOf(pair.key);
  return [0, 0];
}
