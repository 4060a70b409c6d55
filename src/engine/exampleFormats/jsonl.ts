import type { ExampleFormat } from './format.ts';

/** The examples as they are kept, provenance included: one JSON object a line. */
export const jsonl: ExampleFormat = (examples) =>
  examples.map((example) => `${JSON.stringify(example)}\n`).join('');
