import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';
import type { Example, Lesson } from '../core/trial.ts';

/**
 * Whether a line that anybody may have written is an example or a lesson. What a person is bound to write is demanded; the
 * rest has a default, and what we do not know is kept.
 */

export type Checked<T> = { value: T } | { problem: string };

export function checkExample(object: JsonObject): Checked<Example> {
  const missing = missingTexts(object, ['id', 'tool', 'query']);
  if (missing !== null) return { problem: missing };
  const calls = object.calls;
  if (!Array.isArray(calls) || calls.length === 0) return { problem: '"calls" has to be a list of calls' };
  const read = calls.map((call) => toCall(call, object.tool as string));
  if (read.includes(null)) {
    return { problem: 'each of "calls" has to be an object with "arguments" that is an object' };
  }
  const { answer, provenance } = object;
  if (answer !== undefined && answer !== null && typeof answer !== 'string') {
    return { problem: '"answer" has to be a text or null' };
  }
  const example = {
    ...object,
    answer: answer ?? null,
    calls: read,
    verification: object.verification ?? 'unverified',
    provenance: { ...unknownProvenance, ...(isJsonObject(provenance) ? provenance : {}) },
  };
  // Checked field by field above; further fields of the line ride along.
  return { value: example as unknown as Example };
}

export function checkLesson(object: JsonObject): Checked<Lesson> {
  const missing = missingTexts(object, ['id', 'tool', 'text']);
  if (missing !== null) return { problem: missing };
  const trials = object.trials ?? [];
  if (!Array.isArray(trials) || !trials.every((trial) => typeof trial === 'string')) {
    return { problem: '"trials" has to be a list of texts' };
  }
  const lesson = {
    ...object,
    trials,
    origin: object.origin === 'evidence' ? 'evidence' : 'reflection',
    specHash: typeof object.specHash === 'string' ? object.specHash : '',
  };
  return { value: lesson as unknown as Lesson };
}

/** Of an example that a person wrote by hand. */
const unknownProvenance: Example['provenance'] = {
  model: '',
  languageModel: false,
  runId: '',
  trialId: '',
  seed: 0,
  specHash: '',
  judge: null,
  edited: true,
};

function toCall(call: Json, tool: string): Json {
  if (!isJsonObject(call) || !isJsonObject(call.arguments)) return null;
  const observation = typeof call.observation === 'string' ? call.observation : '';
  return { ...call, tool: typeof call.tool === 'string' ? call.tool : tool, observation };
}

function missingTexts(object: JsonObject, names: string[]): string | null {
  const missing = names.filter((name) => typeof object[name] !== 'string' || object[name] === '');
  if (missing.length === 0) return null;
  return `${missing.map((name) => `"${name}"`).join(' and ')} has to be a text`;
}
