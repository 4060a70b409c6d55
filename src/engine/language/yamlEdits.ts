/** Changes of YAML texts that leave everything else as it is written: comments, quotes, the layout of every other line. */
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { isJsonObject, type Json } from '../../core/json.ts';
import { keysOf } from '../../core/jsonPointer.ts';
import { flowText } from '../insertion/yamlText.ts';
import type { TextChange } from './textChange.ts';

interface Splice {
  start: number;
  end: number;
  text: string;
}

/** Applies changes one after the other; null where one of them has no place in the text, or would break it. */
export function changedYaml(text: string, changes: readonly TextChange[]): string | null {
  let now = text;
  for (const change of changes) {
    const document = parseDocument(now, { logLevel: 'error', uniqueKeys: false });
    if (document.errors.length > 0) return null;
    const splice = spliceOf(now, document, change);
    if (splice === null) return null;
    now = now.slice(0, splice.start) + splice.text + now.slice(splice.end);
  }
  return parseDocument(now, { logLevel: 'error', uniqueKeys: false }).errors.length > 0 ? null : now;
}

function spliceOf(text: string, document: Document, change: TextChange): Splice | null {
  const keys = keysOf(change.at);
  if (change.do === 'append') {
    const list = nodeAt(document, keys);
    return isSeq(list) ? appended(text, list, change.value) : null;
  }
  const holder = nodeAt(document, keys.slice(0, -1));
  const key = keys.at(-1) ?? '';
  if (isMap(holder)) {
    const pair = pairOf(holder, key);
    if (change.do === 'remove') return pair ? removed(text, holder, pair) : null;
    return pair ? replaced(text, holder, pair, change.value) : added(text, holder, key, change.value);
  }
  if (isSeq(holder) && change.do === 'remove') {
    const item = holder.items[Number(key)] as Node | undefined;
    return item ? removed(text, holder, item) : null;
  }
  return null;
}

/** Null where an alias stands in the way: what it stands for is used elsewhere, too. */
function nodeAt(document: Document, keys: readonly string[]): unknown {
  let node: unknown = document.contents;
  for (const key of keys) {
    if (isMap(node)) node = pairOf(node, key)?.value;
    else if (isSeq(node)) node = node.items[Number(key)];
    else return null;
  }
  return isAlias(node) ? null : node;
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
}

function startOf(node: unknown): number {
  const of = isPair(node) ? node.key : node;
  return (of as Node | null)?.range?.[0] ?? 0;
}

/** The place after the last character that belongs to it; blank lines and comments behind do not. */
function endOf(node: unknown): number {
  const of = isPair(node) && node.value !== null ? node.value : isPair(node) ? node.key : node;
  return (of as Node | null)?.range?.[1] ?? 0;
}

function replaced(text: string, holder: YAMLMap, pair: Pair, value: Json): Splice | null {
  const node = pair.value as Node | null;
  if (node === null || isAlias(node)) return null;
  if (isScalar(node) && isBlockScalar(node) && typeof value === 'string') return grown(text, node, value);
  const [start, end] = [startOf(node), endOf(node)];
  // A block collection ends with its last line, whose end belongs to what follows.
  const kept = isCollection(node) && !node.flow ? text.slice(start, end).trimEnd().length + start : end;
  if (isCollection(node) && !node.flow) {
    const colon = text.lastIndexOf(':', start);
    return { start: colon + 1, end: kept, text: ` ${written(value, false)}` };
  }
  const gap = start === end ? ' ' : '';
  return { start, end: kept, text: gap + written(value, holder.flow === true) };
}

function isBlockScalar(node: Scalar): boolean {
  return node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
}

/** A text in a block of its own goes on with what the new one has more; another text is none of our business. */
function grown(text: string, node: Scalar, value: string): Splice | null {
  const before = String(node.value).trimEnd();
  if (!value.startsWith(before)) return null;
  const [start, end] = [startOf(node), endOf(node)];
  const body = text.slice(start, end);
  const indent = /\n([ \t]+)\S[^\n]*\s*$/.exec(body)?.[1];
  if (indent === undefined) return null;
  const at = start + body.trimEnd().length;
  return { start: at, end: at, text: `${eolOf(text)}${indent}${value.slice(before.length).trim()}` };
}

function added(text: string, map: YAMLMap, key: string, value: Json): Splice | null {
  const member = `${written(key, true)}: ${written(value, map.flow === true)}`;
  const last = map.items.at(-1);
  if (map.flow) {
    const at = last ? endOf(last) : startOf(map) + 1;
    return { start: at, end: at, text: last ? `, ${member}` : ` ${member} ` };
  }
  if (!last) return null;
  const indent = ' '.repeat(columnOf(text, startOf(map.items[0])));
  const after = map.items.filter((pair) => isOneLine(text, pair)).at(-1);
  if (after) {
    const at = lineEnd(text, endOf(after));
    return { start: at, end: at, text: `${eolOf(text)}${indent}${member}` };
  }
  const at = startOf(map.items[0]);
  return { start: at, end: at, text: `${member}${eolOf(text)}${indent}` };
}

function isOneLine(text: string, pair: Pair): boolean {
  const from = startOf(pair);
  return !text.slice(from, endOf(pair)).trimEnd().includes('\n') && !isOpenBlock(pair);
}

/** A member without a value yet, whose lines may follow. */
function isOpenBlock({ value }: Pair): boolean {
  return isCollection(value) && !value.flow;
}

function appended(text: string, list: YAMLSeq, value: Json): Splice | null {
  const last = list.items.at(-1) as Node | undefined;
  if (list.flow) {
    const at = last ? endOf(last) : startOf(list) + 1;
    return { start: at, end: at, text: last ? `, ${written(value, true)}` : written(value, true) };
  }
  if (!last) return null;
  const dash = text.lastIndexOf('-', startOf(last));
  const end = startOf(last) + text.slice(startOf(last), endOf(last)).trimEnd().length;
  const at = lineEnd(text, end);
  return {
    start: at,
    end: at,
    text: `${eolOf(text)}${' '.repeat(columnOf(text, dash))}- ${written(value, false)}`,
  };
}

function removed(text: string, holder: YAMLMap | YAMLSeq, item: Pair | Node): Splice | null {
  const items = holder.items as (Pair | Node)[];
  const index = items.indexOf(item);
  const [start, end] = [startOf(item), endOf(item)];
  if (holder.flow) {
    const next = items[index + 1];
    if (next) return { start, end: startOf(next), text: '' };
    const before = items[index - 1];
    return { start: before ? endOf(before) : start, end, text: '' };
  }
  // An empty block would be no list or map any more.
  if (items.length === 1) return null;
  const from = lineStart(text, start);
  const isFirst = text.slice(from, start).trim() !== '' && !/^\s*-\s*$/.test(text.slice(from, start));
  if (isFirst || (isMap(holder) && /-/.test(text.slice(from, start)))) {
    const next = items[index + 1];
    return next ? { start, end: startOf(next), text: '' } : null;
  }
  const to = lineEnd(text, start + text.slice(start, end).trimEnd().length);
  return { start: from, end: Math.min(text.length, to + eolOf(text).length), text: '' };
}

/** A word that YAML takes for nothing but text, also within brackets. */
const word = /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[A-Za-z][A-Za-z0-9_-]*$/i;

/** A value on one line. Within brackets a comma ends a plain text, so that only words stand there without quotes. */
function written(value: Json, isInFlow: boolean): string {
  if (Array.isArray(value)) return `[${value.map((one) => written(one, true)).join(', ')}]`;
  if (isJsonObject(value)) {
    const members = Object.entries(value).map(([key, one]) => `${written(key, true)}: ${written(one, true)}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  if (typeof value !== 'string' || !isInFlow) return flowText(value);
  return word.test(value) ? value : flowText([value]).slice(1, -1);
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The end of the line in which an offset lies, before its line break. */
function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  if (at < 0) return text.length;
  return text[at - 1] === '\r' ? at - 1 : at;
}

function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

function eolOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
