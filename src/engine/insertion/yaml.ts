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
  inOrder,
  isBlank,
  lineNumber,
  NothingFits,
  onBlankLine,
  type Span,
} from './document.ts';
import { intoJsonString } from './jsonString.ts';
import type { Material } from './material.ts';
import { hasGrown, isTextForm, located, type Placement } from './placement.ts';
import { arrayTakes, isAnthropicTool } from './takes.ts';
import { isReact } from './text.ts';
import { intoBlockScalar } from './yamlScalar.ts';
import {
  columnOf,
  type Frame,
  framesAt,
  isFlow,
  isMissing,
  itemStarts,
  rangeOf,
  startOf,
} from './yamlTree.ts';
import { type PlacedOne, YamlWriter } from './yamlWriter.ts';

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

class YamlPlaces {
  readonly #document: Document;
  readonly #material: Material;
  readonly #form: ExampleForm | null;
  readonly #parsed: YamlDocument[];
  readonly #writer: YamlWriter;

  constructor(document: Document, material: Material, form: ExampleForm | null, parsed: YamlDocument[]) {
    this.#document = document;
    this.#material = material;
    this.#form = form;
    this.#parsed = parsed;
    this.#writer = new YamlWriter(document, material);
  }

  place(selection: Span): PlacedOne {
    const { text } = this.#document;
    const chosen = withoutSpace(text, selection);
    const at = chosen.end;
    const one = this.#parsed.findLast((each) => startOf(each) < at) ?? this.#parsed[0];
    if (!one || isMissing(one.contents))
      return this.#writer.emptyDocument(this.#form, one ? startOf(one) : 0, at);
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
        ? this.#writer.inSequence(node, frame, takes, all, chosen)
        : this.#writer.missing(frame, takes, chosen.end);
    }
    if (isMap(node) && (this.#form === null || this.#form === 'input_examples')) {
      const tool = toJson(node, document);
      if (isAnthropicTool(tool)) return this.#writer.inTool(node, tool, chosen);
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
        edit: intoBlockScalar(text, { start, end }, chosen, block, eol, outer + this.#writer.unit.length),
      };
    }
    if (style === 'QUOTE_DOUBLE' && isTextForm(this.#form)) {
      const content = { start: start + 1, end: end - 1 };
      return { form: wanted, edit: intoJsonString(text, content, chosen, this.#material.text(wanted)) };
    }
    return null;
  }
}

const folded = 'A folded block (>) would join the lines of the examples. Write | instead.';

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
