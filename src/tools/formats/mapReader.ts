/** Reads the keys of one YAML mapping, each with its type, and reports what does not fit. */
import { isMap, isPair, isScalar, isSeq, type Pair, type Scalar } from 'yaml';
import { didYouMean } from '../suggest.ts';
import type { YamlSource } from './yamlDocument.ts';

/** A value with the node it was read from, for problems found later. */
export interface At<T> {
  value: T;
  node: unknown;
}

export class MapReader {
  readonly source: YamlSource;
  /** The mapping itself. */
  readonly node: unknown;
  readonly #what: string;
  readonly #pairs = new Map<string, Pair>();
  #failed = false;

  /** `what` names the mapping in messages, for instance `tool "add_date"`. */
  constructor(source: YamlSource, node: unknown, what: string) {
    this.source = source;
    this.node = source.resolve(node);
    this.#what = what;
    if (!isMap(this.node)) {
      this.fail(node, `${capital(what)} must be a mapping (key: value), not ${kindOf(this.node)}.`);
      return;
    }
    for (const pair of this.node.items) if (isPair(pair)) this.#take(pair);
  }

  /** Whether an error was reported through this reader. */
  get failed(): boolean {
    return this.#failed;
  }

  get keys(): string[] {
    return [...this.#pairs.keys()];
  }

  fail(node: unknown, message: string): void {
    this.#failed = true;
    this.source.report(node, message);
  }

  /** Something under this mapping is wrong and was reported elsewhere. */
  invalidate(): void {
    this.#failed = true;
  }

  warn(node: unknown, message: string): void {
    this.source.report(node, message, 'warning');
  }

  /** Warns of every key that is none of these: a newer manifest must stay readable, a misspelt key must be seen. */
  knows(...known: string[]): void {
    for (const [key, pair] of this.#pairs) {
      if (known.includes(key)) continue;
      const hint = didYouMean(key, known) || ` It has: ${known.join(', ')}.`;
      this.warn(pair.key, `${capital(this.#what)} has no key "${short(key)}".${hint}`);
    }
  }

  /** The value's node, aliases resolved; null when the key is missing or has no value. */
  get(key: string): unknown {
    const value = this.source.resolve(this.#pairs.get(key)?.value);
    return isScalar(value) && value.value === null ? null : (value ?? null);
  }

  has(key: string): boolean {
    return this.#pairs.has(key);
  }

  keyNode(key: string): unknown {
    return this.#pairs.get(key)?.key ?? this.node;
  }

  text(key: string): At<string> | null {
    return this.#scalar(key, 'a text', (value) => typeof value === 'string');
  }

  /** A number above zero. */
  positive(key: string, unit: string, most: number): At<number> | null {
    const fits = (value: unknown): boolean => typeof value === 'number' && value > 0 && value <= most;
    return this.#scalar(key, `a number of ${unit} above 0, at most ${most}`, fits);
  }

  oneOf<T extends string>(key: string, allowed: readonly T[]): At<T> | null {
    const found = this.text(key);
    if (!found) return null;
    const value = found.value as T;
    if (allowed.includes(value)) return { ...found, value };
    const hint = didYouMean(value, allowed);
    this.fail(found.node, `"${key}" must be one of ${allowed.join(', ')}, not "${short(value)}".${hint}`);
    return null;
  }

  map(key: string): MapReader | null {
    const node = this.get(key);
    if (node === null) {
      if (this.has(key)) this.fail(this.keyNode(key), `"${key}" of ${this.#what} is empty.`);
      return null;
    }
    const reader = new MapReader(this.source, node, `"${key}" of ${this.#what}`);
    if (reader.failed) this.#failed = true;
    return reader;
  }

  list(key: string): unknown[] | null {
    const node = this.get(key);
    if (node === null) return null;
    if (isSeq(node)) return node.items.map((item) => this.source.resolve(item));
    this.fail(node, `"${key}" of ${this.#what} must be a list, not ${kindOf(node)}.`);
    return null;
  }

  /** A list of texts; numbers are taken as they are written. */
  texts(key: string): At<string>[] | null {
    const items = this.list(key);
    if (!items) return null;
    return items.flatMap((node) => this.#written(node, `each entry of "${key}"`));
  }

  /** A mapping of names to texts; numbers and booleans are taken as they are written. */
  textMap(key: string): Map<string, At<string>> {
    const reader = this.map(key);
    const found = new Map<string, At<string>>();
    for (const name of reader?.keys ?? []) {
      const [text] = this.#written(reader?.get(name) ?? reader?.keyNode(name), `"${name}" of "${key}"`);
      if (text) found.set(name, text);
    }
    return found;
  }

  #written(node: unknown, what: string): At<string>[] {
    if (isScalar(node) && ['string', 'number', 'boolean'].includes(typeof node.value)) {
      return [{ value: writtenAs(node), node }];
    }
    this.fail(node ?? this.node, `${capital(what)} must be a text, not ${kindOf(node)}.`);
    return [];
  }

  #scalar<T>(key: string, what: string, fits: (value: unknown) => boolean): At<T> | null {
    const node = this.get(key);
    if (node === null) {
      if (this.has(key))
        this.fail(this.keyNode(key), `"${key}" of ${this.#what} must be ${what}; it is empty.`);
      return null;
    }
    if (isScalar(node) && fits(node.value)) return { value: node.value as T, node };
    this.fail(node, `"${key}" of ${this.#what} must be ${what}, not ${kindOf(node)}.`);
    return null;
  }

  #take(pair: Pair): void {
    const key = this.source.resolve(pair.key);
    if (!isScalar(key)) {
      this.fail(pair.key, `A key of ${this.#what} must be a plain text.`);
      return;
    }
    const name = String(key.value);
    if (name === '__proto__') this.fail(pair.key, '"__proto__" cannot be used as a name.');
    else if (this.#pairs.has(name))
      this.fail(pair.key, `"${short(name)}" stands twice in ${this.#what}: keep one of them.`);
    else this.#pairs.set(name, pair);
  }
}

function writtenAs(node: Scalar): string {
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
}

/** What a node is, for a message. */
export function kindOf(node: unknown): string {
  if (isMap(node)) return 'a mapping';
  if (isSeq(node)) return 'a list';
  if (!isScalar(node) || node.value === null) return 'nothing';
  return typeof node.value === 'string' ? `the text "${short(node.value)}"` : short(String(node.value));
}

export function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
