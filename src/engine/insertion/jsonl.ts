/** Examples in JSON lines: whole lines of their own. */
import { isJsonObject, type Json } from '../../core/json.ts';
import type { ExampleForm } from '../../protocol/engine.ts';
import { harmlessJson } from '../exampleFormats/harmless.ts';
import {
  type Edit,
  inOrder,
  isBlank,
  lineEnd,
  lineNumber,
  lineStart,
  NothingFits,
  type Span,
} from './document.ts';
import type { Takes } from './material.ts';
import { isTextForm, type Placement } from './placement.ts';

/** Into a JSONL document: one line an example (or a message, where each line is one). */
export const intoJsonl: Placement = (document, material, form) => {
  const { text, eol } = document;
  const takes = lineTakes(parsedLines(text), form);
  const done = new Map<number, Edit>();
  const place = (selection: Span): Edit => {
    const { start, end } = wholeLines(text, selection);
    const known = done.get(start);
    if (known) return known;
    const lines = material.elements(takes).map(({ value }) => harmlessJson(value));
    const before = start > 0 && text[start - 1] !== '\n' ? eol : '';
    const after = end < text.length && text[end] !== '\n' && text[end] !== '\r' ? eol : '';
    const final = end === text.length ? eol : '';
    const edit = { start, end, text: `${before}${lines.join(eol)}${after || final}` };
    done.set(start, edit);
    return edit;
  };
  return { edits: inOrder(document.selections.map(place)), form: takes.form };
};

/**
 * The lines to replace, when a selection is made of whole lines; else the place for new ones: a blank line, before the line
 * when the cursor is at its start, behind it otherwise.
 */
function wholeLines(text: string, { start, end }: Span): Span {
  if (start < end) {
    const from = lineStart(text, start);
    const endsAtStart = text[end - 1] === '\n';
    const to = endsAtStart ? lineEnd(text, end - 1) : lineEnd(text, end);
    const before = isBlank(text, from, start);
    const isWhole = before && (endsAtStart || isBlank(text, end, to)) && !isBlank(text, start, end);
    if (isWhole) return { start: from, end: endsAtStart && text[to] === '\r' ? to : to };
  }
  const [from, to] = [lineStart(text, end), lineEnd(text, end)];
  if (isBlank(text, from, to)) return { start: from, end: to };
  return end === from && start === end ? { start: from, end: from } : { start: to, end: to };
}

function parsedLines(text: string): Json[] {
  const values: Json[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    try {
      if (line.trim() !== '') values.push(JSON.parse(line));
    } catch {
      throw new NothingFits(`Line ${lineNumber(text, offset)} is no JSON as it stands. Correct it first.`);
    }
    offset += line.length + 1;
  }
  return values;
}

function lineTakes(
  lines: readonly Json[],
  form: ExampleForm | null,
): Exclude<Takes, { form: 'input_examples' }> {
  if (isTextForm(form) || form === 'input_examples') {
    throw new NothingFits('In JSON lines, examples can stand as objects or as messages.');
  }
  const objects = lines.filter(isJsonObject);
  const flat = objects.some((one) => typeof one.role === 'string');
  const wrapped = objects.some((one) => Array.isArray(one.messages));
  if (form === 'messages' || (form === null && (flat || wrapped))) {
    return { form: 'messages', wrapped: !flat || wrapped };
  }
  return { form: 'objects' };
}
