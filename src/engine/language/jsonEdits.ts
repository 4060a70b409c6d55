/** Changes of JSON texts that leave everything else as it is written, comments included. */
import {
  applyEdits,
  type Edit,
  findNodeAtLocation,
  type JSONPath,
  modify,
  type Node,
  parseTree,
} from 'jsonc-parser';
import type { Json } from '../../core/json.ts';
import { keysOf } from '../../core/jsonPointer.ts';
import type { TextChange } from './textChange.ts';

/** Applies changes one after the other; null where one of them has no place in the text. */
export function changedJson(text: string, changes: readonly TextChange[]): string | null {
  let now = text;
  for (const change of changes) {
    const root = parseTree(now, [], { allowTrailingComma: true });
    const next = root && changed(now, root, change);
    if (next === null || next === undefined) return null;
    now = next;
  }
  return now;
}

function changed(text: string, root: Node, change: TextChange): string | null {
  const path = pathOf(root, change.at);
  if (path === null) return null;
  const holder = change.do === 'append' ? path : path.slice(0, -1);
  const node = findNodeAtLocation(root, holder);
  if (node === undefined) return null;
  if (change.do === 'append') {
    if (node.type !== 'array') return null;
    const end = [...holder, node.children?.length ?? 0];
    return apply(text, node, end, change.value, { isArrayInsertion: true });
  }
  if (node.type !== 'object' && node.type !== 'array') return null;
  return apply(text, node, path, change.do === 'set' ? change.value : undefined, {});
}

/**
 * In what is written on one line the change is so, too: in JSON lines it must be. Elsewhere it is indented as the text is.
 */
function apply(
  text: string,
  holder: Node,
  path: JSONPath,
  value: Json | undefined,
  options: { isArrayInsertion?: boolean },
): string {
  const isOneLine = !/[\r\n]/.test(text.slice(holder.offset, holder.offset + holder.length));
  const formattingOptions = isOneLine ? undefined : formatOf(text);
  const edits = modify(text, path, value, {
    ...options,
    ...(formattingOptions ? { formattingOptions } : {}),
  });
  return applyEdits(text, isOneLine ? edits.map(spaced) : edits);
}

/** The library writes a comma without a space where it does not format. */
function spaced(edit: Edit): Edit {
  return edit.content.startsWith(',') && edit.content.length > 1
    ? { ...edit, content: `, ${edit.content.slice(1).trimStart()}` }
    : edit;
}

function formatOf(text: string): { insertSpaces: boolean; tabSize: number; eol: string } {
  const indent = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 4 : indent.length,
    eol,
  };
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
