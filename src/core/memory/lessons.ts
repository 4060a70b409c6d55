/**
 * Lessons: what trials say about a tool, one sentence each, with the trials that back it. From evidence (what the tool
 * refused, what it then took) and from reflections. Trials that say the same make one lesson with several witnesses.
 */
import { errorClass } from '../explore/coverage.ts';
import { canonicalJson, type Json, type JsonObject } from '../json.ts';
import { valueAt } from '../jsonPointer.ts';
import { deriveSeed } from '../random.ts';
import type { Call, Failure, Fix, Lesson, Step, Trial } from '../trial.ts';
import { argumentAtFault } from './argumentAtFault.ts';
import { brokenByRefusing, brokenByTaking, claimOf } from './claims.ts';
import { aboutTheCall } from './fixes.ts';
import { evidenceText, plainMessage } from './lessonText.ts';
import { quotes, saysTheSame } from './sameLesson.ts';
import { afterVerdict, retiredFor } from './standing.ts';

/** Values kept as evidence, of each kind. */
const evidenceValues = 6;

/**
 * Lessons after a trial, merged into those known: the ones it touched, as they stand afterwards. It backs lessons, speaks
 * against others, and where two turn out to say the same, one of them takes over the trials of the other.
 *
 * @param parameters the tool's, as a JSON Schema: sentences are held against calls by the names in it
 */
export function learnLessons(
  known: readonly Lesson[],
  trial: Trial,
  fixes: readonly Fix[],
  parameters: JsonObject = {},
): Lesson[] {
  const touched = new Map<string, Lesson>();
  const backed = new Set<string>();
  const before = (id: string): Lesson | undefined =>
    touched.get(id) ?? known.find((one) => one.tool === trial.tool && one.id === id);
  const touch = (lesson: Lesson): void => {
    const first = !backed.has(lesson.id);
    backed.add(lesson.id);
    touched.set(lesson.id, merged(before(lesson.id), lesson, trial, first));
  };

  const refusals = refusalsOf(trial, fixes);
  for (const refusal of refusals) touch(lessonOfRefusal(trial, refusal));

  const said = strippedSentence(trial.reflection?.lesson);
  if (said !== null && answeredByTool(trial)) {
    const quoted = refusals.find(({ message }) => quotes(said, message));
    const lesson = quoted && touched.get(lessonOfRefusal(trial, quoted).id);
    touch(lesson ?? lessonOfReflection(trial, said, [...touched.values(), ...known], parameters));
  }
  mergeSame(backed, known, touched, parameters);
  for (const lesson of contradicted(known, trial, refusals, parameters)) {
    if (!touched.has(lesson.id))
      touched.set(lesson.id, afterVerdict(withoutTaken(lesson, trial), '-', trial));
  }
  return [...touched.values()];
}

/** Lessons from reflections that say the same as one which this trial backs: one of the two takes over. */
function mergeSame(
  backed: ReadonlySet<string>,
  known: readonly Lesson[],
  touched: Map<string, Lesson>,
  parameters: JsonObject,
): void {
  for (const id of backed) {
    const text = known.find((one) => one.id === id)?.text;
    // Lessons that both stand as they stood were compared before.
    if (text === touched.get(id)?.text) continue;
    for (const one of known) {
      const lesson = touched.get(id) as Lesson;
      const other = touched.get(one.id) ?? one;
      if (other.id === id || other.tool !== lesson.tool) continue;
      if (lesson.sameAs !== undefined || other.sameAs !== undefined) continue;
      if (!saysTheSame(lesson, other, parameters)) continue;
      const [kept, gone] = inOrder(lesson, other, known);
      const trials = [...new Set([...gone.trials, ...kept.trials])];
      const survivor = {
        ...kept,
        trials: kept === other ? [...new Set([...kept.trials, ...gone.trials])] : trials,
      };
      touched.set(kept.id, survivor);
      touched.set(gone.id, retiredFor(gone, survivor));
    }
  }
}

/** The one that stays, first: one that counts, then what calls prove before what a model concluded, then the one with more trials, then the older. */
function inOrder(a: Lesson, b: Lesson, known: readonly Lesson[]): [kept: Lesson, gone: Lesson] {
  if ((a.retired === undefined) !== (b.retired === undefined))
    return a.retired === undefined ? [a, b] : [b, a];
  if (a.origin !== b.origin) return a.origin === 'evidence' ? [a, b] : [b, a];
  if (a.trials.length !== b.trials.length) return a.trials.length > b.trials.length ? [a, b] : [b, a];
  const age = ({ id }: Lesson): number => {
    const at = known.findIndex((one) => one.id === id);
    return at < 0 ? known.length : at;
  };
  return age(a) <= age(b) ? [a, b] : [b, a];
}

/** Known lessons that calls of this trial speak against. */
function contradicted(
  known: readonly Lesson[],
  trial: Trial,
  refusals: readonly Refusal[],
  parameters: JsonObject,
): Lesson[] {
  const taken = trial.steps.flatMap(({ call, observation }) =>
    call?.tool === trial.tool && observation.status === 'ok' && !observation.simulated
      ? [call.arguments]
      : [],
  );
  // What no tool has seen says nothing about the tool.
  const refused = refusals.filter(({ reached, disagrees }) => reached && !disagrees);
  const ids = new Set(refusals.flatMap((refusal) => oppositeId(trial, refusal)));
  return known.filter((lesson) => {
    if (lesson.tool !== trial.tool || lesson.sameAs !== undefined) return false;
    if (ids.has(lesson.id)) return true;
    const claim = claimOf(lesson, parameters);
    if (claim === null) return false;
    const about = refused.filter(({ argument }) => (argument ?? null) === claim.argument);
    return (
      taken.some((args) => brokenByTaking(claim, args)) ||
      about.some(({ call }) => brokenByRefusing(claim, call.arguments))
    );
  });
}

/** Of a lesson that a schema and a tool agree in refusing something, or that they do not: the id of the opposite one. */
function oppositeId(trial: Trial, refusal: Refusal): string[] {
  if (!refusal.reached) return [];
  return [lessonOfRefusal(trial, { ...refusal, disagrees: !refusal.disagrees }).id];
}

/** Values that the tool has taken now are no longer said to be refused, as long as others are. */
function withoutTaken(lesson: Lesson, trial: Trial): Lesson {
  const { evidence } = lesson;
  if (!evidence || lesson.disagrees) return lesson;
  const taken = new Set(
    trial.steps.flatMap(({ call, observation }) => {
      if (call?.tool !== trial.tool || observation.status !== 'ok' || observation.simulated) return [];
      const value = partAt(call.arguments, lesson.argument);
      return value === undefined ? [] : [canonicalJson(value)];
    }),
  );
  const refused = evidence.refused.filter((value) => !taken.has(canonicalJson(value)));
  if (refused.length === 0 || refused.length === evidence.refused.length) return lesson;
  const rest = { ...evidence, refused };
  return { ...lesson, evidence: rest, text: evidenceText({ ...lesson, evidence: rest }) };
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
  /** The tool saw the call. */
  reached: boolean;
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
      reached: reachedTool.has(observation.status),
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
  const partAtFault = (args: JsonObject): Json | undefined => partAt(args, argument);
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

function partAt(args: JsonObject, argument: string | undefined): Json | undefined {
  return argument === undefined ? args : valueAt(args, argument);
}

const reachedTool: ReadonlySet<Step['observation']['status']> = new Set(['ok', 'rejected', 'tool_fault']);

/** Whether the tool itself said anything: without that, a reflection has nothing to teach about it. */
function answeredByTool(trial: Trial): boolean {
  return trial.steps.some(
    ({ call, observation }) =>
      call?.tool === trial.tool && reachedTool.has(observation.status) && !observation.simulated,
  );
}

function lessonOfReflection(
  trial: Trial,
  said: string,
  known: readonly Lesson[],
  parameters: JsonObject,
): Lesson {
  const lesson: Lesson = {
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
  const ofTool = known.filter((one) => one.tool === trial.tool);
  const same =
    ofTool.find((one) => one.id === lesson.id) ?? ofTool.find((one) => saysTheSame(one, lesson, parameters));
  return (same?.sameAs === undefined ? same : ofTool.find((one) => one.id === same.sameAs)) ?? same ?? lesson;
}

/** `first`: the trial has not backed it yet; what it says more than once counts once. */
function merged(before: Lesson | undefined, now: Lesson, trial: Trial, first: boolean): Lesson {
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
  const known = before ?? now;
  const lesson = first ? afterVerdict(known, '+', trial) : known;
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
