/** A block of text inside of a string of Python, TypeScript or JavaScript, escaped so that the string says just that. */
import type { SyntaxNode, Tree } from '@lezer/common';
import { around } from './codeTree.ts';
import { type Edit, indentAt, lineStart, NothingFits, type Span } from './document.ts';
import { blockEdit } from './text.ts';

export interface StringAt {
  node: SyntaxNode;
  /** `f`, `rb`; empty for none. */
  prefix: string;
  quote: string;
  /** What stands between the quotes. */
  content: Span;
  /** It can hold line breaks as they are. */
  several: boolean;
}

const strings = /^(?:String|TemplateString|FormatString)$/;

/** The string with this selection in its text; null where code stands, also code inside of a string. */
export function stringAt(tree: Tree, text: string, { start, end }: Span): StringAt | null {
  for (const node of around(tree, end)) {
    if (/^(?:Interpolation|FormatReplacement)$/.test(node.name)) return null;
    if (!strings.test(node.name)) continue;
    const opening = /^([A-Za-z]*)('''|"""|'|"|`)/.exec(text.slice(node.from, node.to));
    if (!opening) return null;
    const [all, prefix = '', quote = ''] = opening;
    const content = { start: node.from + all.length, end: node.to - quote.length };
    if (start < content.start || end > content.end || !isText(node)) return null;
    return {
      node,
      prefix: prefix.toLowerCase(),
      quote,
      content,
      several: quote.length === 3 || quote === '`',
    };
  }
  return null;
}

/** Not the key of a member, the name of a module, an attribute. */
function isText(node: SyntaxNode): boolean {
  const parent = node.parent?.name ?? '';
  if (
    /^(?:ImportDeclaration|ExportDeclaration|JSXAttribute|PropertyName|LiteralType|ImportGroup)$/.test(parent)
  )
    return false;
  const isKey = node.nextSibling?.name === ':' && /^(?:Property|DictionaryExpression)$/.test(parent);
  return !isKey;
}

/** @throws NothingFits where the string cannot hold the block */
export function intoString(text: string, at: StringAt, chosen: Span, block: string, eol: string): Edit {
  const { prefix, quote, content, several } = at;
  if (prefix.includes('b')) throw new NothingFits('A string of bytes takes no text.');
  const isRaw = prefix.includes('r') || isTagged(at.node, text);
  const span = isRaw ? chosen : outOfEscapes(text, content, chosen, quote === '`');
  const edit = several ? wholeLines(text, content, span, block, eol) : inOneLine(text, content, span, block);
  if (isRaw) {
    const held =
      !edit.text.includes('\\') && !edit.text.includes(quote) && !edit.text.includes('${') && several;
    if (!held) throw new NothingFits('A raw string cannot hold these examples: it knows no escapes.');
    return { ...edit, text: doubled(edit.text, prefix) };
  }
  return { ...edit, text: escaped(edit.text, at) };
}

function wholeLines(text: string, content: Span, span: Span, block: string, eol: string): Edit {
  const from = lineStart(text, span.start);
  const indent = from >= content.start ? indentAt(text, span.start) : '';
  const body = block.trimEnd().replace(/^(?=.)/gm, indent);
  const edit = blockEdit(text, span, body, eol, content);
  // The closing quote needs no line of its own.
  const isLast = edit.end === content.end && edit.text.endsWith(eol);
  return isLast ? { ...edit, text: edit.text.slice(0, -eol.length) } : edit;
}

function inOneLine(text: string, content: Span, { start, end }: Span, block: string): Edit {
  const before = text.slice(content.start, start);
  const after = text.slice(end, content.end);
  const lead = before === '' || before.endsWith('\\n\\n') ? '' : before.endsWith('\\n') ? '\n' : '\n\n';
  const trail = after === '' || after.startsWith('\\n\\n') ? '' : after.startsWith('\\n') ? '\n' : '\n\n';
  return { start, end, text: lead + block.trimEnd() + trail };
}

function escaped(block: string, { prefix, quote, several }: StringAt): string {
  let text = block.replaceAll('\\', '\\\\');
  if (!several) text = text.replaceAll('\r\n', '\\n').replaceAll('\n', '\\n').replaceAll(quote, `\\${quote}`);
  else if (quote === '`') text = text.replaceAll('`', '\\`').replace(/\$(?=\{|$)|^\{/g, '\\$&');
  else text = text.replaceAll(quote.slice(0, 1), `\\${quote.slice(0, 1)}`);
  return doubled(text, prefix);
}

/** In a formatted string a brace begins code, unless there are two of them. */
function doubled(text: string, prefix: string): string {
  return /[ft]/.test(prefix) ? text.replaceAll('{', '{{').replaceAll('}', '}}') : text;
}

function isTagged(node: SyntaxNode, text: string): boolean {
  const parent = node.parent;
  return parent?.name === 'TaggedTemplateExpression' && /\braw\s*$/.test(text.slice(parent.from, node.from));
}

/** A place in the middle of an escape, of `${` or of a doubled brace moves behind it. */
function outOfEscapes(text: string, content: Span, span: Span, isTemplate: boolean): Span {
  const behind = (offset: number): number => {
    let at = content.start;
    while (at < offset) {
      const rest = text.slice(at, Math.min(content.end, at + 12));
      const unit =
        /^\\(?:u\{[0-9a-fA-F]*\}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}|N\{[^}]*\}?|\r\n|[\s\S])/.exec(
          rest,
        )?.[0];
      const pair = isTemplate && rest.startsWith('${') ? '${' : unit;
      at += pair?.length ?? 1;
    }
    return Math.min(at, content.end);
  };
  const start = behind(span.start);
  return { start, end: Math.max(start, behind(span.end)) };
}
