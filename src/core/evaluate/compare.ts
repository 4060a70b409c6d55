/** Two evaluations of the same questions: another model, another state of the examples, another day. */
import type { KeptAnswer } from './answer.ts';
import type { Condition } from './conditions.ts';
import { type Plan, placeName } from './plan.ts';
import { type Difference, differenceOf } from './report.ts';
import { mean } from './statistics.ts';

export interface Comparison {
  condition: Condition;
  /** Questions that both have asked under it. */
  questions: number;
  /** Shares of right answers, 0 to 1. */
  before: number;
  after: number;
  difference: Difference;
}

interface Evaluation {
  plan: Plan;
  /** By the names of their places. */
  answers: ReadonlyMap<string, KeptAnswer>;
}

/** Condition by condition, over the questions that both evaluations asked in the same words; none where there are no such. */
export function compareEvaluations(before: Evaluation, after: Evaluation): Comparison[] {
  const places = new Map(after.plan.questions.map(({ id, query }, index) => [`${id}\n${query}`, index]));
  return before.plan.conditions
    .filter((condition) => after.plan.conditions.includes(condition))
    .flatMap((condition) => {
      const pairs = before.plan.questions.flatMap(({ id, query }, index) => {
        const other = places.get(`${id}\n${query}`);
        const one = answersTo(before, condition, index);
        const two = other === undefined ? [] : answersTo(after, condition, other);
        return one.length > 0 && two.length > 0 ? [{ one, two }] : [];
      });
      if (pairs.length === 0) return [];
      const [first, second] = [pairs.map(({ one }) => one), pairs.map(({ two }) => two)];
      return [
        {
          condition,
          questions: pairs.length,
          before: mean(first.map(shareRight)),
          after: mean(second.map(shareRight)),
          difference: differenceOf(first, second),
        },
      ];
    });
}

function answersTo({ plan, answers }: Evaluation, condition: Condition, question: number): KeptAnswer[] {
  return Array.from({ length: plan.repeat }, (_, repeat) =>
    answers.get(placeName({ condition, repeat, question })),
  ).filter((answer) => answer !== undefined);
}

function shareRight(answers: readonly KeptAnswer[]): number {
  return mean(answers.map(({ right }) => (right ? 1 : 0)));
}
