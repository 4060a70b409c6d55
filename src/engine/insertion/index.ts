/**
 * Examples for the places at which somebody wants them: what has to be written into a document so that it is still legal.
 * Everything here is a function of texts; nothing knows an editor.
 */
import type { Example, Lesson } from '../../core/trial.ts';
import type { ExampleForm, Insertion, InsertionParams } from '../../protocol/engine.ts';
import type { KnownTools } from '../exampleFormats/index.ts';
import { exampleForms } from '../exampleFormats/index.ts';
import { intoCode } from './code.ts';
import { type Document, eolOf, NothingFits } from './document.ts';
import { intoJson } from './json.ts';
import { intoJsonl } from './jsonl.ts';
import { Material } from './material.ts';
import type { Placement } from './placement.ts';
import { intoText } from './text.ts';
import { intoYaml } from './yaml.ts';

/** By language; a file name decides where the language says too little. */
const placements: [RegExp, Placement, ExampleForm][] = [
  [/^(?:jsonl|ndjson|jsonlines)$/, intoJsonl, 'objects'],
  [/^(?:json|jsonc|json5|code-snippets)$/, intoJson, 'messages'],
  [/^(?:yaml|yml|dockercompose|github-actions-workflow)$/, intoYaml, 'messages'],
  [/^(?:python|typescript|typescriptreact|javascript|javascriptreact)$/, intoCode, 'messages'],
  [
    /^(?:prompt|instructions|chatagent|skill|markdown|plaintext|mdx|quarto|rmd|restructuredtext|asciidoc|latex|typst|handlebars|jinja.*|mustache|liquid|log|git-commit|scminput)$/,
    intoText,
    'markdown',
  ],
];

/** The edits that bring the examples in, or why there are none, with the text that can be copied instead. */
export function insertion(
  params: Omit<InsertionParams, 'exampleIds'>,
  examples: readonly Example[],
  tools: KnownTools,
  lessons: readonly Lesson[] = [],
): Insertion {
  const [, placement, usual] = placements.find(([languages]) => languages.test(languageOf(params))) ?? [];
  const options = params.contrasts === undefined ? {} : { contrasts: params.contrasts };
  const form = params.form ?? usual ?? 'markdown';
  const nothing = (why: string): Insertion => ({
    nothing: why,
    copy: exampleForms[form](examples, tools, options),
    form,
  });
  if (examples.length === 0) return nothing('There are no such examples any more.');
  if (!placement)
    return nothing(`What is legal in a document of the language ${params.languageId} is not known here.`);
  const mark = params.text.startsWith('\ufeff') ? 1 : 0;
  const text = params.text.slice(mark);
  const shifted = params.selections.map(({ start, end }) => ({
    start: Math.max(0, start - mark),
    end: Math.max(0, end - mark),
  }));
  const document: Document = {
    text,
    languageId: params.languageId,
    fileName: params.fileName,
    selections: shifted.toSorted((a, b) => a.start - b.start),
    eol: eolOf(text),
    indent: params.indent === '' ? '  ' : params.indent,
  };
  try {
    const { edits, form: placed } = placement(
      document,
      new Material(examples, tools, text, options, lessons),
      params.form,
    );
    const all = edits.map((edit) => ({ ...edit, start: edit.start + mark, end: edit.end + mark }));
    return { edits: all, form: placed };
  } catch (error) {
    if (error instanceof NothingFits) return nothing(error.message);
    throw error;
  }
}

function languageOf({ languageId, fileName }: Pick<InsertionParams, 'languageId' | 'fileName'>): string {
  return /\.(?:jsonl|ndjson)$/i.test(fileName) ? 'jsonl' : languageId;
}
