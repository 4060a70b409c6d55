/** Where in a program an expression is missing, or a statement can stand: found by putting a name there and parsing. */
import type { SyntaxNode, Tree } from '@lezer/common';
import { faults, type Language } from './codeTree.ts';
import { type Document, indentAt, isBlank, lineEnd, lineStart, type Span } from './document.ts';

/** A place for an expression, with what has to stand around it. */
export interface Slot extends Span {
  before: string;
  after: string;
  /** It stands alone: a value has to be given a name. */
  isStatement: boolean;
  /** Of the line in which it begins. */
  indent: string;
}

const name = 'imaginarium_0_';

/** Parents of an expression, with what has to stand before it in them. */
const parents: Record<string, RegExp> = {
  ExpressionStatement: /^$/,
  VariableDeclaration: /^Equals$/,
  AssignmentExpression: /^Equals$/,
  AssignStatement: /^AssignOp$/,
  ArgList: /^(?:\(|,|AssignOp)$/,
  Property: /^:$/,
  PropertyDeclaration: /^Equals$/,
  DictionaryExpression: /^:$/,
  ReturnStatement: /^return$/,
  ParenthesizedExpression: /^\($/,
};

/** The slot at a selection, or near to it where the line is taken; null where there is none. */
export function slotAt(document: Document, language: Language, tree: Tree, chosen: Span): Slot | null {
  const { text, eol } = document;
  const allowed = faults(tree);
  const attempt = ({
    start,
    end,
    before,
    after,
  }: Pick<Slot, 'start' | 'end' | 'before' | 'after'>): Slot | null => {
    const tried = text.slice(0, start) + before + name + after + text.slice(end);
    const parsed = language.parse(tried);
    const at = start + before.length;
    const node = parsed.resolveInner(at + 1, 0);
    if (node.from !== at || node.to !== at + name.length || node.name !== 'VariableName') return null;
    if (faults(parsed) > allowed || !isSlot(node)) return null;
    const isStatement = node.parent?.name === 'ExpressionStatement';
    return { start, end, before, after, isStatement, indent: indentAt(tried, at) };
  };

  /** A semicolon keeps it from going on in the next line; the value brings its own. */
  const statement = (place: Pick<Slot, 'start' | 'end' | 'before' | 'after'>): Slot | null => {
    if (language.isPython) return attempt(place);
    const slot = attempt({ ...place, after: `;${place.after}` });
    return slot?.isStatement ? { ...slot, after: place.after } : null;
  };

  const { start, end } = chosen;
  const here = attempt({ start, end, before: '', after: '' });
  if (here && !here.isStatement) return here;
  const [from, to] = [lineStart(text, end), lineEnd(text, end)];
  const isFirst = isBlank(text, from, start);
  if (isFirst && start >= from && isBlank(text, end, to))
    return statement({ start, end, before: '', after: '' });
  const indent = indentAt(text, end);
  if (isFirst && start === end) return statement({ start: from, end: from, before: indent, after: eol });
  // In the middle of a line, nobody means the next one.
  if (!/^[ \t;,]*(?:(?:#|\/\/).*)?$/.test(text.slice(end, to))) return null;
  return statement({ start: to, end: to, before: eol + indent, after: '' });
}

function isSlot(node: SyntaxNode): boolean {
  const before = parents[node.parent?.name ?? ''];
  return before?.test(node.prevSibling?.name ?? '') ?? false;
}
