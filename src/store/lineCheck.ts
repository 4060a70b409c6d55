import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';
import type { Checks, Example, Lesson, Verification } from '../core/trial.ts';

/**
 * Whether a line that anybody may have written is an example or a lesson. What a person is bound to write is demanded; the
 * rest has a default, and what we do not know is kept.
 */

export type Checked<T> = { value: T } | { problem: string };

export function checkExample(object: JsonObject): Checked<Example> {
  const missing = missingTexts(object, ['id', 'tool', 'query']);
  if (missing !== null) return { problem: missing };
  const { kind, paraphraseOf, verification = 'unverified', checks, contrasts } = object;
  if (kind !== undefined && kind !== 'near_miss' && kind !== 'missing_value') {
    return { problem: '"kind" has to be "near_miss" or "missing_value", or to be left out' };
  }
  // An abstention has none.
  const calls = object.calls ?? (kind === undefined ? undefined : []);
  if (!Array.isArray(calls) || (calls.length === 0 && kind === undefined)) {
    return { problem: '"calls" has to be a list of calls' };
  }
  const read = calls.map((call) => toCall(call, object.tool as string));
  if (read.includes(null)) {
    return { problem: 'each of "calls" has to be an object with "arguments" that is an object' };
  }
  const { answer, provenance } = object;
  if (answer !== undefined && answer !== null && typeof answer !== 'string') {
    return { problem: '"answer" has to be a text or null' };
  }
  if (paraphraseOf !== undefined && typeof paraphraseOf !== 'string') {
    return { problem: '"paraphraseOf" has to be the id of an example' };
  }
  if (!verifications.has(verification)) {
    return { problem: `"verification" has to be one of ${[...verifications].join(', ')}` };
  }
  if (checks !== undefined && !isChecks(checks)) {
    return {
      problem:
        '"checks" has to be as it was written ("format", "execution", "judge", "specHash"), or to be left out',
    };
  }
  if (contrasts !== undefined && !(Array.isArray(contrasts) && contrasts.every(isContrast))) {
    return { problem: '"contrasts" has to be a list of calls, each with the "failure" that it met' };
  }
  const wrong = wrongProvenance(provenance);
  if (wrong !== null) return { problem: wrong };
  const { lacks, withheld } = object;
  if (lacks !== undefined && typeof lacks !== 'string') {
    return { problem: '"lacks" has to be a JSON Pointer' };
  }
  if (withheld !== undefined && (typeof withheld !== 'string' || withheld === '')) {
    return { problem: '"withheld" has to be a text that says why; leave it out for one that may be used' };
  }
  const example = {
    ...object,
    answer: answer ?? null,
    calls: read,
    verification,
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
  const { against, retired, recent } = object;
  if (against !== undefined && !(Array.isArray(against) && against.every((id) => typeof id === 'string'))) {
    return { problem: '"against" has to be a list of texts' };
  }
  if (retired !== undefined && (typeof retired !== 'string' || retired === '')) {
    return { problem: '"retired" has to be a text that says why; leave it out for a lesson that counts' };
  }
  if (recent !== undefined && (typeof recent !== 'string' || !/^[+-]*$/.test(recent))) {
    return { problem: '"recent" has to be a text of + and -; leave it out if you do not know' };
  }
  const { argument, sameAs, evidence } = object;
  if (argument !== undefined && typeof argument !== 'string') {
    return { problem: '"argument" has to be a JSON Pointer' };
  }
  if (sameAs !== undefined && typeof sameAs !== 'string') {
    return { problem: '"sameAs" has to be the id of a lesson' };
  }
  if (evidence !== undefined && evidence !== null && !isEvidence(evidence)) {
    return {
      problem: '"evidence" has to be as it was written ("message", "refused", "taken"), or to be left out',
    };
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

/** Of what stands in a provenance the type that it has to have; what is left out has a default. */
const provenanceTypes: Readonly<Record<string, 'string' | 'boolean' | 'number'>> = {
  model: 'string',
  languageModel: 'boolean',
  runId: 'string',
  trialId: 'string',
  seed: 'number',
  specHash: 'string',
  judge: 'string',
  edited: 'boolean',
  simulated: 'boolean',
  imported: 'boolean',
};

function wrongProvenance(provenance: Json | undefined): string | null {
  if (provenance === undefined || provenance === null) return null;
  if (!isJsonObject(provenance)) return '"provenance" has to be an object, or to be left out';
  for (const [name, type] of Object.entries(provenanceTypes)) {
    const value = provenance[name];
    if (value === undefined || typeof value === type || (name === 'judge' && value === null)) continue;
    return `"provenance.${name}" has to be a ${type === 'string' ? 'text' : type}, or to be left out`;
  }
  return null;
}

const verifications: ReadonlySet<Json> = new Set<Verification>([
  'unverified',
  'executed',
  'verified',
  'review',
  'accepted',
  'rejected',
]);

const executions: ReadonlySet<Json | undefined> = new Set<Checks['execution']>([
  'recorded',
  'repeated',
  'failed',
  null,
]);

function isChecks(checks: Json): boolean {
  if (!isJsonObject(checks)) return false;
  const { format, execution, judge, specHash } = checks;
  if (format !== null && typeof format !== 'boolean') return false;
  return executions.has(execution) && isJudgement(judge) && typeof specHash === 'string';
}

function isJudgement(judge: Json | undefined): boolean {
  if (judge === null) return true;
  if (!isJsonObject(judge)) return false;
  const criteria = [judge.informative, judge.faithful, judge.proper];
  const texts = [judge.model, judge.reasons];
  return criteria.every((one) => typeof one === 'boolean') && texts.every((one) => typeof one === 'string');
}

function isEvidence(evidence: Json): boolean {
  if (!isJsonObject(evidence)) return false;
  const { message, refused, taken } = evidence;
  return typeof message === 'string' && Array.isArray(refused) && Array.isArray(taken);
}

function isContrast(contrast: Json): boolean {
  if (!isJsonObject(contrast)) return false;
  const { tool, arguments: args, failure } = contrast;
  return (
    typeof tool === 'string' &&
    isJsonObject(args) &&
    isJsonObject(failure) &&
    typeof failure.type === 'string' &&
    typeof failure.message === 'string'
  );
}

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
