/**
 * Lessons: what trials say about a tool, one sentence each, with the trials that back it. From evidence (what the tool
 * refused, what it then took) and from reflections. Trials that say the same make one lesson with several witnesses.
 */
import { errorClass, valueAt } from '../explore/coverage.ts';
import { canonicalJson, type Json } from '../json.ts';
import { deriveSeed } from '../random.ts';
import { similarity } from '../similarity.ts';
import type { Call, Failure, Fix, Lesson, Step, Trial } from '../trial.ts';
import { argumentAtFault } from './argumentAtFault.ts';
import { aboutTheCall } from './fixes.ts';
import { evidenceText, plainMessage } from './lessonText.ts';

/** Sentences of reflections at least this alike say the same. */
const sameSentence = 0.85;
/** A shorter message may stand in a sentence by chance, characters. */
const quotedAtLeast = 12;
/** Values kept as evidence, of each kind. */
const evidenceValues = 6;

/** Lessons of a trial, merged into those known: the ones it touched, as they stand afterwards. */
export function learnLessons(known: readonly Lesson[], trial: Trial, fixes: readonly Fix[]): Lesson[] {
  const touched = new Map<string, Lesson>();
  const current = (id: string): Lesson | undefined => touched.get(id) ?? known.find((one) => one.id === id);

  for (const step of trial.steps) {
    if (step.call === null || step.call.tool !== trial.tool || step.observation.simulated) continue;
    for (const failure of step.failures) {
      if (!aboutTheCall.has(failure.type)) continue;
      const lesson = lessonOfFailure(trial, step, step.call, failure, fixes);
      touched.set(lesson.id, merged(current(lesson.id), lesson, trial.id));
    }
  }

  const said = strippedSentence(trial.reflection?.lesson);
  if (said !== null && answeredByTool(trial)) {
    const lesson =
      lessonQuoted(trial, said, touched) ?? lessonOfReflection(trial, said, [...touched.values(), ...known]);
    touched.set(lesson.id, merged(current(lesson.id), lesson, trial.id));
  }
  return [...touched.values()];
}

function lessonOfFailure(
  trial: Trial,
  step: Step,
  call: Call,
  failure: Failure,
  fixes: readonly Fix[],
): Lesson {
  const argument = failure.argument ?? argumentAtFault(call.arguments, failure.message);
  const taken = fixes
    .filter(
      (fix) => fix.failed === call || canonicalJson(fix.failed.arguments) === canonicalJson(call.arguments),
    )
    .map((fix) => (argument === undefined ? fix.worked.arguments : valueAt(fix.worked.arguments, argument)))
    .filter((value) => value !== undefined);
  const refused = argument === undefined ? call.arguments : valueAt(call.arguments, argument);
  // A call that breaks its schema and is taken all the same: spec and tool disagree, and that is the lesson.
  return {
    id: idOfFailure(trial, step, call, failure),
    tool: trial.tool,
    text: '',
    trials: [],
    ...(argument === undefined ? {} : { argument }),
    evidence: {
      message: plainMessage(failure.message),
      refused: disagrees(step) || refused === undefined ? [] : [refused],
      taken: disagrees(step) && refused !== undefined ? [refused] : taken,
    },
    origin: 'evidence',
    specHash: trial.specHash,
    ...(disagrees(step) ? { disagrees: true } : {}),
  };
}

/** Equal for failures that say the same: of one kind, about one argument, in the same words. */
function idOfFailure(trial: Trial, step: Step, call: Call, failure: Failure): string {
  const argument = failure.argument ?? argumentAtFault(call.arguments, failure.message) ?? '';
  const kind = disagrees(step) ? 'disagrees' : failure.type;
  return lessonId(trial.tool, kind, argument, errorClass(failure.message, call.arguments));
}

/** Whether the tool said anything: without that, a reflection has nothing to teach about it. */
function answeredByTool(trial: Trial): boolean {
  const answers = new Set(['ok', 'rejected', 'tool_fault']);
  return trial.steps.some((step) => step.call?.tool === trial.tool && answers.has(step.observation.status));
}

/** The lesson of this trial's evidence whose message a reflection repeats: it says what the evidence says already. */
function lessonQuoted(trial: Trial, said: string, touched: ReadonlyMap<string, Lesson>): Lesson | undefined {
  for (const step of trial.steps) {
    for (const failure of step.failures) {
      const message = plainMessage(failure.message);
      if (step.call === null || message.length < quotedAtLeast || !said.includes(message)) continue;
      const lesson = touched.get(idOfFailure(trial, step, step.call, failure));
      if (lesson) return lesson;
    }
  }
  return undefined;
}

/** The call broke its schema, and the tool answered it. */
function disagrees(step: Step): boolean {
  return step.observation.status === 'ok' && step.failure !== null;
}

function lessonOfReflection(trial: Trial, said: string, known: readonly Lesson[]): Lesson {
  const same = known.find((one) => one.tool === trial.tool && saysTheSame(one, said));
  if (same) return same;
  return {
    id: lessonId(
      trial.tool,
      'said',
      '',
      said
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim(),
    ),
    tool: trial.tool,
    text: said,
    trials: [],
    origin: 'reflection',
    specHash: trial.specHash,
  };
}

function saysTheSame(lesson: Lesson, said: string): boolean {
  if (similarity(lesson.text, said) >= sameSentence) return true;
  const quoted = lesson.evidence?.message ?? '';
  return quoted.length >= quotedAtLeast && said.includes(quoted.replace(/[.\s]+$/, ''));
}

function merged(before: Lesson | undefined, now: Lesson, trialId: string): Lesson {
  const trials = before?.trials.includes(trialId)
    ? before.trials
    : [...(before?.trials ?? now.trials), trialId];
  const evidence =
    now.evidence &&
    (before?.evidence
      ? {
          message: before.evidence.message,
          refused: union(before.evidence.refused, now.evidence.refused),
          taken: union(before.evidence.taken, now.evidence.taken),
        }
      : now.evidence);
  const lesson: Lesson = { ...(before ?? now), trials, specHash: now.specHash };
  if (!evidence) return lesson;
  return { ...lesson, evidence, text: evidenceText({ ...lesson, evidence }) };
}

function union(a: Json[], b: Json[]): Json[] {
  const all = new Map<string, Json>();
  for (const value of [...a, ...b]) all.set(canonicalJson(value), value);
  return [...all.values()].slice(0, evidenceValues);
}

function strippedSentence(lesson: string | undefined): string | null {
  const text = lesson?.replace(/\s+/g, ' ').trim().slice(0, 400) ?? '';
  return text.length < 8 || /^(none|nothing|n\/?a|no lesson)\b/i.test(text) ? null : text;
}

function lessonId(tool: string, ...parts: string[]): string {
  return `${deriveSeed(tool, ...parts).toString(36)}${deriveSeed(...parts, tool).toString(36)}`;
}
