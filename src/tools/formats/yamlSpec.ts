/** A foreign YAML text: values as JSON has them, problems and places. */
import { isMap, isPair, isScalar, isSeq, type Pair } from 'yaml';
import type { Json } from '../../core/json.ts';
import { keysOf } from '../../core/jsonPointer.ts';
import type { SpecProblem } from '../../core/tool.ts';
import type { SpecDocument, SpecRange } from './document.ts';
import { TextLines } from './textLines.ts';
import { type Span, spanOf, YamlSource } from './yamlDocument.ts';

/** Problems of one text that are worth telling. */
const mostProblems = 20;

export class YamlDocument implements SpecDocument {
  readonly kind = 'yaml';
  readonly value: Json | undefined;
  readonly #source: YamlSource;
  readonly #lines: TextLines;
  readonly #text: string;
  /** The pairs of the mappings that were asked for, by key. */
  readonly #pairs = new Map<unknown, Map<string, Pair>>();
  #problems: SpecProblem[] | null = null;

  constructor(path: string, text: string) {
    this.#source = new YamlSource(path, text, true);
    this.#lines = new TextLines(text);
    this.#text = text;
    this.value = this.#read();
  }

  #read(): Json | undefined {
    const { js } = this.#source;
    if (js === undefined) return undefined;
    const value = asJson(js);
    if (value === undefined) {
      this.#source.report(
        [0, 0],
        'The aliases of this file go in circles or too deep: write out what they stand for.',
      );
    }
    return value;
  }

  get problems(): readonly SpecProblem[] {
    if (this.#problems === null) {
      this.#reportKeys();
      this.#problems = this.#source.sortedProblems().slice(0, mostProblems);
    }
    return this.#problems;
  }

  locate(pointer: string, part: 'key' | 'value' = 'value'): SpecRange {
    let node: unknown = this.#source.resolve(this.#source.root);
    let key: unknown = node;
    for (const name of keysOf(pointer)) {
      const pair = isMap(node) ? this.#pairsOf(node).get(name) : undefined;
      const next = pair ? pair.value : isSeq(node) ? node.items[Number(name)] : undefined;
      if (!pair && (next === undefined || next === null)) break;
      // A key without a value stands for both.
      key = pair?.key ?? next;
      node = this.#source.resolve(next ?? pair?.key);
    }
    return this.#rangeOf(part === 'key' ? key : node);
  }

  /** Without the white space before the next line, which a block's range has at its end. */
  #rangeOf(node: unknown): SpecRange {
    const [start, after] = spanOf(node);
    let end = after;
    while (end > start && /\s/.test(this.#text[end - 1] as string)) end--;
    return this.#lines.range(start, end);
  }

  #pairsOf(map: { items: unknown[] }): Map<string, Pair> {
    const known = this.#pairs.get(map);
    if (known) return known;
    const pairs = new Map<string, Pair>();
    for (const pair of map.items) if (isPair(pair)) pairs.set(this.#keyOf(pair), pair);
    this.#pairs.set(map, pairs);
    return pairs;
  }

  #keyOf(pair: Pair): string {
    const key = this.#source.resolve(pair.key);
    return isScalar(key) ? String(key.value) : '';
  }

  #reportKeys(): void {
    const open: unknown[] = [this.#source.root];
    for (let node = open.pop(); node; node = open.pop()) {
      if (isSeq(node)) for (const item of node.items) open.push(item);
      if (!isMap(node)) continue;
      const seen = new Set<string>();
      for (const pair of node.items) {
        const name = this.#keyOf(pair);
        const at = spanOf(pair.key) as Span;
        if (name === '__proto__') {
          const message = '"__proto__" cannot be used as a name: what stands under it is not read.';
          this.#source.report(at, message);
        } else if (seen.has(name) && name !== '<<') {
          const message = `${JSON.stringify(name)} stands twice here: only the last one counts.`;
          this.#source.report(at, message, 'warning');
        }
        seen.add(name);
        open.push(pair.value);
      }
    }
  }
}

/** Aliases can lead deeper than what is written. */
const deepest = 200;

/** What aliases share stays shared. Undefined for what stands within itself. */
function asJson(root: unknown): Json | undefined {
  const seen = new Map<object, Json>();
  let fits = true;
  const convert = (value: unknown, depth: number): Json => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') return value;
    if (typeof value !== 'object') return value === undefined ? null : String(value);
    const known = seen.get(value);
    if (known !== undefined) return known;
    fits &&= depth < deepest;
    const converted = fits ? convertObject(value, depth + 1) : null;
    seen.set(value, converted);
    return converted;
  };
  const convertObject = (value: object, depth: number): Json => {
    const list = (items: Iterable<unknown>): Json[] => Array.from(items, (item) => convert(item, depth));
    if (Array.isArray(value)) return list(value);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
    if (value instanceof Set || value instanceof Uint8Array) return list(value);
    const entries = value instanceof Map ? [...value] : Object.entries(value);
    const kept = entries.filter(([name]) => name !== '__proto__');
    return Object.fromEntries(kept.map(([name, inner]) => [String(name), convert(inner, depth)]));
  };
  const value = convert(root, 0);
  return fits ? value : undefined;
}
