/** Examples in text: prompts, Markdown, plain text. Blocks of whole lines, with an empty line before and after. */
import type { ExampleForm } from '../../protocol/engine.ts';
import {
  type Document,
  type Edit,
  inOrder,
  isBlank,
  lineEnd,
  lineStart,
  NothingFits,
  type Span,
} from './document.ts';
import type { Material } from './material.ts';
import { isTextForm, located, type Placement } from './placement.ts';

/** Languages in which a block of JSON is put into a fence. */
const fencing = /^(?:markdown|prompt|instructions|chatagent|skill|mdx|quarto|rmd)$/;

/** Into a text document. */
export const intoText: Placement = (document, material, form) => {
  const wanted = form ?? (isReact(document.text) ? 'react' : 'markdown');
  const fenced = fencing.test(document.languageId);
  const barriers = fenced ? [...frontMatter(document.text), ...fences(document.text)] : [];
  const edits = document.selections.map((selection) => {
    const span = outOf(barriers, selection, document);
    return blockEdit(
      document.text,
      span,
      textBlock(document, material, wanted, span.start, fenced),
      document.eol,
    );
  });
  return { edits: inOrder(edits), form: wanted };
};

/** Whether a text is a prompt over the text protocol. */
export function isReact(text: string): boolean {
  return (
    /^[ \t>*-]*Action Input\s*:/m.test(text) && /^[ \t>*-]*(?:Thought|Action|Observation)\s*:/m.test(text)
  );
}

function textBlock(
  document: Document,
  material: Material,
  form: ExampleForm,
  at: number,
  fenced: boolean,
): string {
  if (form === 'markdown') return material.text(form, fenced ? levelAt(document.text, at) : 3);
  const text = material.text(form);
  return isTextForm(form) || !fenced ? text : `\`\`\`json\n${text.trimEnd()}\n\`\`\`\n`;
}

/** One level below the heading that the place stands under. */
function levelAt(text: string, offset: number): number {
  const inFence = fences(text);
  const above = [...text.slice(0, offset).matchAll(/^(#{1,6})[ \t]/gm)].filter(
    ({ index }) => !inFence.some(({ start, end }) => index >= start && index < end),
  );
  const level = above.at(-1)?.[1]?.length ?? 2;
  return Math.min(level + 1, 6);
}

/**
 * A block at a place in text, as whole lines: a selection is replaced; a cursor on an empty line takes that line, one at
 * the start of a line goes before it, any other behind it.
 */
export function blockEdit(
  text: string,
  { start, end }: Span,
  block: string,
  eol: string,
  bounds: Span = all(text),
): Edit {
  const body = block.trimEnd().split('\n').join(eol);
  const [from, to] = place(text, { start, end }, bounds);
  const before = text.slice(bounds.start, from);
  const after = text.slice(to, bounds.end);
  const lead =
    before.trim() === ''
      ? ''
      : /\n[ \t]*\r?\n[ \t]*$/.test(before)
        ? ''
        : /\n[ \t]*$/.test(before)
          ? eol
          : eol + eol;
  const trail =
    after.trim() === ''
      ? /^[ \t]*\r?\n/.test(after)
        ? ''
        : eol
      : /^[ \t]*\r?\n[ \t]*\r?\n/.test(after)
        ? ''
        : /^[ \t]*\r?\n/.test(after)
          ? eol
          : eol + eol;
  return { start: from, end: to, text: `${lead}${body}${trail}` };
}

function all(text: string): Span {
  return { start: 0, end: text.length };
}

function place(text: string, { start, end }: Span, bounds: Span): [number, number] {
  if (start < end) return [start, end];
  const from = Math.max(lineStart(text, start), bounds.start);
  const to = Math.min(lineEnd(text, start), bounds.end);
  if (isBlank(text, from, to)) return [from, to];
  return start === from ? [from, from] : [to, to];
}

/** A place that is not inside of a code block or of front matter: a cursor there goes behind it. */
function outOf(barriers: readonly (Span & { closed: boolean })[], selection: Span, document: Document): Span {
  const barrier = barriers.find(({ start, end }) => selection.start < end && selection.end > start);
  if (!barrier) return selection;
  const isWhole = selection.start <= barrier.start && selection.end >= barrier.end && barrier.closed;
  if (isWhole) return selection;
  if (!barrier.closed) {
    throw new NothingFits(
      located(document, selection.end, 'The cursor is in a code block that is not closed.'),
    );
  }
  return { start: barrier.end, end: barrier.end };
}

/** The YAML at the head of a prompt file: nothing may stand before it. */
function frontMatter(text: string): (Span & { closed: boolean })[] {
  const found = /^---[ \t]*\r?\n(?:[\s\S]*?\r?\n)??---[ \t]*(?=\r?\n|$)/.exec(text);
  // A cursor before it is inside of it, too.
  return found ? [{ start: -1, end: found[0].length, closed: true }] : [];
}

/** Fenced code blocks, from the first character of the opening fence to the last of the closing one. */
function fences(text: string): (Span & { closed: boolean })[] {
  const found: (Span & { closed: boolean })[] = [];
  let open: { start: number; mark: string } | null = null;
  for (const { 0: line, 1: mark = '', 2: rest = '', index } of text.matchAll(
    /^[ \t]*(`{3,}|~{3,})([^\r\n]*)/gm,
  )) {
    if (!open) {
      if (!(mark.startsWith('`') && rest.includes('`'))) open = { start: index, mark };
    } else if (mark.startsWith(open.mark) && rest.trim() === '') {
      found.push({ start: open.start, end: index + line.length, closed: true });
      open = null;
    }
  }
  if (open) found.push({ start: open.start, end: text.length + 1, closed: false });
  return found;
}
