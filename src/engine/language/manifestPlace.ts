/** Where in a manifest a position lies: what is being written there, and within what. The text may be half written. */
import { isMap, isPair, isScalar, isSeq, type Node, type Pair, parseDocument, visit } from 'yaml';
import { isJsonObject, type Json } from '../../core/json.ts';

/** Keys of mappings and indexes of lists, from the root. */
export type Path = readonly (string | number)[];

export interface ManifestPlace {
  /** `key`: of the mapping at `path`. `value`: the one at `path`. `placeholder`: in the text at `path`. */
  kind: 'key' | 'value' | 'placeholder';
  path: Path;
  /** Keys of the mapping, or items of the list, in which it stands, without itself. */
  siblings: string[];
  /** Offsets of what is replaced. */
  from: number;
  to: number;
  /** What stands behind it on the line. */
  behind: string;
  /** The manifest as far as it can be read; what is being written is `marker`. */
  data: Json;
}

/** Stands in the data for what is being written. */
export const marker = 'X9imaginarium9X';

/** A longer text is not taken apart for every letter that is typed. */
const longest = 256 * 1024;

/** Whether a file is a manifest, by its name. */
export function isManifestPath(path: string): boolean {
  return /(?:^|[\\/])(?:imaginarium|[^\\/]*\.tools)\.ya?ml$/.test(path);
}

/** Null where nothing can be completed. */
export function placeAt(text: string, offset: number): ManifestPlace | null {
  if (text.length > longest) return null;
  const word = wordAt(text, offset);
  if (word === null) return null;
  const { from, to, kind } = word;
  const behind = text.slice(to, lineEnd(text, to));
  const written = kind === 'line' && !/^\s*:/.test(behind) ? `${marker}:` : marker;
  const found = markedIn(text.slice(0, from) + written + text.slice(to));
  if (found === null) return null;
  return {
    kind: kind === 'placeholder' ? kind : found.isKey ? 'key' : 'value',
    path: found.path,
    siblings: [...found.siblings, ...listedIn(found.data, found.path)],
    from,
    to,
    behind,
    data: found.data,
  };
}

interface Word {
  kind: 'placeholder' | 'line' | 'other';
  from: number;
  to: number;
}

function wordAt(text: string, offset: number): Word | null {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(start, offset);
  const after = text.slice(offset, lineEnd(text, offset));
  const placeholder = /(?<!\$)\$(?:\{[\w:.-]*)?$/.exec(before);
  if (placeholder) {
    const rest = /^[\w:.-]*\}?/.exec(after)?.[0] ?? '';
    // Of a placeholder that is not closed only what is written of it is replaced.
    const to = rest.endsWith('}') || after === '' ? rest.length : 0;
    return { kind: 'placeholder', from: start + placeholder.index, to: offset + to };
  }
  if (/(?:^|\s)#/.test(before.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, ''))) return null;
  const word = /["']?(?:[^\s,:{}[\]"'#][^\s,:{}[\]"']*)?$/.exec(before)?.[0] ?? '';
  const rest = /^[^\s,:{}[\]"'#]*["']?/.exec(after)?.[0] ?? '';
  const around = before.slice(0, before.length - word.length);
  const kind = /^\s*(?:-\s+)*$/.test(around) ? 'line' : /(?::\s+|[{[,]\s*)$/.test(around) ? 'other' : null;
  return kind && { kind, from: start + around.length, to: offset + rest.length };
}

interface Marked {
  isKey: boolean;
  path: Path;
  siblings: string[];
  data: Json;
}

function markedIn(text: string): Marked | null {
  const document = parseDocument(text, { uniqueKeys: false, logLevel: 'error' });
  let found: Omit<Marked, 'data'> | null = null;
  visit(document, {
    Scalar(key, node, ancestors) {
      if (typeof node.value !== 'string' || !node.value.includes(marker)) return undefined;
      const isKey = key === 'key';
      const path = pathOf(isKey ? ancestors.slice(0, -1) : ancestors, node);
      found = { isKey, path, siblings: siblingsOf(isKey, ancestors) };
      return visit.BREAK;
    },
  });
  if (found === null) return null;
  try {
    return { ...(found as Omit<Marked, 'data'>), data: document.toJS() as Json };
  } catch {
    // Aliases that unfold to far too much, or lead nowhere.
    return null;
  }
}

/** Texts of the list of which a path names an item: on a line of its own an item looks like a mapping while it is written. */
function listedIn(data: Json, path: Path): string[] {
  if (typeof path.at(-1) !== 'number') return [];
  const list = path.slice(0, -1).reduce<Json | undefined>(jsonChild, data);
  const texts = Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
  return texts.filter((text) => !text.includes(marker));
}

/** What stands under a key or an index. */
export function jsonChild(value: Json | undefined, key: string | number): Json | undefined {
  if (Array.isArray(value)) return value[Number(key)];
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The way from the root through these nodes. */
function pathOf(ancestors: readonly unknown[], node: unknown): Path {
  const path: (string | number)[] = [];
  for (const [index, one] of ancestors.entries()) {
    if (isPair(one)) path.push(keyOf(one));
    else if (isSeq(one)) path.push(one.items.indexOf((ancestors[index + 1] ?? node) as Node));
  }
  return path;
}

/** Keys of the mapping in which a key stands. */
function siblingsOf(isKey: boolean, ancestors: readonly unknown[]): string[] {
  const around = ancestors.at(-2);
  return isKey && isMap(around) ? around.items.map(keyOf).filter((key) => !key.includes(marker)) : [];
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}

export interface ManifestNode {
  path: Path;
  isKey: boolean;
  value: string;
  /** The placeholder on which the position lies, without its braces. */
  placeholder: string | null;
  /** Where what stands at a path stands, its key or its value; null when there is nothing. */
  find(path: Path, part: 'key' | 'value'): { from: number; to: number } | null;
  data: Json;
}

/** The text on which an offset lies; null where none does. */
export function nodeAt(text: string, offset: number): ManifestNode | null {
  if (text.length > longest) return null;
  const document = parseDocument(text, { uniqueKeys: false, logLevel: 'error' });
  let found: Pick<ManifestNode, 'path' | 'isKey' | 'value'> | null = null;
  visit(document, {
    Scalar(key, node, ancestors) {
      const [from, to] = node.range ?? [0, -1];
      if (offset < from || offset > to) return undefined;
      const isKey = key === 'key';
      const path = pathOf(ancestors, node);
      found = { isKey, path, value: String(node.value) };
      return visit.BREAK;
    },
  });
  if (found === null) return null;
  const find: ManifestNode['find'] = (path, part) => {
    const around = path.slice(0, -1).reduce<unknown>((node, key) => childOf(node, key), document.contents);
    const last = path.at(-1) ?? '';
    const pair = isMap(around) ? around.items.find((one) => keyOf(one) === String(last)) : null;
    const node = pair && part === 'key' ? pair.key : childOf(around, last);
    const range = (node as Node | null)?.range;
    return range ? { from: range[0], to: range[1] } : null;
  };
  try {
    const data = document.toJS() as Json;
    return {
      ...(found as Pick<ManifestNode, 'path' | 'isKey' | 'value'>),
      placeholder: placeholderAt(text, offset),
      find,
      data,
    };
  } catch {
    return null;
  }
}

function childOf(node: unknown, key: string | number): unknown {
  if (isSeq(node)) return node.items[Number(key)];
  if (!isMap(node)) return null;
  return node.items.find((one) => keyOf(one) === String(key))?.value ?? null;
}

function placeholderAt(text: string, offset: number): string | null {
  const start = text.lastIndexOf('${', offset);
  const end = text.indexOf('}', Math.max(start, 0));
  if (start < 0 || end < offset || text.slice(start, end).includes('\n') || text[start - 1] === '$')
    return null;
  return text.slice(start + 2, end);
}

function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : text[at - 1] === '\r' ? at - 1 : at;
}
