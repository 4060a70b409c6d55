import { createHash } from 'node:crypto';
import type { Json } from '../core/json.ts';
import type { Example, Lesson } from '../core/trial.ts';

/** One JSON object a line, its keys always in the same order, so that git compares and merges lines. */

const exampleKeys = [
  'id',
  'tool',
  'query',
  'kind',
  'calls',
  'answer',
  'paraphraseOf',
  'contrasts',
  'lacks',
  'withheld',
  'verification',
  'checks',
  'provenance',
];
const callKeys = ['tool', 'arguments', 'observation', 'simulated'];
const checkKeys = ['format', 'execution', 'judge', 'specHash', 'text'];
const provenanceKeys = [
  'model',
  'languageModel',
  'simulated',
  'imported',
  'runId',
  'trialId',
  'seed',
  'specHash',
  'judge',
  'edited',
];
const lessonKeys = [
  'id',
  'tool',
  'text',
  'argument',
  'origin',
  'trials',
  'against',
  'recent',
  'retired',
  'sameAs',
  'specHash',
];

/** The line of an example. What a person or a later version added to it comes last and stays. */
export function exampleLine(example: Example): string {
  const { calls, checks, provenance } = example;
  return JSON.stringify({
    ...ordered(example, exampleKeys),
    calls: calls.map((call) => ordered(call, callKeys)),
    ...(checks ? { checks: ordered(checks, checkKeys) } : {}),
    provenance: ordered(provenance, provenanceKeys),
  });
}

export function lessonLine(lesson: Lesson): string {
  return JSON.stringify(ordered(lesson, lessonKeys));
}

/** Tells whether a line is still the one that was written. Short: it is compared, never looked up. */
export function lineHash(line: string): string {
  return createHash('sha256').update(line).digest('base64').slice(0, 22);
}

function ordered(object: object, keys: readonly string[]): Record<string, Json> {
  const values = new Map<string, Json>(Object.entries(object));
  const result: Record<string, Json> = {};
  for (const key of keys) {
    const value = values.get(key);
    if (value !== undefined) result[key] = value;
    values.delete(key);
  }
  for (const [key, value] of [...values].sort(([a], [b]) => (a < b ? -1 : 1))) result[key] = value;
  return result;
}
