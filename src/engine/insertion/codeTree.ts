/** What stands at a place in Python, TypeScript or JavaScript. */
import type { SyntaxNode, Tree } from '@lezer/common';
import { parser as script } from '@lezer/javascript';
import { parser as python } from '@lezer/python';
import type { Json } from '../../core/json.ts';
import type { Container } from './container.ts';
import type { Span } from './document.ts';
import { type Literals, pythonLiterals, scriptLiterals } from './literal.ts';

/** A language, as far as insertion has to know it. */
export interface Language {
  isPython: boolean;
  parse(text: string): Tree;
  literals(text: string): Literals;
  lineComment: string;
}

const dialects: Record<string, string> = { typescript: 'ts', typescriptreact: 'ts jsx' };

export function languageOf(id: string): Language {
  const isPython = id === 'python';
  const parser = isPython ? python : script.configure({ dialect: dialects[id] ?? 'jsx' });
  return {
    isPython,
    parse: (text) => parser.parse(text),
    literals: (text) =>
      isPython ? pythonLiterals(usualQuote(text, '"')) : scriptLiterals(usualQuote(text, "'")),
    lineComment: isPython ? '#' : '//',
  };
}

/** The quote that a file uses more. */
function usualQuote(text: string, otherwise: string): string {
  const count = (quote: string): number => text.split(quote).length;
  if (count("'") === count('"')) return otherwise;
  return count("'") > count('"') ? "'" : '"';
}

export function faults(tree: Tree): number {
  let count = 0;
  tree.iterate({
    enter: ({ type }) => {
      if (type.isError) count += 1;
    },
  });
  return count;
}

/** Nodes with the offset inside of them, the innermost first. */
export function around(tree: Tree, offset: number): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (const side of [-1, 1] as const) {
    for (let node: SyntaxNode | null = tree.resolveInner(offset, side); node; node = node.parent) {
      if (node.from < offset && offset < node.to) found.push(node);
    }
    if (found.length > 0) return found;
  }
  return found;
}

export function isArray({ name }: SyntaxNode): boolean {
  return name === 'ArrayExpression';
}

export function isObject({ name }: SyntaxNode): boolean {
  return name === 'ObjectExpression' || name === 'DictionaryExpression';
}

/** The elements of an array, or the members of an object. */
export function containerOf(node: SyntaxNode): Container {
  const items: Span[] = [];
  for (const span of isArray(node) ? elementsOf(node) : members(node))
    items.push({ start: span.from, end: span.to });
  return { span: { start: node.from, end: node.to }, items };
}

/** Children apart from brackets, commas, comments and what is missing. */
export function elementsOf(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!/^[[\](){},:⚠]$|Comment$/.test(child.name) && !child.type.isError) found.push(child);
  }
  return found;
}

interface Member {
  key: SyntaxNode;
  value: SyntaxNode | null;
  from: number;
  to: number;
}

/** Members of an object or a dictionary. */
export function members(node: SyntaxNode): Member[] {
  const children = elementsOf(node);
  if (node.name === 'ObjectExpression') {
    return children.flatMap((one): Member[] => {
      const parts = elementsOf(one);
      const [key, value = null] = parts;
      return key ? [{ key, value, from: one.from, to: one.to }] : [];
    });
  }
  // In a dictionary, keys and values are all children of it.
  const found: Member[] = [];
  for (const key of children) {
    if (key.nextSibling?.name !== ':') continue;
    const value = key.nextSibling.nextSibling;
    found.push({ key, value, from: key.from, to: value?.to ?? key.to });
  }
  return found;
}

/** The text of a key or of a simple string. */
export function textOf(node: SyntaxNode, text: string): string {
  return text.slice(node.from, node.to).replace(/^(["'`])([\s\S]*)\1$/, '$2');
}

/**
 * What can be known of a literal without running it: strings and what is made of them are read. Anything else is an empty
 * object, or as a role an empty text: enough to tell what an array is for.
 */
export function readLiteral(node: SyntaxNode | null, text: string): Json {
  if (!node) return {};
  if (isArray(node)) return elementsOf(node).map((one) => readLiteral(one, text));
  if (isObject(node)) {
    const entries = members(node).map(({ key, value }): [string, Json] => {
      const name = textOf(key, text);
      const read = readLiteral(value, text);
      return [name, name === 'role' && typeof read !== 'string' ? '' : read];
    });
    return Object.fromEntries(entries);
  }
  if (/^(?:String|TemplateString|FormatString)$/.test(node.name)) return textOf(node, text);
  return node.name === 'Number' ? Number(text.slice(node.from, node.to)) : {};
}

/** What a value is called where it stands: by a key, a variable, an argument. */
export function nameOf(node: SyntaxNode, text: string): { key: string | null; object: SyntaxNode | null } {
  const { parent } = node;
  if (!parent) return { key: null, object: null };
  if (parent.name === 'Property') {
    const key = parent.firstChild;
    return { key: key ? textOf(key, text) : null, object: parent.parent };
  }
  if (parent.name === 'DictionaryExpression') {
    const key = node.prevSibling?.name === ':' ? node.prevSibling.prevSibling : null;
    return { key: key ? textOf(key, text) : null, object: parent };
  }
  for (let before = node.prevSibling; before; before = before.prevSibling) {
    if (/^(?:VariableDefinition|VariableName|PropertyDefinition|PropertyName)$/.test(before.name)) {
      return { key: text.slice(before.from, before.to), object: null };
    }
    if (before.name === ',' || before.name === '(') break;
    if (before.name === 'MemberExpression')
      return { key: text.slice(before.from, before.to).split('.').at(-1) ?? null, object: null };
  }
  return { key: null, object: null };
}
