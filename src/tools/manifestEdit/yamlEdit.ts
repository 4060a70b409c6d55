/**
 * Changes of a YAML text that leave the rest as it is, to the letter: comments, blank lines, quotes, indentation. The
 * library's own way (change the document, write it anew) keeps comments and loses the rest; it is what is done where a
 * change of the text does not come out as the change of the data that was asked for, which is checked each time.
 */
import { isDeepStrictEqual } from 'node:util';
import {
  type Document,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  stringify,
} from 'yaml';
import { UserError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { atEndOfBlock, type Change, columnOf, inFlow, lineEnd, lineStart } from './yamlPlaces.ts';

/** Keys of mappings and indexes of lists, from the root. */
export type YamlPath = readonly (string | number)[];

/** What the text says. Throws `UserError` where it is no YAML. */
export function dataOf(text: string): Json {
  try {
    return documentOf(text).toJS() as Json;
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError('The manifest cannot be changed by a command.', (error as Error).message);
  }
}

/** The text with a value at a path; what is missing on the way there is made. */
export function withValue(text: string, path: YamlPath, value: Json): string {
  return changed(
    text,
    (document) => setting(document, text, path, value),
    (document) => setData(document, path, value),
  );
}

/** The text with one more item at the end of the list at a path; a list that is not there is made. */
export function withItem(text: string, path: YamlPath, item: Json): string {
  const list = documentOf(text).getIn(path);
  if (!isSeq(list)) return withValue(text, path, [item]);
  return changed(
    text,
    (document) => adding(document, text, path, item),
    (document) => document.addIn(path, document.createNode(item)),
  );
}

/** The text without an item of a list; without the list, when it was the last. */
export function withoutItem(text: string, path: YamlPath, index: number): string {
  return changed(
    text,
    (document) => removing(document, text, path, index),
    (document) => {
      const list = document.getIn(path);
      if (isSeq(list) && list.items.length > 1) document.deleteIn([...path, index]);
      else document.deleteIn(path);
    },
  );
}

function documentOf(text: string): Document {
  const document = parseDocument(text, { keepSourceTokens: true, uniqueKeys: false, logLevel: 'error' });
  const [error] = document.errors;
  if (error) {
    const line = error.linePos?.[0].line ?? 1;
    throw new UserError(`The manifest is no YAML: line ${line}.`, 'Mend it first; see Problems.');
  }
  return document;
}

function changed(
  text: string,
  inText: (document: Document) => Change | null,
  inData: (document: Document) => void,
): string {
  const document = documentOf(text);
  if (document.contents === null) document.contents = document.createNode({});
  inData(document);
  const change = inText(documentOf(text));
  if (change !== null) {
    const result = text.slice(0, change.from) + change.text + text.slice(change.to);
    if (says(result, document.toJS())) return result;
  }
  return document.toString({ lineWidth: 0 });
}

/** What is missing or empty on the way is made; what is something else there is left alone. */
function setData(document: Document, path: YamlPath, value: Json): void {
  for (let depth = 1; depth < path.length; depth++) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isCollection(node)) continue;
    if (node !== undefined && node !== null && !(isScalar(node) && node.value === null)) {
      throw new UserError(
        `"${path.slice(0, depth).join(' › ')}" of the manifest is written in a way that a command cannot change.`,
        'Change it by hand.',
      );
    }
    document.setIn(path.slice(0, depth), document.createNode(nested(path.slice(depth), value)));
    return;
  }
  document.setIn(path, document.createNode(value));
}

function says(text: string, data: unknown): boolean {
  const document = parseDocument(text, { uniqueKeys: false, logLevel: 'error' });
  return document.errors.length === 0 && isDeepStrictEqual(document.toJS(), data);
}

function setting(document: Document, text: string, path: YamlPath, value: Json): Change | null {
  const root = document.contents;
  if (root === null) return atEndOfText(text, nested(path, value));
  let node: unknown = root;
  for (const [depth, key] of path.entries()) {
    if (!isCollection(node)) return null;
    const pair = isMap(node) ? pairOf(node.items, key) : null;
    const child = pair ? pair.value : isSeq(node) ? node.items[Number(key)] : undefined;
    const rest = path.slice(depth + 1);
    if (child === undefined) {
      return isMap(node) ? insertedPair(text, node, String(key), nested(rest, value), node === root) : null;
    }
    if (pair && (child === null || (isScalar(child) && child.value === null))) {
      return filled(text, pair, nested(rest, value));
    }
    if (rest.length === 0) return replaced(child, value);
    node = child;
  }
  return null;
}

function pairOf(items: readonly unknown[], key: string | number): Pair | null {
  const found = items.findLast(
    (one) => isPair(one) && isScalar(one.key) && String(one.key.value) === String(key),
  );
  return isPair(found) ? found : null;
}

/** `a: { b: value }` for the path a, b. */
function nested(path: YamlPath, value: Json): Json {
  return path.reduceRight<Json>((inner, key) => ({ [key]: inner }), value);
}

function replaced(node: unknown, value: Json): Change | null {
  if (!isScalar(node) || !node.range || node.anchor || node.tag?.startsWith('!')) return null;
  return { from: node.range[0], to: node.range[1], text: inlineYaml(value) };
}

/** A key that has no value gets one. */
function filled(text: string, pair: Pair, value: Json): Change | null {
  const key = pair.key;
  if (!isScalar(key) || !key.range) return null;
  const colon = text.indexOf(':', key.range[1]);
  if (colon < 0 || colon >= lineEnd(text, key.range[1])) return null;
  if (isScalar(pair.value) && pair.value.range && pair.value.range[1] > pair.value.range[0]) {
    return { from: pair.value.range[0], to: pair.value.range[1], text: inlineYaml(value) };
  }
  const at = lineEnd(text, colon);
  if (typeof value !== 'object') return { from: colon + 1, to: colon + 1, text: ` ${inlineYaml(value)}` };
  return { from: at, to: at, text: newLines(text, block(value), columnOf(text, key.range[0]) + 2) };
}

function insertedPair(
  text: string,
  map: {
    items: readonly unknown[];
    flow?: boolean | undefined;
    range?: readonly number[] | null | undefined;
  },
  key: string,
  value: Json,
  isRoot: boolean,
): Change | null {
  if (map.flow)
    return inFlow(
      text,
      map,
      inlineYaml({ [key]: value })
        .slice(1, -1)
        .trim(),
    );
  const first = map.items[0];
  if (!isPair(first) || !isScalar(first.key) || !first.key.range) return null;
  if (isRoot) return atEndOfText(text, { [key]: value });
  const column = columnOf(text, first.key.range[0]);
  const at = atEndOfBlock(text, map, column);
  return { from: at, to: at, text: newLines(text, block({ [key]: value }), column) };
}

function adding(document: Document, text: string, path: YamlPath, item: Json): Change | null {
  const list = document.getIn(path);
  if (!isSeq(list)) return null;
  if (list.flow) return inFlow(text, list, inlineYaml([item]).slice(1, -1).trim());
  const dash = dashOf(text, list.items[0]);
  if (dash === null) return null;
  const column = columnOf(text, dash);
  const at = atEndOfBlock(text, list, column);
  return { from: at, to: at, text: newLines(text, block([item]), column) };
}

function removing(document: Document, text: string, path: YamlPath, index: number): Change | null {
  const list = document.getIn(path);
  if (!isSeq(list) || list.flow || list.items.length < 2) return null;
  const item = list.items[index] as { range?: readonly number[] | null };
  const dash = dashOf(text, item);
  if (dash === null || !item.range) return null;
  const last = text.slice(0, item.range[1]).trimEnd().length;
  return { from: lineStart(text, dash), to: Math.min(lineEnd(text, last) + 1, text.length), text: '' };
}

/** Where the "-" of an item stands, if that begins its line. */
function dashOf(text: string, item: unknown): number | null {
  const range = (item as { range?: readonly number[] | null } | undefined)?.range;
  if (!range) return null;
  const start = lineStart(text, range[0] as number);
  const [before] = /^ *-(?= |$)/.exec(text.slice(start, range[0])) ?? [];
  return before === undefined ? null : start + before.length - 1;
}

/** Behind everything, trailing comments included. */
function atEndOfText(text: string, value: Json): Change {
  const from = text.trimEnd().length;
  const written = from === 0 ? block(value) : `\n${block(value)}`;
  return { from, to: text.length, text: eolOf(text) === '\n' ? written : written.replaceAll('\n', '\r\n') };
}

/** On one line, as it may stand within braces. */
export function inlineYaml(value: Json): string {
  const written = stringify([value], { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true });
  return written.trim().slice(1, -1).trim();
}

function block(value: Json): string {
  return stringify(value, { lineWidth: 0 });
}

function newLines(text: string, written: string, column: number): string {
  const eol = eolOf(text);
  const lines = written.trimEnd().split('\n');
  return lines.map((line) => `${eol}${' '.repeat(column)}${line}`).join('');
}

function eolOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
