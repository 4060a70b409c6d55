import type { ExampleFormat } from './format.ts';

/** The examples as they are kept, provenance included: one JSON object a line. */
export const jsonl: ExampleFormat = (examples, _tools, { contrasts = true } = {}) =>
  examples
    .map(({ contrasts: failed, ...example }) =>
      JSON.stringify(contrasts && failed ? { ...example, contrasts: failed } : example),
    )
    .map((line) => `${line}\n`)
    .join('');
