/** Examples in YAML: elements of the sequence at the cursor, in its style and indentation, or text of a block scalar. */
import {
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
  type Document as YamlDocument,
} from 'yaml';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { ExampleForm } from '../../protocol/engine.ts';
import {
  applied,
  type Document,
  type Edit,
  inOrder,
  isBlank,
  lineEnd,
  lineNumber,
  lineStart,
  NothingFits,
  onBlankLine,
  type Span,
} from './document.ts';
import { intoJsonString } from './jsonString.ts';
import type { Element, Material, Takes } from './material.ts';
import { hasGrown, isTextForm, located, type Placement } from './placement.ts';
import { arrayTakes, belongsToPrevious, isAnthropicTool } from './takes.ts';
import { isReact } from './text.ts';
import { intoBlockScalar } from './yamlScalar.ts';
import { flowText, item } from './yamlText.ts';
import {
  columnOf,
  type Frame,
  framesAt,
  isFlow,
  isMissing,
  itemStarts,
  leafEnd,
  rangeOf,
  startOf,
} from './yamlTree.ts';

/** Into a YAML document, or one of several in a file. All of them parse afterwards and have what they had. */
export const intoYaml: Placement = (document, material, form) => {
  const { text } = document;
  const before = parsed(text, 'before');
  const places = new YamlPlaces(document, material, form, before);
  const placed = document.selections.map((selection) => places.place(selection));
  const edits = inOrder(placed.map(({ edit }) => edit));
  const after = parsed(applied(text, edits), 'after');
  const same = before.length === 0 || after.length === before.length;
  const grown = before.every((one, index) => hasGrown(dataOf(one), dataOf(after[index])));
  if (!same || (!grown && placed.every(({ replaces }) => !replaces))) {
    throw new NothingFits('What would be inserted there would change what stands around it.');
  }
  return { edits, form: placed[0]?.form ?? 'messages' };
};

interface PlacedOne {
  edit: Edit;
  form: ExampleForm;
  replaces?: boolean;
}

class YamlPlaces {
  readonly #document: Document;
  readonly #material: Material;
  readonly #form: ExampleForm | null;
  readonly #parsed: YamlDocument[];
  readonly #unit: string;
  readonly #done = new Map<string, PlacedOne>();

  constructor(document: Document, material: Material, form: ExampleForm | null, parsed: YamlDocument[]) {
    this.#document = document;
    this.#material = material;
    this.#form = form;
    this.#parsed = parsed;
    // A tab cannot indent YAML.
    this.#unit = /^ +$/.test(document.indent) ? document.indent : '  ';
  }

  place(selection: Span): PlacedOne {
    const { text } = this.#document;
    const chosen = withoutSpace(text, selection);
    const at = chosen.end;
    const one = this.#parsed.findLast((each) => startOf(each) < at) ?? this.#parsed[0];
    if (!one || isMissing(one.contents)) return this.#emptyDocument(one ? startOf(one) : 0, at);
    const frames = framesAt(one, at);
    for (const frame of this.#candidates(frames, at)) {
      const found = this.#inFrame(frame, chosen, one, frame === frames.at(-1));
      if (found === 'other') break;
      if (found) return found;
    }
    const last = frames.at(-1)?.node;
    const isFolded = isScalar(last) && last.type === 'BLOCK_FOLDED';
    throw new NothingFits(located(this.#document, at, isFolded ? folded : noPlace(this.#form)));
  }

  /**
   * Where to look, in order: the innermost first. On an empty line the column says how deep the person means it; what is
   * deeper comes after that, and a text that would have to be gone on with comes last.
   */
  #candidates(frames: readonly Frame[], at: number): Frame[] {
    const { text } = this.#document;
    const inward = frames.toReversed();
    if (!onBlankLine(text, at)) return inward;
    const column = columnOf(text, at);
    const byColumn = inward.filter(({ node, keyNode }) => {
      if (isSeq(node) && !isFlow(node)) return columnOf(text, itemStarts(node)[0] ?? 0) <= column;
      if (isMap(node) && !isFlow(node)) return columnOf(text, rangeOf(node).start) <= column;
      if (isScalar(node) && keyNode) return columnOf(text, rangeOf(keyNode).start) < column;
      return node === null && keyNode !== null && columnOf(text, rangeOf(keyNode).start) <= column;
    });
    return [
      ...byColumn,
      ...inward.filter(({ node }) => !isScalar(node)),
      ...inward.filter(({ node }) => isScalar(node)),
    ];
  }

  #inFrame(
    frame: Frame,
    chosen: Span,
    document: YamlDocument,
    isInnermost: boolean,
  ): PlacedOne | 'other' | null {
    const { node, key, parent } = frame;
    const scalar = isScalar(node) ? node : null;
    if (scalar && isInnermost && (this.#form === null || isTextForm(this.#form))) {
      const inText = this.#inScalar(scalar, frame, chosen);
      if (inText) return inText;
    }
    if (isTextForm(this.#form)) return null;
    const object = parent ? (toJson(parent, document) as JsonObject) : null;
    if (isSeq(node) || (node === null && key !== null)) {
      const all = isSeq(node) ? (toJson(node, document) as Json[]) : [];
      // A dash with nothing behind it is no element yet.
      const elements = all.filter((element) => element !== null);
      const root = node === document.contents;
      const takes = arrayTakes({ elements, key, parent: object, root }, this.#form);
      if (takes === 'other') return 'other';
      if (!takes) return null;
      return isSeq(node)
        ? this.#inSequence(node, frame, takes, all, chosen)
        : this.#missing(frame, takes, chosen.end);
    }
    if (isMap(node) && (this.#form === null || this.#form === 'input_examples')) {
      const tool = toJson(node, document);
      if (isAnthropicTool(tool)) return this.#inTool(node, tool, chosen);
    }
    return null;
  }

  #inScalar(scalar: Scalar, frame: Frame, chosen: Span): PlacedOne | null {
    const { text, eol } = this.#document;
    const { start, end } = rangeOf(scalar);
    if (chosen.start <= start || chosen.end > end) return null;
    const style = scalar.type;
    const isKeyed = frame.key !== null || frame.parent === null;
    const wanted = this.#form ?? (isReact(String(scalar.value)) ? 'react' : 'markdown');
    if (style === 'BLOCK_LITERAL' && isKeyed) {
      const key = frame.keyNode;
      const outer = key ? columnOf(text, rangeOf(key).start) : 0;
      const block = this.#material.text(wanted);
      return {
        form: wanted,
        edit: intoBlockScalar(text, { start, end }, chosen, block, eol, outer + this.#unit.length),
      };
    }
    if (style === 'QUOTE_DOUBLE' && isTextForm(this.#form)) {
      const content = { start: start + 1, end: end - 1 };
      return { form: wanted, edit: intoJsonString(text, content, chosen, this.#material.text(wanted)) };
    }
    return null;
  }

  #inSequence(node: YAMLSeq, frame: Frame, takes: Takes, elements: readonly Json[], chosen: Span): PlacedOne {
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
      return this.#missing(frame, takes, chosen.end, { start, end });
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
  #missing(frame: Frame, takes: Takes, cursor: number, brackets?: Span): PlacedOne {
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
    const pad = ' '.repeat(columnOf(text, from)) + this.#unit;
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

  #inTool(node: YAMLMap, tool: { name: string; input_examples?: Json }, chosen: Span): PlacedOne {
    const { text } = this.#document;
    const form = 'input_examples';
    const present = tool.input_examples ?? [];
    if (!Array.isArray(present)) throw new NothingFits('The input_examples that stand there are no list.');
    const takes: Takes = { form, tool: tool.name, present };
    const pair = node.items.find(({ key }) => isScalar(key) && key.value === 'input_examples');
    const keyNode = isScalar(pair?.key) ? pair.key : null;
    if (keyNode) {
      const frame: Frame = { node: null, key: form, keyNode, parent: node, at: rangeOf(keyNode).end };
      if (!isSeq(pair?.value)) return this.#missing(frame, takes, chosen.end);
      const end = { start: rangeOf(pair.value).end - 1, end: rangeOf(pair.value).end - 1 };
      return this.#inSequence(pair.value, { ...frame, node: pair.value }, takes, present, end);
    }
    return this.#once(`${rangeOf(node).start} tool`, () => {
      if (isFlow(node)) {
        const last = leafEndOfFlow(node);
        const values = this.#material.elements(takes).map(({ value }) => value);
        return { form, edit: { start: last, end: last, text: `, "input_examples": ${flowText(values)}` } };
      }
      const pad = ' '.repeat(columnOf(text, rangeOf(node).start));
      const lines = ['input_examples:', ...this.#lines(takes).map((line) => this.#unit + line)];
      return { form, edit: this.#behind(leafEnd(node, rangeOf(node).end), chosen.end, pad, lines) };
    });
  }

  #emptyDocument(from: number, at: number): PlacedOne {
    if (isTextForm(this.#form))
      throw new NothingFits('In YAML, this form can only stand in a block of text (|).');
    const { text, eol } = this.#document;
    const form = this.#form ?? 'messages';
    return this.#once(`${from} empty`, () => {
      const values: Json[] =
        form === 'input_examples'
          ? JSON.parse(this.#material.text(form))
          : this.#material.elements({ form, wrapped: false } as Takes).map(({ value }) => value);
      const body = values.flatMap((value) => item(value, this.#unit)).join(eol);
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
    return [...(note === null ? [] : [`# ${note}`]), ...item(value, this.#unit)];
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

const folded = 'A folded block (>) would join the lines of the examples. Write | instead.';

/** Behind the last member of a map in brackets. */
function leafEndOfFlow(node: YAMLMap): number {
  const pair = node.items.at(-1);
  const key = isScalar(pair?.key) ? rangeOf(pair.key).end : rangeOf(node).start + 1;
  return isMissing(pair?.value) ? key : leafEnd(pair?.value, key);
}

function withoutSpace(text: string, { start, end }: Span): Span {
  if (isBlank(text, start, end)) return { start: end, end };
  const chosen = text.slice(start, end);
  return { start: start + (chosen.length - chosen.trimStart().length), end: start + chosen.trimEnd().length };
}

function parsed(text: string, when: 'before' | 'after'): YamlDocument[] {
  const documents = parseAllDocuments(text, { keepSourceTokens: true }) as YamlDocument[];
  const error = documents.flatMap(({ errors }) => errors)[0];
  if (!error) return [...documents];
  if (when === 'after') throw new NothingFits('What would be inserted there is not YAML.');
  const [what = ''] = error.message.split(/ at line |\n/);
  throw new NothingFits(
    `The document is not valid YAML as it stands: line ${lineNumber(text, error.pos[0])}, ${what}. Correct it first.`,
  );
}

function dataOf(document: YamlDocument | undefined): unknown {
  try {
    return document?.toJS();
  } catch {
    throw new NothingFits('The document refers to itself in ways that cannot be followed.');
  }
}

function toJson(node: YAMLMap | YAMLSeq, document: YamlDocument): Json {
  try {
    const value: unknown = node.toJS(document);
    return Array.isArray(value) || isJsonObject(value) ? (value as Json) : null;
  } catch {
    throw new NothingFits('The document refers to itself in ways that cannot be followed.');
  }
}

function noPlace(form: ExampleForm | null): string {
  if (isTextForm(form)) return 'In YAML, this form can only stand in a block of text (|).';
  if (form === 'input_examples') return 'The cursor is in no tool with an input_schema.';
  if (form !== null) return 'The cursor is in no list that takes this form.';
  return 'The cursor is in none of the places where examples can stand: a list of messages, a list of examples, a tool with an input_schema, or a block of text (|).';
}
