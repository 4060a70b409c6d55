/**
 * Examples in Python, TypeScript and JavaScript. Inside of a string: as its text. In an array of messages or examples, or in
 * a tool: as literals. Where an expression is missing, or a statement can stand: a literal of the messages. Comments are no
 * place: nothing that stands in them reaches a model.
 */
import type { SyntaxNode, Tree } from '@lezer/common';
import { isJsonObject, type Json } from '../../core/json.ts';
import type { ExampleForm } from '../../protocol/engine.ts';
import { intoString, stringAt } from './codeString.ts';
import {
  around,
  containerOf,
  faults,
  isArray,
  isObject,
  type Language,
  languageOf,
  members,
  nameOf,
  readLiteral,
  textOf,
} from './codeTree.ts';
import { gapAt, insertInto, itemsOf, replaceItems, type Syntax, type Written } from './container.ts';
import { applied, type Document, type Edit, inOrder, NothingFits, type Span, trimmed } from './document.ts';
import { flatLiteral, type Literals, writtenLiterals } from './literal.ts';
import type { Material, Takes } from './material.ts';
import { isTextForm, located, type Placement } from './placement.ts';
import { slotAt } from './slot.ts';
import { arrayTakes, belongsToPrevious, isAnthropicTool } from './takes.ts';
import { isReact } from './text.ts';

/** Into a program. It has no more faults afterwards than before. */
export const intoCode: Placement = (document, material, form) => {
  const language = languageOf(document.languageId);
  const tree = language.parse(document.text);
  const code = new CodePlaces(document, material, form, language, tree);
  const placed = document.selections.map((selection) => code.place(selection));
  const edits = inOrder(placed.map(({ edit }) => edit));
  if (faults(language.parse(applied(document.text, edits))) > faults(tree)) {
    throw new NothingFits('What would be inserted there would break the program.');
  }
  return { edits, form: placed[0]?.form ?? 'messages' };
};

interface PlacedOne {
  edit: Edit;
  form: ExampleForm;
}

class CodePlaces {
  readonly #document: Document;
  readonly #material: Material;
  readonly #form: ExampleForm | null;
  readonly #language: Language;
  readonly #tree: Tree;
  readonly #literals: Literals;
  readonly #syntax: Syntax;
  readonly #done = new Map<string, PlacedOne>();
  readonly #names = new Set<string>();

  constructor(
    document: Document,
    material: Material,
    form: ExampleForm | null,
    language: Language,
    tree: Tree,
  ) {
    this.#document = document;
    this.#material = material;
    this.#form = form;
    this.#language = language;
    this.#tree = tree;
    this.#literals = language.literals(document.text);
    this.#syntax = { lineComment: language.lineComment, blockComments: !language.isPython };
  }

  place(selection: Span): PlacedOne {
    const { text, eol } = this.#document;
    const string = stringAt(this.#tree, text, selection);
    if (string) {
      const said = text.slice(string.content.start, string.content.end);
      const form = this.#form ?? (isReact(said.replaceAll('\\n', '\n')) ? 'react' : 'markdown');
      return { form, edit: intoString(text, string, selection, this.#material.text(form), eol) };
    }
    const chosen = trimmed(text, selection);
    const nodes = around(this.#tree, chosen.end);
    if (nodes.some(({ name }) => name === 'BlockComment'))
      throw this.#nothing(chosen, 'The cursor is in a comment.');
    if (!isTextForm(this.#form)) {
      for (const node of nodes) {
        const found = this.#inNode(node, chosen);
        if (found === 'other') throw this.#nothing(chosen, noPlace);
        if (found) return found;
      }
    }
    return this.#inSlot(chosen);
  }

  #inNode(node: SyntaxNode, chosen: Span): PlacedOne | 'other' | null {
    const { text } = this.#document;
    if (isArray(node)) {
      const { key, object } = nameOf(node, text);
      const parent = object ? readLiteral(object, text) : null;
      const elements = readLiteral(node, text) as Json[];
      const isEmpty = elements.length === 0;
      const at = {
        elements,
        key,
        parent: isJsonObject(parent) ? parent : null,
        root: isEmpty && parent === null,
      };
      const takes = arrayTakes(at, this.#form);
      return takes === 'other' || takes === null ? takes : this.#inArray(node, takes, elements, chosen);
    }
    if (!isObject(node) || (this.#form !== null && this.#form !== 'input_examples')) return null;
    const tool = readLiteral(node, text);
    return isAnthropicTool(tool) ? this.#inTool(node, tool, chosen) : null;
  }

  #inArray(node: SyntaxNode, takes: Takes, elements: readonly Json[], chosen: Span): PlacedOne {
    const container = containerOf(node);
    const range = itemsOf(container, chosen);
    if (range && !belongsToPrevious(elements[range[0]]) && !belongsToPrevious(elements[range[1] + 1])) {
      return { form: takes.form, edit: replaceItems(this.#document, container, range, this.#written(takes)) };
    }
    let gap = gapAt(container, chosen.end);
    if (gap > 0) while (belongsToPrevious(elements[gap])) gap += 1;
    return this.#once(`${node.from} ${gap}`, () => ({
      form: takes.form,
      edit: insertInto(this.#document, container, gap, chosen.end, this.#written(takes), this.#syntax),
    }));
  }

  #inTool(node: SyntaxNode, tool: { name: string }, chosen: Span): PlacedOne {
    const { text } = this.#document;
    const there = members(node).find(({ key }) => textOf(key, text) === 'input_examples')?.value;
    if (there && !isArray(there))
      throw this.#nothing(chosen, 'The input_examples that stand there are no literal.');
    const takes: Takes = { form: 'input_examples', tool: tool.name, present: [] };
    const container = containerOf(there ?? node);
    const gap = container.items.length;
    return this.#once(`${(there ?? node).from} ${gap}`, () => {
      const written = this.#written(takes);
      const name = `${this.#literals.key('input_examples')}: `;
      const member: Written = {
        flat: () => [`${name}[${written.flat().join(', ')}]`],
        lines: (indent) => [name + this.#bracketed(written, indent)],
      };
      const edit = insertInto(
        this.#document,
        container,
        gap,
        chosen.end,
        there ? written : member,
        this.#syntax,
      );
      return { form: takes.form, edit };
    });
  }

  #inSlot(chosen: Span): PlacedOne {
    const form = this.#form ?? 'messages';
    const slot = slotAt(this.#document, this.#language, this.#tree, chosen);
    if (!slot) throw this.#nothing(chosen, noPlace);
    return this.#once(`${slot.start} slot`, () => {
      const value = this.#value(form, slot.indent);
      const name = slot.isStatement ? this.#declaration(form) : '';
      const end = slot.isStatement && !this.#language.isPython ? ';' : '';
      return {
        form,
        edit: { start: slot.start, end: slot.end, text: slot.before + name + value + end + slot.after },
      };
    });
  }

  #value(form: ExampleForm, indent: string): string {
    if (isTextForm(form)) return flatLiteral(this.#material.text(form).trimEnd(), this.#literals);
    if (form === 'input_examples') {
      const tools: Json[] = JSON.parse(this.#material.text(form));
      return this.#bracketed(this.#literal(tools), indent);
    }
    return this.#bracketed(
      this.#written(form === 'messages' ? { form, wrapped: false } : { form: 'objects' }),
      indent,
    );
  }

  #literal(values: readonly Json[]): Written {
    const elements = values.map((value) => ({ value, note: null }));
    return writtenLiterals(elements, this.#literals, this.#language.lineComment, this.#document);
  }

  #written(takes: Takes): Written {
    return writtenLiterals(
      this.#material.elements(takes),
      this.#literals,
      this.#language.lineComment,
      this.#document,
    );
  }

  #bracketed(written: Written, base: string): string {
    const { eol, indent: unit } = this.#document;
    const indent = eol + base + unit;
    return `[${indent}${written.lines(base + unit).join(`,${indent}`)},${eol}${base}]`;
  }

  /** `const messages = `, with a name that the document does not have. */
  #declaration(form: ExampleForm): string {
    const { text } = this.#document;
    const names = {
      messages: 'messages',
      objects: 'examples',
      input_examples: 'tools',
      react: 'examples',
      markdown: 'examples',
    };
    let name = names[form];
    const isTaken = (): boolean => this.#names.has(name) || new RegExp(`\\b${name}\\b`).test(text);
    for (let number = 2; isTaken(); number += 1) name = `${names[form]}${number}`;
    this.#names.add(name);
    return this.#language.isPython ? `${name} = ` : `const ${name} = `;
  }

  #nothing(chosen: Span, message: string): NothingFits {
    return new NothingFits(located(this.#document, chosen.end, message));
  }

  #once(place: string, make: () => PlacedOne): PlacedOne {
    const known = this.#done.get(place) ?? make();
    this.#done.set(place, known);
    return known;
  }
}

const noPlace =
  'No examples can stand there: place the cursor in a string, in an array of messages, or where a value or a statement can stand.';
