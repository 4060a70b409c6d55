/** A YAML text as a tree of nodes that know where they stand, and the list of what is wrong with it. */
import { type Document, isAlias, LineCounter, type Node, type Pair, parseAllDocuments } from 'yaml';
import type { SpecLocation, SpecProblem } from '../../core/tool.ts';

/** Offsets of the first character and of the one after the last. */
export type Span = readonly [number, number];

/** How often one anchor may be used, weighed by how much stands behind it: `yaml`'s guard against bombs. */
const maxAliasCount = 100;

export class YamlSource {
  readonly path: string;
  readonly problems: SpecProblem[] = [];
  readonly #lines = new LineCounter();
  readonly #document: Document | null;
  /** Where the text is no YAML. */
  readonly #broken: Span[] = [];

  constructor(path: string, text: string) {
    this.path = path;
    this.#document = this.#parse(text);
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

  #parse(text: string): Document | null {
    const documents = parseAllDocuments(text, {
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
    return this.#isBomb(document) ? null : document;
  }

  #isBomb(document: Document): boolean {
    try {
      document.toJS({ maxAliasCount });
      return false;
    } catch (error) {
      const message =
        error instanceof ReferenceError && /alias count/i.test(error.message)
          ? 'The aliases of this file unfold to far too much: write out what they stand for.'
          : `The file cannot be read: ${(error as Error).message}`;
      this.report([0, 0], message);
      return true;
    }
  }
}

function syntaxMessage(message: string): string {
  if (/call stack/i.test(message)) return 'This is nested too deeply to be read.';
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
