/** What an evaluation has shown: a function of its plan and the answers that are kept, and of nothing else. */
import { addUsage, noUsage, type Usage } from '../chat.ts';
import { canonicalJson } from '../json.ts';
import { toolName } from '../toolName.ts';
import type { FailureType } from '../trial.ts';
import type { KeptAnswer } from './answer.ts';
import { type Condition, showsExamples } from './conditions.ts';
import { type ConfusedPair, confusionOf } from './confusion.ts';
import { type Plan, type PlannedQuestion, placeName } from './plan.ts';
import { type Interval, mcnemar, mean, pairedDifference, wilson } from './statistics.ts';

/** Shares are 0 to 1. */
export interface EvaluationReport {
  data: string;
  grader: Plan['grader'];
  protocol: Plan['protocol'];
  seed: number;
  /** Questions that were answered under all conditions in all repeats: only they count. */
  questions: number;
  /** Questions that were to be asked. */
  planned: number;
  /** How often each question was asked under each condition. */
  repeat: number;
  /** Examples that could be shown. */
  demonstrations: number;
  /** What the others are compared with. */
  baseline: Condition;
  conditions: ConditionReport[];
  perTool: ToolReport[];
  /** Calls of another tool than the right one, the most frequent first. */
  confusion: ConfusedPair[];
  notes: string[];
}

export interface ConditionReport {
  condition: Condition;
  /** Mean over repeats, with the interval of as many trials as there are questions. */
  correct: number;
  interval: Interval;
  /** Of all answers. */
  wellFormed: number;
  /** Of the well-formed answers. */
  apiMatch: number;
  /** How often answers went wrong in which way. */
  failures: Partial<Record<FailureType, number>>;
  /** Answers that the model could not give; they count as wrong. */
  errors: number;
  /** How many examples stood in a prompt, on average. */
  shown: number;
  /** Null for the baseline itself. */
  difference: Difference | null;
  usage: Usage;
}

/** Against the baseline, question by question. */
export interface Difference extends Interval {
  /** Of the means over repeats. */
  difference: number;
  /** Questions that became right or wrong; of repeats the majority counts, at a tie the first answer. */
  gained: number;
  lost: number;
  /** McNemar's exact test, two-sided, on these. */
  p: number;
}

export interface ToolReport {
  /** Id. */
  tool: string;
  name: string;
  questions: number;
  correct: Partial<Record<Condition, number>>;
}

/** The answers to one question under one condition, repeat by repeat. */
type Answers = readonly KeptAnswer[];

/** @param kept by the names of their places */
export function evaluationReport(plan: Plan, kept: ReadonlyMap<string, KeptAnswer>): EvaluationReport {
  const complete = completeQuestions(plan, kept);
  const asked = complete.map(({ question }) => question);
  const baseline = plan.conditions.includes('zero-shot') ? 'zero-shot' : (plan.conditions[0] as Condition);
  const answersOf = (condition: Condition): Answers[] =>
    complete.map(({ answers }) => answers.get(condition) as Answers);
  return {
    data: plan.data,
    grader: plan.grader,
    protocol: plan.protocol,
    seed: plan.seed,
    questions: asked.length,
    planned: plan.questions.length,
    repeat: plan.repeat,
    demonstrations: plan.demonstrations,
    baseline,
    conditions: plan.conditions.map((condition) =>
      conditionReport(
        condition,
        asked,
        answersOf(condition),
        condition === baseline ? null : answersOf(baseline),
      ),
    ),
    perTool: toolReports(plan, complete),
    confusion: plan.conditions.flatMap((condition) => confusionOf(condition, asked, answersOf(condition))),
    notes: [...plan.notes, ...inconsistencies(complete)],
  };
}

interface CompleteQuestion {
  question: PlannedQuestion;
  answers: Map<Condition, Answers>;
}

/** Those that were answered under every condition in every repeat: the others would compare apples with pears. */
function completeQuestions(plan: Plan, kept: ReadonlyMap<string, KeptAnswer>): CompleteQuestion[] {
  return plan.questions.flatMap((question, index) => {
    const answers = new Map<Condition, Answers>();
    for (const condition of plan.conditions) {
      const given = Array.from({ length: plan.repeat }, (_, repeat) =>
        kept.get(placeName({ condition, repeat, question: index })),
      );
      if (given.every((one) => one !== undefined)) answers.set(condition, given);
    }
    return answers.size === plan.conditions.length ? [{ question, answers }] : [];
  });
}

function conditionReport(
  condition: Condition,
  asked: readonly PlannedQuestion[],
  answers: readonly Answers[],
  baseline: readonly Answers[] | null,
): ConditionReport {
  const all = answers.flat();
  const wellFormed = all.filter((one) => one.wellFormed);
  const correct = mean(answers.map(shareRight));
  return {
    condition,
    correct,
    interval: wilson(correct, answers.length),
    wellFormed: share(wellFormed.length, all.length),
    apiMatch: share(wellFormed.filter((one) => one.matched).length, wellFormed.length),
    failures: failuresOf(all),
    errors: all.filter(({ error }) => error !== undefined).length,
    shown: showsExamples(condition) ? mean(asked.map(({ examples }) => examples.length)) : 0,
    difference: baseline && differenceOf(baseline, answers),
    usage: all.reduce((sum, { usage }) => addUsage(sum, usage), noUsage()),
  };
}

/** Two lists of answers to the same questions, in the same order. */
export function differenceOf(before: readonly Answers[], after: readonly Answers[]): Difference {
  const pairs = before.map((answers, index) => ({ before: answers, after: after[index] as Answers }));
  const gained = pairs.filter((pair) => !isRight(pair.before) && isRight(pair.after)).length;
  const lost = pairs.filter((pair) => isRight(pair.before) && !isRight(pair.after)).length;
  return {
    ...pairedDifference(
      pairs.map((pair) => ({ before: shareRight(pair.before), after: shareRight(pair.after) })),
    ),
    gained,
    lost,
    p: mcnemar(gained, lost),
  };
}

/** The majority of the repeats; at a tie the first answer. */
function isRight(answers: Answers): boolean {
  const right = shareRight(answers);
  return right === 0.5 ? answers[0]?.right === true : right > 0.5;
}

function shareRight(answers: Answers): number {
  return share(answers.filter(({ right }) => right).length, answers.length);
}

function failuresOf(answers: Answers): Partial<Record<FailureType, number>> {
  const counts = new Map<FailureType, number>();
  for (const { failure } of answers)
    if (failure !== null) counts.set(failure, (counts.get(failure) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
}

function toolReports(plan: Plan, complete: readonly CompleteQuestion[]): ToolReport[] {
  const byTool = Map.groupBy(complete, ({ question }) => question.tool);
  return [...byTool]
    .map(([tool, those]) => ({
      tool,
      name: plan.tools[tool]?.name ?? toolName(tool),
      questions: those.length,
      correct: Object.fromEntries(
        plan.conditions.map((condition) => [
          condition,
          mean(those.map(({ answers }) => shareRight(answers.get(condition) as Answers))),
        ]),
      ),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.tool < b.tool ? -1 : 1));
}

/** At temperature 0 a model should say the same again; where it does not, that is part of what was measured. */
function inconsistencies(complete: readonly CompleteQuestion[]): string[] {
  const all = complete.flatMap(({ answers }) => [...answers.values()]).filter(({ length }) => length > 1);
  if (all.length === 0) return [];
  const different = all.filter((answers) => new Set(answers.map(saidBy)).size > 1).length;
  if (different === 0) return ['Asked again, the model made the same calls every time.'];
  return [`Asked again, the model made other calls ${different} times of ${all.length}, at temperature 0.`];
}

function saidBy({ calls }: KeptAnswer): string {
  return canonicalJson(calls.map(({ name, arguments: args }) => [name, args]));
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
