import { canonicalJson, type Json } from '../../core/json.ts';
import type { Example, Lesson } from '../../core/trial.ts';
import type { ExampleForm } from '../../protocol/engine.ts';
import { contrastLine, contrastsAbout } from '../exampleFormats/contrasts.ts';
import { type FormatOptions, type KnownTools, marksOf, noteOf, toolName } from '../exampleFormats/format.ts';
import { besideLessons, exampleForms, isLessonForm, lessonsText } from '../exampleFormats/index.ts';
import { markdownBlocks } from '../exampleFormats/markdown.ts';
import { exampleObject } from '../exampleFormats/objects.ts';
import { callIds, chatMessages } from '../exampleFormats/openai.ts';
import { NothingFits } from './document.ts';

/** What an array takes. */
export type Takes =
  /** `wrapped`: one object with `messages` an example, instead of the messages themselves. */
  | { form: 'messages'; wrapped: boolean }
  | { form: 'objects' }
  /** `present`: arguments that are there already. */
  | { form: 'input_examples'; tool: string; present: readonly Json[] };

/** An element to insert; `note` is a comment, one line, for where comments are possible. */
export interface Element {
  value: Json;
  note: string | null;
}

/** The examples to be inserted, in whatever form a place takes. */
export class Material {
  readonly #examples: readonly Example[];
  readonly #tools: KnownTools;
  readonly #newId: () => string;
  readonly #options: FormatOptions;
  readonly #lessons: readonly Lesson[];

  /**
   * Ids of calls are none of those in `text`, and differ from place to place.
   *
   * @param lessons stand beside the examples where the form is text
   */
  constructor(
    examples: readonly Example[],
    tools: KnownTools,
    text: string,
    options: FormatOptions = {},
    lessons: readonly Lesson[] = [],
  ) {
    this.#options = options;
    this.#lessons = lessons;
    this.#examples = examples;
    this.#tools = tools;
    this.#newId = callIds(text);
  }

  /** @throws NothingFits when none of the examples calls the tool, or all that do are there already */
  elements(takes: Takes): Element[] {
    if (takes.form === 'objects') {
      return this.#examples.map((example) => ({
        value: exampleObject(example, this.#tools, this.#options),
        // Data has a place of its own for them, where they are wanted in it.
        note: this.#options.contrasts === undefined ? this.#notThis(example) : null,
      }));
    }
    if (takes.form === 'input_examples') return this.#inputs(takes.tool, takes.present);
    return this.#examples.flatMap((example): Element[] => {
      const messages = chatMessages(example, this.#tools, this.#newId, this.#options) as unknown as Json[];
      if (!takes.wrapped) return messages.map((value) => ({ value, note: null }));
      return [{ value: { messages, ...marksOf(example) }, note: null }];
    });
  }

  /** The examples as text that stands for itself; headings, where there are any, of this level. */
  text(form: ExampleForm, level = 3): string {
    const text =
      form === 'markdown'
        ? markdownBlocks(this.#examples, this.#tools, level, this.#options)
        : exampleForms[form](this.#examples, this.#tools, this.#options);
    if (!isLessonForm(form)) return text;
    return besideLessons(text, lessonsText(this.#lessons, this.#tools, form, level), form);
  }

  /** Calls that failed before the one that worked, of all tools or of one. */
  #notThis(example: Example, tool?: string): string | null {
    const failed = tool === undefined ? (example.contrasts ?? []) : contrastsAbout(example, tool);
    if (failed.length === 0) return null;
    return failed.map((one) => `${contrastLine(one, this.#tools)}.`).join(' ');
  }

  #inputs(tool: string, present: readonly Json[]): Element[] {
    const known = new Set(present.map(canonicalJson));
    const found: Element[] = [];
    let calls = 0;
    for (const example of this.#examples) {
      for (const call of example.calls) {
        if (toolName(call.tool, this.#tools) !== tool) continue;
        calls += 1;
        const text = canonicalJson(call.arguments);
        if (known.has(text)) continue;
        known.add(text);
        const notes = [
          noteOf(example),
          this.#options.contrasts === false ? null : this.#notThis(example, call.tool),
        ];
        const note = notes.filter((one) => one !== null).join(' ');
        found.push({ value: call.arguments, note: note === '' ? null : note });
      }
    }
    if (calls === 0)
      throw new NothingFits(`None of these examples calls ${tool}, the tool that stands there.`);
    if (found.length === 0)
      throw new NothingFits(`The arguments of these examples stand at ${tool} already.`);
    return found;
  }
}
