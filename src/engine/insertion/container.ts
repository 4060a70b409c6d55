/** Insertion between the elements of a bracketed list: commas, comments, indentation and the shape of what is there. */
import {
  type Document,
  type Edit,
  indentAt,
  isBlank,
  lineEnd,
  lineStart,
  onBlankLine,
  type Span,
} from './document.ts';

/** A list in brackets: an array, or the members of an object. */
export interface Container {
  /** From its opening bracket to behind its closing one. */
  span: Span;
  items: readonly Span[];
}

/** How a language writes. */
export interface Syntax {
  lineComment: string | null;
  blockComments: boolean;
}

/** New elements as text. */
export interface Written {
  /** Over several lines, indented by `indent` from the second line on. */
  lines: (indent: string) => string[];
  /** Each in one line; used where the whole list stands in one. */
  flat: () => string[];
}

/** How many of the items stand before a place; one around it counts as before it. */
export function gapAt(container: Container, offset: number): number {
  return container.items.filter(({ start }) => start < offset).length;
}

/** The items that a selection covers exactly, as first and last index; null when it does not. */
export function itemsOf(container: Container, { start, end }: Span): [number, number] | null {
  if (start === end) return null;
  const first = container.items.findIndex((item) => item.start === start);
  const last = container.items.findIndex((item) => item.end === end);
  return first >= 0 && last >= first ? [first, last] : null;
}

/** Puts elements in the place of others. */
export function replaceItems(
  document: Document,
  container: Container,
  range: [number, number],
  written: Written,
): Edit {
  const first = container.items[range[0]] as Span;
  const last = container.items[range[1]] as Span;
  const { indent, several } = layout(document, container);
  const elements = several ? written.lines(indent) : written.flat();
  return {
    start: first.start,
    end: last.end,
    text: elements.join(several ? `,${document.eol}${indent}` : ', '),
  };
}

/** Puts elements before the item with the index `gap`, or at the end. `cursor` lies somewhere in that gap. */
export function insertInto(
  document: Document,
  container: Container,
  gap: number,
  cursor: number,
  written: Written,
  syntax: Syntax,
): Edit {
  const { text, eol } = document;
  const { indent, base, several } = layout(document, container);
  const elements = several ? written.lines(indent) : written.flat();
  const joined = elements.join(several ? `,${eol}${indent}` : ', ');
  const close = container.span.end - 1;
  const before = container.items[gap - 1];
  const after = container.items[gap];
  const newLine = eol + indent;

  if (!before) {
    const open = container.span.start + 1;
    if (after) {
      const blank = isBlank(text, open, after.start) && text.slice(open, after.start).includes('\n');
      return blank
        ? { start: open, end: after.start, text: `${newLine}${joined},${newLine}` }
        : { start: after.start, end: after.start, text: `${joined},${several ? newLine : ' '}` };
    }
    const at = behindComments(text, open, close, syntax);
    const end = isBlank(text, at, close) ? close : at;
    return { start: at, end, text: `${newLine}${joined}${eol}${base}` };
  }

  const comma = commaBehind(text, before.end, close, syntax);
  const limit = after?.start ?? close;
  // A line that the person has left empty for it is used up.
  const consumes = onBlankLine(text, cursor) && cursor > before.end && cursor <= limit;
  const start = comma ?? before.end;
  if (!several) {
    return { start, end: start, text: comma === null ? `, ${joined}` : ` ${joined}${after ? ',' : ''}` };
  }
  const tail = endOfLineOf(text, start, limit, syntax);
  const trailing = comma !== null ? ',' : '';
  const leading = comma === null ? ',' : '';
  if (consumes && isBlank(text, tail, limit)) {
    const next = after ? newLine : eol + base;
    return {
      start,
      end: limit,
      text: `${leading}${text.slice(start, tail)}${newLine}${joined}${trailing}${next}`,
    };
  }
  const open = after ? !text.slice(tail, limit).includes('\n') : !text.slice(tail, close).includes('\n');
  const next = open ? (after ? newLine : eol + base) : '';
  const eaten = open ? tail + (/^[ \t]*/.exec(text.slice(tail, limit))?.[0].length ?? 0) : tail;
  return {
    start,
    end: eaten,
    text: `${leading}${text.slice(start, tail)}${newLine}${joined}${trailing}${next}`,
  };
}

/** How the elements are laid out; a list in one line stays in one, unless it is empty. */
function layout(
  document: Document,
  { span, items }: Container,
): { indent: string; base: string; several: boolean } {
  const { text } = document;
  const base = indentAt(text, span.start);
  const [first] = items;
  const several = !first || text.slice(span.start, span.end).includes('\n');
  const alone = first && isBlank(text, lineStart(text, first.start), first.start);
  return { base, several, indent: alone ? indentAt(text, first.start) : base + document.indent };
}

/** Offset behind the comma that follows an element; null when there is none. */
function commaBehind(text: string, from: number, limit: number, syntax: Syntax): number | null {
  const at = skipTrivia(text, from, limit, syntax);
  return text[at] === ',' && at < limit ? at + 1 : null;
}

/** Where the comments end that stand behind an element in its line; `from` when other things follow. */
function endOfLineOf(text: string, from: number, limit: number, syntax: Syntax): number {
  const end = Math.min(lineEnd(text, from), limit);
  const at = skipTrivia(text, from, end, syntax);
  if (at < end) return from;
  return from + text.slice(from, end).trimEnd().length;
}

function behindComments(text: string, from: number, limit: number, syntax: Syntax): number {
  const end = skipTrivia(text, from, limit, syntax);
  return from + text.slice(from, end).trimEnd().length;
}

/** The first offset that is neither white space nor comment, at most `limit`. */
export function skipTrivia(
  text: string,
  from: number,
  limit: number,
  { lineComment, blockComments }: Syntax,
): number {
  let at = from;
  while (at < limit) {
    if (/\s/.test(text[at] ?? '')) at += 1;
    else if (lineComment && text.startsWith(lineComment, at)) at = lineEnd(text, at);
    else if (blockComments && text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      at = end < 0 ? limit : end + 2;
    } else break;
  }
  return Math.min(at, limit);
}
