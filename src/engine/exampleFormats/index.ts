/** The forms in which examples are handed out: one file a form. */
import type { ExampleForm } from '../../protocol/engine.ts';
import { anthropic } from './anthropic.ts';
import type { ExampleFormat } from './format.ts';
import { jsonl } from './jsonl.ts';
import { markdown } from './markdown.ts';
import { objects } from './objects.ts';
import { openai } from './openai.ts';
import { react } from './react.ts';

export type { ExampleFormat, FormatOptions, KnownTools } from './format.ts';
export { toolName } from './format.ts';
export { besideLessons, isLessonForm, type LessonForm, lessonForms, lessonsText } from './lessons.ts';

/** By the names that the command line has for them. */
export const exampleFormats = {
  openai,
  anthropic,
  react,
  markdown,
  objects,
  jsonl,
} as const satisfies Record<string, ExampleFormat>;

export type ExampleFormatName = keyof typeof exampleFormats;

/** By the names that the editor asks for. */
export const exampleForms: Record<ExampleForm, ExampleFormat> = {
  messages: openai,
  input_examples: anthropic,
  objects,
  react,
  markdown,
};
