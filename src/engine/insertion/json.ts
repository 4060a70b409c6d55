/** Examples in JSON, with or without comments: elements of the array at the cursor, members of the tool there. */
import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { isJsonObject, type Json } from '../../core/json.ts';
import type { ExampleForm } from '../../protocol/engine.ts';
import { harmlessJson } from '../exampleFormats/harmless.ts';
import {
  type Container,
  gapAt,
  insertInto,
  itemsOf,
  replaceItems,
  skipTrivia,
  type Written,
} from './container.ts';
import {
  applied,
  type Document,
  type Edit,
  indentAt,
  inOrder,
  lineNumber,
  NothingFits,
  type Span,
  trimmed,
} from './document.ts';
import { intoJsonString } from './jsonString.ts';
import type { Element, Material, Takes } from './material.ts';
import { isTextForm, located, type Placed, type Placement } from './placement.ts';
import { type ArrayAt, arrayTakes, belongsToPrevious, isAnthropicTool } from './takes.ts';

const syntax = { lineComment: '//', blockComments: true };
const lenient = { allowTrailingComma: true, allowEmptyContent: true };

/** Into a JSON document. It parses afterwards as strictly as it did before. */
export const intoJson: Placement = (document, material, form) => {
  const { text } = document;
  const strict = isStrict(text);
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, lenient);
  if (!strict && errors.length > 0) throw broken(text, errors);
  if (!root) return wholeDocument(document, material, form);

  const json = new JsonPlaces(document, material, form, root, !strict || document.languageId === 'jsonc');
  const placed = document.selections.map((selection) => json.place(selection));
  const edits = inOrder(placed.map(({ edit }) => edit));
  const after = applied(text, edits);
  const left: ParseError[] = [];
  parseTree(after, left, lenient);
  if (left.length > 0 || (strict && document.languageId !== 'jsonc' && !isStrict(after))) {
    throw new NothingFits('What would be inserted there is not JSON.');
  }
  return { edits, form: placed[0]?.form ?? 'messages' };
};

/** Reads the document around each selection. */
class JsonPlaces {
  readonly #document: Document;
  readonly #material: Material;
  readonly #form: ExampleForm | null;
  readonly #root: Node;
  readonly #comments: boolean;
  /** Where something was inserted already: a second cursor in the same place adds nothing. */
  readonly #done = new Map<string, { edit: Edit; form: ExampleForm }>();

  constructor(
    document: Document,
    material: Material,
    form: ExampleForm | null,
    root: Node,
    comments: boolean,
  ) {
    this.#document = document;
    this.#material = material;
    this.#form = form;
    this.#root = root;
    this.#comments = comments;
  }

  place(selection: Span): { edit: Edit; form: ExampleForm } {
    const { text } = this.#document;
    const chosen = trimmed(text, selection);
    if (isTextForm(this.#form)) return this.#inString(chosen, this.#form);
    const whole = this.#replacedValue(chosen);
    if (whole) return whole;
    for (const node of around(this.#root, chosen.end).reverse()) {
      if (node.type === 'array') {
        const takes = arrayTakes(arrayAt(node), this.#form);
        if (takes === 'other') break;
        if (takes) return this.#inArray(node, takes, chosen);
      } else if (this.#form === null || this.#form === 'input_examples') {
        const tool: Json = node.type === 'object' ? getNodeValue(node) : null;
        if (isAnthropicTool(tool)) return this.#inTool(node, tool, chosen);
      }
    }
    throw new NothingFits(located(this.#document, chosen.end, noPlace(this.#form)));
  }

  #inArray(node: Node, takes: Takes, chosen: Span): { edit: Edit; form: ExampleForm } {
    const container = containerOf(node);
    const range = itemsOf(container, chosen);
    const values: Json[] = getNodeValue(node);
    if (range && !belongsToPrevious(values[range[0]]) && !belongsToPrevious(values[range[1] + 1])) {
      const edit = replaceItems(this.#document, container, range, this.#written(takes));
      return { edit, form: takes.form };
    }
    let gap = gapAt(container, chosen.end);
    if (gap > 0) while (belongsToPrevious(values[gap])) gap += 1;
    return this.#once(`${node.offset} ${gap}`, takes.form, () =>
      insertInto(this.#document, container, gap, chosen.end, this.#written(takes), syntax),
    );
  }

  #inTool(node: Node, tool: { name: string; input_examples?: Json }, chosen: Span) {
    const there = node.children?.find((property) => property.children?.[0]?.value === 'input_examples');
    const value = there?.children?.[1];
    if (value && value.type !== 'array') {
      throw new NothingFits('The input_examples that stand there are no array.');
    }
    const present = Array.isArray(tool.input_examples) ? tool.input_examples : [];
    const takes: Takes = { form: 'input_examples', tool: tool.name, present };
    const container = containerOf(value ?? node);
    const gap = container.items.length;
    return this.#once(`${(value ?? node).offset} ${gap}`, takes.form, () => {
      const written = value
        ? this.#written(takes)
        : member('input_examples', this.#written(takes), this.#document);
      return insertInto(this.#document, container, gap, chosen.end, written, syntax);
    });
  }

  /** A value that is selected as a whole, where an array of ours can stand in its place. */
  #replacedValue(chosen: Span): { edit: Edit; form: ExampleForm } | null {
    if (chosen.start === chosen.end) return null;
    const node = findExact(this.#root, chosen);
    if (!node || node.parent?.type === 'array') return null;
    if (node === this.#root && node.type !== 'array') return null;
    const at = arrayAt(node);
    const takes = arrayTakes(node.type === 'array' ? at : { ...at, elements: [] }, this.#form);
    if (!takes || takes === 'other') return null;
    const fresh: Takes = takes.form === 'input_examples' ? { ...takes, present: [] } : takes;
    const text = bracketed(this.#document, this.#written(fresh), indentAt(this.#document.text, node.offset));
    return { edit: { ...chosen, text }, form: takes.form };
  }

  #inString(chosen: Span, form: ExampleForm): { edit: Edit; form: ExampleForm } {
    const { text } = this.#document;
    const node = around(this.#root, chosen.end).at(-1);
    const isKey = node?.parent?.type === 'property' && node.parent.children?.[0] === node;
    if (node?.type !== 'string' || isKey || chosen.start <= node.offset) {
      throw new NothingFits(
        located(this.#document, chosen.end, 'In JSON, this form can only stand in the text of a string.'),
      );
    }
    const content = { start: node.offset + 1, end: node.offset + node.length - 1 };
    return { edit: intoJsonString(text, content, chosen, this.#material.text(form)), form };
  }

  #written(takes: Takes): Written {
    return writtenJson(this.#material.elements(takes), this.#document, this.#comments);
  }

  #once(place: string, form: ExampleForm, make: () => Edit): { edit: Edit; form: ExampleForm } {
    const known = this.#done.get(place) ?? { edit: make(), form };
    this.#done.set(place, known);
    return known;
  }
}

function wholeDocument(document: Document, material: Material, form: ExampleForm | null): Placed {
  const { text, eol } = document;
  if (isTextForm(form)) throw new NothingFits('In JSON, this form can only stand in the text of a string.');
  // Not inside of a comment: behind all of them.
  const end = skipTrivia(text, 0, text.length, syntax);
  const behind = text.slice(0, end).trimEnd().length;
  const written = material.text(form ?? 'messages');
  const lines = JSON.stringify(JSON.parse(written)) === '[]' ? ['[]'] : reindented(written, document);
  const before = behind > 0 ? eol : '';
  return {
    edits: [{ start: behind, end: text.length, text: `${before}${lines.join(eol)}${eol}` }],
    form: form ?? 'messages',
  };
}

function reindented(json: string, { indent }: Document): string[] {
  return harmlessJson(JSON.parse(json), indent).split('\n');
}

/** New elements as JSON. */
export function writtenJson(
  elements: readonly Element[],
  { eol, indent: unit }: Document,
  comments: boolean,
): Written {
  return {
    flat: () => elements.map(({ value }) => harmlessJson(value)),
    lines: (indent) =>
      elements.map(({ value, note }) => {
        const text = harmlessJson(value, unit)
          .split('\n')
          .join(eol + indent);
        return note !== null && comments ? `// ${note}${eol}${indent}${text}` : text;
      }),
  };
}

function bracketed({ eol, indent: unit }: Document, written: Written, base: string): string {
  const indent = base + unit;
  return `[${eol}${indent}${written.lines(indent).join(`,${eol}${indent}`)}${eol}${base}]`;
}

/** The elements as the value of a member. */
function member(key: string, written: Written, document: Document): Written {
  return {
    flat: () => [`${JSON.stringify(key)}: [${written.flat().join(', ')}]`],
    lines: (indent) => [`${JSON.stringify(key)}: ${bracketed(document, written, indent)}`],
  };
}

function containerOf(node: Node): Container {
  const spanOf = ({ offset, length }: Node): Span => ({ start: offset, end: offset + length });
  return { span: spanOf(node), items: (node.children ?? []).map(spanOf) };
}

/** Values whose text has the offset inside of it, the outermost first. */
function around(node: Node, offset: number): Node[] {
  if (offset <= node.offset || offset >= node.offset + node.length) return [];
  const inner = (node.children ?? []).map((child) => around(child, offset)).find((found) => found.length > 0);
  return [...(node.type === 'property' ? [] : [node]), ...(inner ?? [])];
}

function findExact(node: Node, { start, end }: Span): Node | null {
  if (node.type !== 'property' && node.offset === start && node.offset + node.length === end) return node;
  for (const child of node.children ?? []) {
    if (child.offset <= start && end <= child.offset + child.length) return findExact(child, { start, end });
  }
  return null;
}

function arrayAt(node: Node): ArrayAt {
  const property = node.parent?.type === 'property' ? node.parent : undefined;
  const parent: Json = property?.parent ? getNodeValue(property.parent) : null;
  return {
    elements: node.type === 'array' ? getNodeValue(node) : [],
    key: typeof property?.children?.[0]?.value === 'string' ? property.children[0].value : null,
    parent: isJsonObject(parent) ? parent : null,
    root: node.parent === undefined,
  };
}

function isStrict(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function broken(text: string, errors: readonly ParseError[]): NothingFits {
  const [first] = errors;
  const what = first
    ? printParseErrorCode(first.error)
        .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
        .toLowerCase()
    : '';
  return new NothingFits(
    `The document is not valid JSON as it stands: line ${lineNumber(text, first?.offset ?? 0)}, ${what}. Correct it first.`,
  );
}

function noPlace(form: ExampleForm | null): string {
  const places = 'an array of messages, an array of examples, or a tool with an input_schema';
  if (form === 'input_examples') return 'The cursor is in no tool with an input_schema.';
  return form === null
    ? `The cursor is in none of the places where examples can stand: ${places}.`
    : 'The cursor is in no array that takes this form.';
}
