/** Writes examples into sequences of YAML, in the style and the indentation of the place. */
import { isScalar, isSeq, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Json } from '../../core/json.ts';
import type { ExampleForm } from '../../protocol/engine.ts';
import {
  type Document,
  type Edit,
  isBlank,
  lineEnd,
  lineStart,
  NothingFits,
  onBlankLine,
  type Span,
} from './document.ts';
import type { Element, Material, Takes } from './material.ts';
import { isTextForm } from './placement.ts';
import { belongsToPrevious } from './takes.ts';
import { flowText, item } from './yamlText.ts';
import { columnOf, type Frame, isFlow, isMissing, itemStarts, leafEnd, rangeOf } from './yamlTree.ts';

export interface PlacedOne {
  edit: Edit;
  form: ExampleForm;
  replaces?: boolean;
}

export class YamlWriter {
  /** One level of indentation. */
  readonly unit: string;
  readonly #document: Document;
  readonly #material: Material;
  /** What was inserted already: a second cursor in the same place adds nothing. */
  readonly #done = new Map<string, PlacedOne>();

  constructor(document: Document, material: Material) {
    this.#document = document;
    this.#material = material;
    // A tab cannot indent YAML.
    this.unit = /^ +$/.test(document.indent) ? document.indent : '  ';
  }

  /** Into a sequence, at the place of a cursor or over whole elements. */
  inSequence(node: YAMLSeq, frame: Frame, takes: Takes, elements: readonly Json[], chosen: Span): PlacedOne {
    const { text, eol } = this.#document;
    const { form } = takes;
    if (isFlow(node)) return this.#inBrackets(node, frame, takes, elements, chosen);
    const starts = itemStarts(node);
    const ends = node.items.map((one, index) => leafEnd(one, (starts[index] ?? 0) + 1));
    const trimmedEnds = ends.map(
      (end, index) => (starts[index] ?? 0) + text.slice(starts[index], end).trimEnd().length,
    );
    const pad = ' '.repeat(columnOf(text, starts[0] ?? 0));
    const lines = (): string[] => this.#material.elements(takes).flatMap((one) => this.#item(one));
    const first = starts.indexOf(chosen.start);
    const last = trimmedEnds.indexOf(chosen.end);
    const whole = chosen.start < chosen.end && first >= 0 && last >= first;
    if (whole && !belongsToPrevious(elements[first]) && !belongsToPrevious(elements[last + 1])) {
      return { form, replaces: true, edit: { ...chosen, text: lines().join(eol + pad) } };
    }
    const here = starts.findLastIndex((start) => start < chosen.end);
    // A dash with nothing behind it waits for an element.
    const isEmpty =
      here >= 0 && isMissing(node.items[here]) && lineEnd(text, starts[here] ?? 0) >= chosen.end;
    if (isEmpty) {
      const start = starts[here] ?? 0;
      return this.#once(`${start} -`, () => ({
        form,
        replaces: true,
        edit: {
          start,
          end: Math.max(start + 1, isBlank(text, start + 1, lineEnd(text, start)) ? lineEnd(text, start) : 0),
          text: lines().join(eol + pad),
        },
      }));
    }
    let gap = here + 1;
    if (gap > 0) while (belongsToPrevious(elements[gap])) gap += 1;
    return this.#once(`${starts[0]} ${gap}`, () => {
      const at = starts[0] ?? 0;
      if (gap === 0) return { form, edit: { start: at, end: at, text: lines().join(eol + pad) + eol + pad } };
      return { form, edit: this.#behind(ends[gap - 1] ?? 0, chosen.end, pad, lines()) };
    });
  }

  #inBrackets(node: YAMLSeq, frame: Frame, takes: Takes, elements: readonly Json[], chosen: Span): PlacedOne {
    const { text, eol } = this.#document;
    const { form } = takes;
    const { start, end } = rangeOf(node);
    if (node.items.length === 0 && !this.#isInBrackets(frame))
      return this.missing(frame, takes, chosen.end, { start, end });
    const several = text.slice(start, end).includes('\n');
    const values = (): string[] => this.#material.elements(takes).map(({ value }) => flowText(value));
    const items = node.items.map((one) => rangeOf(one as Scalar));
    const first = items.findIndex((one) => one.start === chosen.start);
    const last = items.findIndex((one) => one.end === chosen.end);
    if (chosen.start < chosen.end && first >= 0 && last >= first) {
      return { form, replaces: true, edit: { ...chosen, text: values().join(', ') } };
    }
    let gap = items.filter((one) => one.start < chosen.end).length;
    if (gap > 0) while (belongsToPrevious(elements[gap])) gap += 1;
    const firstItem = items[0];
    const indent = firstItem && several ? ' '.repeat(columnOf(text, firstItem.start)) : '';
    const between = several ? `,${eol}${indent}` : ', ';
    return this.#once(`${start} ${gap}`, () => {
      const before = items[gap - 1];
      if (before)
        return { form, edit: { start: before.end, end: before.end, text: between + values().join(between) } };
      const at = firstItem?.start ?? start + 1;
      return {
        form,
        edit: { start: at, end: at, text: values().join(between) + (firstItem ? between : '') },
      };
    });
  }

  /** A value that is missing, or empty brackets, becomes a sequence in block style. */
  missing(frame: Frame, takes: Takes, cursor: number, brackets?: Span): PlacedOne {
    const { text, eol } = this.#document;
    const { keyNode } = frame;
    const place = `${frame.at} missing`;
    if (!keyNode && brackets) {
      const column = columnOf(text, brackets.start);
      return this.#once(place, () => ({
        form: takes.form,
        edit: { ...brackets, text: this.#lines(takes).join(eol + ' '.repeat(column)) },
      }));
    }
    const from = keyNode ? rangeOf(keyNode).start : frame.at;
    const pad = ' '.repeat(columnOf(text, from)) + this.unit;
    return this.#once(place, () => {
      const lines = this.#lines(takes);
      const start = brackets?.start ?? (keyNode ? rangeOf(keyNode).end : frame.at) + 1;
      const edit = this.#behind(brackets?.end ?? start, cursor, pad, lines);
      if (!brackets) return { form: takes.form, edit };
      // The space before the brackets goes with them.
      const space = /[ \t]*$/.exec(text.slice(0, brackets.start))?.[0].length ?? 0;
      const kept = text.slice(brackets.end, edit.start);
      return { form: takes.form, edit: { ...edit, start: brackets.start - space, text: kept + edit.text } };
    });
  }

  /** The `input_examples` of a tool: more of them, or the member itself. */
  inTool(node: YAMLMap, tool: { name: string; input_examples?: Json }, chosen: Span): PlacedOne {
    const { text } = this.#document;
    const form = 'input_examples';
    const present = tool.input_examples ?? [];
    if (!Array.isArray(present)) throw new NothingFits('The input_examples that stand there are no list.');
    const takes: Takes = { form, tool: tool.name, present };
    const pair = node.items.find(({ key }) => isScalar(key) && key.value === 'input_examples');
    const keyNode = isScalar(pair?.key) ? pair.key : null;
    if (keyNode) {
      const frame: Frame = { node: null, key: form, keyNode, parent: node, at: rangeOf(keyNode).end };
      if (!isSeq(pair?.value)) return this.missing(frame, takes, chosen.end);
      const end = { start: rangeOf(pair.value).end - 1, end: rangeOf(pair.value).end - 1 };
      return this.inSequence(pair.value, { ...frame, node: pair.value }, takes, present, end);
    }
    return this.#once(`${rangeOf(node).start} tool`, () => {
      if (isFlow(node)) {
        const last = leafEndOfFlow(node);
        const values = this.#material.elements(takes).map(({ value }) => value);
        return { form, edit: { start: last, end: last, text: `, "input_examples": ${flowText(values)}` } };
      }
      const pad = ' '.repeat(columnOf(text, rangeOf(node).start));
      const lines = ['input_examples:', ...this.#lines(takes).map((line) => this.unit + line)];
      return { form, edit: this.#behind(leafEnd(node, rangeOf(node).end), chosen.end, pad, lines) };
    });
  }

  /** A document without anything becomes a sequence. */
  emptyDocument(asked: ExampleForm | null, from: number, at: number): PlacedOne {
    if (isTextForm(asked)) throw new NothingFits('In YAML, this form can only stand in a block of text (|).');
    const { text, eol } = this.#document;
    const form = asked ?? 'messages';
    return this.#once(`${from} empty`, () => {
      const values: Json[] =
        form === 'input_examples'
          ? JSON.parse(this.#material.text(form))
          : this.#material.elements({ form, wrapped: false } as Takes).map(({ value }) => value);
      const body = values.flatMap((value) => item(value, this.unit)).join(eol);
      if (!onBlankLine(text, at))
        return { form, edit: { start: lineEnd(text, at), end: lineEnd(text, at), text: eol + body } };
      const [start, end] = [lineStart(text, at), lineEnd(text, at)];
      return { form, edit: { start, end, text: end === text.length ? body + eol : body } };
    });
  }

  /** Lines behind the one in which something ends. The empty line in which the cursor stands is used up. */
  #behind(end: number, cursor: number, pad: string, lines: readonly string[]): Edit {
    const { text, eol } = this.#document;
    const padded = lines.map((line) => pad + line).join(eol);
    // A block of text ends with its line.
    if (end > 0 && text[end - 1] === '\n') return { start: end, end, text: padded + eol };
    const start = lineEnd(text, end);
    const until = lineEnd(text, cursor);
    const consumes = cursor > start && onBlankLine(text, cursor) && isBlank(text, start, until);
    const last = consumes && until === text.length ? eol : '';
    return { start, end: consumes ? until : start, text: eol + padded + last };
  }

  #lines(takes: Takes): string[] {
    return this.#material.elements(takes).flatMap((one) => this.#item(one));
  }

  #item({ value, note }: Element): string[] {
    return [...(note === null ? [] : [`# ${note}`]), ...item(value, this.unit)];
  }

  #isInBrackets({ parent }: Frame): boolean {
    return parent !== null && isFlow(parent);
  }

  #once(place: string, make: () => PlacedOne): PlacedOne {
    const known = this.#done.get(place) ?? make();
    this.#done.set(place, known);
    return known;
  }
}

/** Behind the last member of a map in brackets. */
function leafEndOfFlow(node: YAMLMap): number {
  const pair = node.items.at(-1);
  const key = isScalar(pair?.key) ? rangeOf(pair.key).end : rangeOf(node).start + 1;
  return isMissing(pair?.value) ? key : leafEnd(pair?.value, key);
}
