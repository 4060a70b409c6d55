/**
 * Lessons: what trials say about a tool, one sentence each, with the trials that back it. From evidence (what the tool
 * refused, what it then took) and from reflections. Trials that say the same make one lesson with several witnesses.
 */
import { errorClass } from '../explore/coverage.ts';
import { canonicalJson, type Json, type JsonObject } from '../json.ts';
import { valueAt } from '../jsonPointer.ts';
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
  const touch = (lesson: Lesson): void => {
    const before = touched.get(lesson.id) ?? known.find((one) => one.id === lesson.id);
    touched.set(lesson.id, merged(before, lesson, trial.id));
  };

  const refusals = refusalsOf(trial, fixes);
  for (const refusal of refusals) touch(lessonOfRefusal(trial, refusal));

  const said = strippedSentence(trial.reflection?.lesson);
  if (said !== null && answeredByTool(trial)) {
    const quoted = refusals.find(({ message }) => message.length >= quotedAtLeast && said.includes(message));
    const lesson = quoted && touched.get(lessonOfRefusal(trial, quoted).id);
    touch(lesson ?? lessonOfReflection(trial, said, [...touched.values(), ...known]));
  }
  return [...touched.values()];
}

/** A failed call of the tool that says something about its arguments. */
interface Refusal {
  call: Call;
  failure: Failure;
  /** JSON Pointer of the argument at fault, where it can be told. */
  argument: string | undefined;
  /** The failure's words, in one line. */
  message: string;
  /** The arguments of the calls that then worked. */
  worked: JsonObject[];
  /** The schema forbids the call, and the tool answered it all the same. */
  disagrees: boolean;
}

function refusalsOf(trial: Trial, fixes: readonly Fix[]): Refusal[] {
  return trial.steps.flatMap((step) => {
    const { call, observation } = step;
    if (call === null || call.tool !== trial.tool || observation.simulated) return [];
    const fixed = fixes.filter(
      (fix) => canonicalJson(fix.failed.arguments) === canonicalJson(call.arguments),
    );
    const refusals = tellingFailures(step).map((failure) => ({
      call,
      failure,
      argument: failure.argument ?? argumentAtFault(call.arguments, failure.message) ?? onlyChange(fixed),
      message: plainMessage(failure.message),
      worked: fixed.map((fix) => fix.worked.arguments),
      disagrees: observation.status === 'ok',
    }));
    return refusals.filter((refusal) => !isMereFault(refusal));
  });
}

/** The tool broke down, and neither its words nor another call say that an argument was the reason. */
function isMereFault({ failure, argument, worked }: Refusal): boolean {
  return failure.type === 'tool_fault' && argument === undefined && worked.length === 0;
}

/** What the schema says explains what the tool then did: a refusal of its own counts where the schema is content. */
function tellingFailures(step: Step): Failure[] {
  const told = step.failures.filter(({ type }) => aboutTheCall.has(type));
  const bySchema = told.filter(({ type }) => type !== 'rejected' && type !== 'tool_fault');
  return bySchema.length > 0 ? bySchema : told;
}

/** The argument at fault, when the calls that then worked differ in that one alone. */
function onlyChange(fixes: readonly Fix[]): string | undefined {
  const [first] = fixes;
  const only = first?.changed.length === 1 ? first.changed[0] : undefined;
  return fixes.every((fix) => fix.changed.length === 1 && fix.changed[0] === only) ? only : undefined;
}

function lessonOfRefusal(trial: Trial, refusal: Refusal): Lesson {
  const { call, failure, argument, message, disagrees } = refusal;
  const partAtFault = (args: JsonObject): Json | undefined =>
    argument === undefined ? args : valueAt(args, argument);
  const given = partAtFault(call.arguments);
  const taken = disagrees ? [given] : refusal.worked.map(partAtFault);
  return {
    id: lessonId(
      trial.tool,
      disagrees ? 'disagrees' : failure.type,
      argument ?? '',
      errorClass(failure.message, call.arguments),
    ),
    tool: trial.tool,
    text: '',
    trials: [],
    ...(argument === undefined ? {} : { argument }),
    evidence: {
      message,
      refused: disagrees || given === undefined ? [] : [given],
      taken: taken.filter((value) => value !== undefined),
    },
    origin: 'evidence',
    specHash: trial.specHash,
    ...(disagrees ? { disagrees } : {}),
  };
}

/** Whether the tool itself said anything: without that, a reflection has nothing to teach about it. */
function answeredByTool(trial: Trial): boolean {
  const answers = new Set(['ok', 'rejected', 'tool_fault']);
  return trial.steps.some(
    ({ call, observation }) =>
      call?.tool === trial.tool && answers.has(observation.status) && !observation.simulated,
  );
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
          ...weighed(
            union(before.evidence.refused, now.evidence.refused),
            union(before.evidence.taken, now.evidence.taken),
          ),
        }
      : { ...now.evidence, ...weighed(now.evidence.refused, now.evidence.taken) });
  const lesson: Lesson = { ...(before ?? now), trials, specHash: now.specHash };
  if (!evidence) return lesson;
  return { ...lesson, evidence, text: evidenceText({ ...lesson, evidence }) };
}

/** A value that was taken once was not what an earlier call was refused for. */
function weighed(refused: Json[], taken: Json[]): { refused: Json[]; taken: Json[] } {
  const good = new Set(taken.map(canonicalJson));
  return { refused: refused.filter((value) => !good.has(canonicalJson(value))), taken };
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
