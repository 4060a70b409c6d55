/**
 * Lessons: what trials say about a tool, one sentence each, with the trials that back it. From evidence (what the tool
 * refused, what it then took) and from reflections. Trials that say the same make one lesson with several witnesses.
 */
import { errorClass, firstLine, valueAt } from '../explore/coverage.ts';
import { canonicalJson, type Json, type JsonObject } from '../json.ts';
import { deriveSeed } from '../random.ts';
import { similarity } from '../similarity.ts';
import type { Call, Failure, Fix, Lesson, Step, Trial } from '../trial.ts';
import { aboutTheCall, shown, workedCleanly } from './fixes.ts';

/** Sentences of reflections at least this alike say the same. */
const sameSentence = 0.85;
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
  if (said !== null) {
    const lesson = lessonOfReflection(trial, said, [...touched.values(), ...known]);
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
  const kind = disagrees(step) ? 'disagrees' : failure.type;
  return {
    id: lessonId(trial.tool, kind, argument ?? '', errorClass(failure.message, call.arguments)),
    tool: trial.tool,
    text: '',
    trials: [],
    ...(argument === undefined ? {} : { argument }),
    evidence: {
      message: firstLine(failure.message).slice(0, 300),
      refused: disagrees(step) || refused === undefined ? [] : [refused],
      taken: disagrees(step) && refused !== undefined ? [refused] : taken,
    },
    origin: 'evidence',
    specHash: trial.specHash,
    ...(disagrees(step) ? { disagrees: true } : {}),
  };
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
  // A reflection that quotes the tool says what the evidence says already.
  const quoted = lesson.evidence?.message ?? '';
  return quoted.length >= 12 && said.includes(quoted.replace(/[.\s]+$/, ''));
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

function evidenceText(lesson: Lesson & { evidence: NonNullable<Lesson['evidence']> }): string {
  const { message, refused, taken } = lesson.evidence;
  const words = `"${message.replace(/[.\s]+$/, '')}"`;
  const name = lesson.argument === undefined ? null : `\`${lesson.argument.slice(1).replaceAll('/', '.')}\``;
  const works = taken.length === 0 ? '' : `; ${list(taken)} ${taken.length === 1 ? 'works' : 'work'}`;
  if (lesson.disagrees) return `The schema says ${words}, and the tool answers all the same.`;
  if (name === null) return `The tool refuses ${list(refused)}: ${words}${works}.`;
  if (refused.length === 0)
    return `${name} is wanted: ${words}${taken.length === 0 ? '' : `; for instance ${list(taken)}`}.`;
  return `${name} is refused as ${list(refused)}: ${words}${works}.`;
}

function list(values: readonly Json[]): string {
  return values.slice(0, 3).map(shown).join(', ');
}

/** The argument that a message is about: the only one whose value or, failing that, whose name it quotes. */
export function argumentAtFault(args: JsonObject, message: string): string | undefined {
  const entries = Object.entries(args);
  const quotes = entries.filter(([, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return text.length >= 2 && message.includes(text);
  });
  const named = entries.filter(([name]) =>
    new RegExp(`(^|[^\\p{L}\\p{N}_])${escapeRegExp(name)}($|[^\\p{L}\\p{N}_])`, 'u').test(message),
  );
  const only =
    quotes.length === 1
      ? quotes[0]
      : named.length === 1
        ? named[0]
        : entries.length === 1
          ? entries[0]
          : undefined;
  return only && `/${only[0].replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function strippedSentence(lesson: string | undefined): string | null {
  const text = lesson?.replace(/\s+/g, ' ').trim().slice(0, 400) ?? '';
  return text.length < 8 || /^(none|nothing|n\/?a|no lesson)\b/i.test(text) ? null : text;
}

function lessonId(tool: string, ...parts: string[]): string {
  return `${deriveSeed(tool, ...parts).toString(36)}${deriveSeed(...parts, tool).toString(36)}`;
}

/** Whether a trial shows that the tool works: at least one clean success of the explored tool. */
export function hasEvidence(trial: Pick<Trial, 'steps' | 'tool'>): boolean {
  return trial.steps.some((step) => workedCleanly(step) && step.call.tool === trial.tool);
}
