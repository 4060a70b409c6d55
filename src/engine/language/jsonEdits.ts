/**
 * Changes of JSON texts that leave everything else as it is written, comments included. Not by the library's `modify`: it
 * lays out anew what stands on the same line.
 */
import { findNodeAtLocation, type JSONPath, type Node, parseTree } from 'jsonc-parser';
import { isJsonObject, type Json } from '../../core/json.ts';
import { keysOf } from '../../core/jsonPointer.ts';
import type { TextChange } from './textChange.ts';

interface Splice {
  start: number;
  end: number;
  text: string;
}

/** Applies changes one after the other; null where one of them has no place in the text. */
export function changedJson(text: string, changes: readonly TextChange[]): string | null {
  let now = text;
  for (const change of changes) {
    const root = parseTree(now, [], { allowTrailingComma: true });
    const splice = root ? spliceOf(now, root, change) : null;
    if (splice === null) return null;
    now = now.slice(0, splice.start) + splice.text + now.slice(splice.end);
  }
  return now;
}

function spliceOf(text: string, root: Node, change: TextChange): Splice | null {
  const path = pathOf(root, change.at);
  if (path === null) return null;
  const holder = findNodeAtLocation(root, change.do === 'append' ? path : path.slice(0, -1));
  if (holder === undefined) return null;
  if (change.do === 'append')
    return holder.type === 'array' ? added(text, holder, written(change.value)) : null;
  const node = findNodeAtLocation(root, path);
  if (change.do === 'remove') return node ? removed(holder, node) : null;
  if (node) return { start: node.offset, end: endOf(node), text: written(change.value) };
  const key = path.at(-1);
  if (holder.type !== 'object' || typeof key !== 'string') return null;
  return added(text, holder, `${JSON.stringify(key)}: ${written(change.value)}`);
}

/** Behind the last one; on a line of its own where that is. */
function added(text: string, holder: Node, member: string): Splice {
  const last = holder.children?.at(-1);
  if (last === undefined) {
    const at = holder.offset + 1;
    return { start: at, end: at, text: member };
  }
  const at = endOf(last);
  const before = /(\r?\n)([ \t]*)$/.exec(text.slice(0, last.offset));
  return { start: at, end: at, text: before ? `,${before[1]}${before[2]}${member}` : `, ${member}` };
}

function removed(holder: Node, node: Node): Splice {
  const all = holder.children ?? [];
  const item = holder.type === 'object' ? (node.parent ?? node) : node;
  const index = all.indexOf(item);
  const [before, next] = [all[index - 1], all[index + 1]];
  if (next) return { start: item.offset, end: next.offset, text: '' };
  return { start: before ? endOf(before) : item.offset, end: endOf(item), text: '' };
}

function endOf(node: Node): number {
  return node.offset + node.length;
}

/** A value on one line, as people write it. */
function written(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${written(one)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** Numbers for items of lists: the library tells them from members by their type. */
function pathOf(root: Node, pointer: string): JSONPath | null {
  const path: JSONPath = [];
  let node: Node | undefined = root;
  for (const key of keysOf(pointer)) {
    if (node?.type === 'array') {
      if (!/^\d{1,9}$/.test(key)) return null;
      path.push(Number(key));
    } else path.push(key);
    node = node && findNodeAtLocation(node, path.slice(-1));
  }
  return path;
}
