/** Which tool was called in the place of which: siblings that a model cannot tell apart. */
import type { KeptAnswer } from './answer.ts';
import type { Condition } from './conditions.ts';
import { readGold } from './goldText.ts';
import type { AskedQuestion } from './plan.ts';

export interface ConfusedPair {
  condition: Condition;
  /** Name of the right tool; null where none was to be called. */
  expected: string | null;
  /** Name of the tool that was called first and is not among the right ones; null where none was called. */
  called: string | null;
  count: number;
  /** Answers to questions for the expected tool, of all. */
  of: number;
}

/** The cells of the confusion matrix off its diagonal that are not empty, the largest first. */
export function confusionOf(
  condition: Condition,
  questions: readonly AskedQuestion[],
  answers: readonly (readonly KeptAnswer[])[],
): ConfusedPair[] {
  const pairs = new Map<string, ConfusedPair>();
  const totals = new Map<string | null, number>();
  questions.forEach((question, index) => {
    const gold = readGold(question.gold);
    if (gold.kind === 'anyCall') return;
    const right = gold.kind === 'calls' ? gold.calls.map(({ tool }) => tool) : [];
    const expected = right[0] ?? null;
    const given = answers[index] ?? [];
    totals.set(expected, (totals.get(expected) ?? 0) + given.length);
    for (const answer of given) {
      // What could not be read shows no choice of a tool, unless it names one.
      if (answer.matched || (!answer.wellFormed && answer.calls.length === 0)) continue;
      const called = answer.calls.find(({ name }) => !right.includes(name))?.name ?? null;
      // The right tool, too seldom or too often.
      if (called === null && answer.calls.length > 0) continue;
      if (called === expected) continue;
      const key = JSON.stringify([expected, called]);
      const pair = pairs.get(key) ?? { condition, expected, called, count: 0, of: 0 };
      pair.count += 1;
      pairs.set(key, pair);
    }
  });
  return [...pairs.values()]
    .map((pair) => ({ ...pair, of: totals.get(pair.expected) ?? 0 }))
    .sort((a, b) => b.count - a.count || compare(a.expected, b.expected) || compare(a.called, b.called));
}

function compare(a: string | null, b: string | null): number {
  const [one, other] = [a ?? '', b ?? ''];
  return one < other ? -1 : one > other ? 1 : 0;
}
