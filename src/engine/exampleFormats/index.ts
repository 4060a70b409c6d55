/** The forms in which examples are handed out: one file a form. */
import { anthropic } from './anthropic.ts';
import type { ExampleFormat } from './format.ts';
import { jsonl } from './jsonl.ts';
import { markdown } from './markdown.ts';
import { openai } from './openai.ts';
import { react } from './react.ts';

export type { ExampleFormat, KnownTools } from './format.ts';
export { toolName } from './format.ts';

export const exampleFormats = { openai, anthropic, react, markdown, jsonl } as const satisfies Record<
  string,
  ExampleFormat
>;

export type ExampleFormatName = keyof typeof exampleFormats;
