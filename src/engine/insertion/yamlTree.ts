/** Where in a YAML document an offset lies. */
import {
  type Alias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
  type Document as YamlDocument,
} from 'yaml';
import { lineStart, type Span } from './document.ts';

export type YamlNode = YAMLMap | YAMLSeq | Scalar | Alias;

/** A value with an offset in it, or before its place has ended. */
export interface Frame {
  /** Null for a value that is missing (`messages:` and nothing). */
  node: YamlNode | null;
  /** Offset where the value begins or would begin. */
  at: number;
  /** What it is the value of, where it is one. */
  key: string | null;
  keyNode: Scalar | null;
  parent: YAMLMap | null;
}

export function rangeOf(node: YamlNode): Span {
  const [start, end] = node.range ?? [0, 0];
  return { start, end };
}

/** Where a document of a file begins. */
export function startOf(document: YamlDocument): number {
  return document.range?.[0] ?? 0;
}

/** Whether a collection stands in brackets. */
export function isFlow(node: YAMLMap | YAMLSeq): boolean {
  return node.flow === true;
}

/** A value that is written as nothing. */
export function isMissing(node: unknown): boolean {
  if (node === null || node === undefined) return true;
  return isScalar(node) && node.value === null && (node.source ?? '') === '';
}

/** The values that an offset lies in or behind, the outermost first. */
export function framesAt(document: YamlDocument, offset: number): Frame[] {
  const frames: Frame[] = [];
  let frame: Frame | null = { ...noKey, node: document.contents as YamlNode | null, at: startOf(document) };
  while (frame !== null) {
    frames.push(frame);
    frame = frame.node === null ? null : inner(frame.node, offset);
  }
  return frames;
}

const noKey = { key: null, keyNode: null, parent: null };

function inner(node: YamlNode, offset: number): Frame | null {
  if ((isMap(node) || isSeq(node)) && isFlow(node)) {
    const { start, end } = rangeOf(node);
    if (offset <= start || offset >= end) return null;
  }
  if (isSeq(node)) {
    const starts = itemStarts(node);
    const index = starts.findLastIndex((start) => start < offset);
    if (index < 0) return null;
    const item = node.items[index];
    if (isPair(item)) return null;
    return { ...noKey, node: isMissing(item) ? null : (item as YamlNode), at: starts[index] ?? 0 };
  }
  if (!isMap(node)) return null;
  const pair = node.items.findLast(({ key }) => isScalar(key) && (key.range?.[0] ?? Infinity) < offset);
  if (!pair || !isScalar(pair.key)) return null;
  const { key } = pair;
  const end = key.range?.[1] ?? 0;
  if (offset <= end) return null;
  const value = pair.value as YamlNode | null;
  const place = { key: String(key.value), keyNode: key, parent: node };
  if (isMissing(value)) return { ...place, node: null, at: end };
  return value && rangeOf(value).start <= offset ? { ...place, node: value, at: rangeOf(value).start } : null;
}

/** Where each element begins: at its dash, or in brackets at its value. */
export function itemStarts(node: YAMLSeq): number[] {
  const token = node.srcToken;
  return node.items.map((item, index) => {
    if (token?.type === 'block-seq') {
      const dash = token.items[index]?.start.find(({ type }) => type === 'seq-item-ind');
      if (dash) return dash.offset;
    }
    const range = (item as { range?: [number, number, number] | null }).range;
    return range?.[0] ?? 0;
  });
}

/** Where the text of a value ends, without what follows it. */
export function leafEnd(node: unknown, otherwise: number): number {
  if (isSeq(node) && !isFlow(node)) {
    const starts = itemStarts(node);
    const last = node.items.at(-1);
    return last === undefined ? otherwise : leafEnd(last, (starts.at(-1) ?? otherwise) + 1);
  }
  if (isMap(node) && !isFlow(node)) {
    const pair = node.items.at(-1);
    const keyEnd = (isScalar(pair?.key) ? pair.key.range?.[1] : undefined) ?? otherwise;
    // Behind the colon.
    return leafEnd(pair?.value, keyEnd + 1);
  }
  if (isMissing(node)) return otherwise;
  return (node as YamlNode).range?.[1] ?? otherwise;
}

/** The column in which the entries of a block collection begin. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}
