/**
 * What single examples are worth: a held-out query is answered with the examples that are chosen for it, and again without one
 * of them, whose place the next best takes. Only queries for which an example is chosen can tell something of it.
 */
import type { ProtocolName } from '../settings.ts';
import type { Tool } from '../tool.ts';
import type { Example } from '../trial.ts';
import type { KeptAnswer } from './answer.ts';
import type { Plan, PlannedQuestion } from './plan.ts';
import { pairedDifference } from './statistics.ts';

/** Queries that one example is measured on at most. */
export const queriesEach = 20;

/** A query and an example that is chosen for it. */
export interface LiftPair {
  /** Index of the question. */
  question: number;
  /** Id of the example that is left out, with its family. */
  example: string;
  /** Ids of what is shown instead, the nearest first. */
  without: string[];
}

export interface LiftPlan {
  /** Each with the examples that are chosen for it, the nearest first. */
  questions: PlannedQuestion[];
  /** In the order in which they are asked: the examples that are chosen most often come first, each with all its queries. */
  pairs: LiftPair[];
  /** By id. */
  tools: { [id: string]: Tool };
  examples: { [id: string]: Example };
  seed: number;
  grader: Plan['grader'];
  protocol: ProtocolName;
  demonstrations: number;
  notes: string[];
}

/** What one example is worth. */
export interface ExampleLift {
  /** Its id. */
  example: string;
  tool: string;
  query: string;
  /** Share of right answers with it minus that without it, -1 to 1, and its 95 % interval. */
  lift: number;
  low: number;
  high: number;
  /** Held-out queries that it was measured on. */
  queries: number;
}

export interface LiftReport {
  questions: number;
  demonstrations: number;
  /** Pairs of a query and an example that were answered, and that there are. */
  pairs: number;
  planned: number;
  /** The highest lift first. */
  examples: ExampleLift[];
  notes: string[];
}

/** Names under which answers are kept: of a question with all its examples, and of a pair. */
export function withName(question: number): string {
  return `with/${String(question).padStart(6, '0')}`;
}

export function withoutName({ question, example }: Pick<LiftPair, 'question' | 'example'>): string {
  return `without/${String(question).padStart(6, '0')}/${example}`;
}

/** Orders pairs, and leaves out what is more than `queriesEach` for one example. */
export function orderedPairs(pairs: readonly LiftPair[]): LiftPair[] {
  return [...Map.groupBy(pairs, ({ example }) => example)]
    .sort(([a, those], [b, others]) => others.length - those.length || (a < b ? -1 : 1))
    .flatMap(([, those]) => those.slice(0, queriesEach));
}

/** Of the pairs that were answered both ways. @param kept by name */
export function liftReport(plan: LiftPlan, kept: ReadonlyMap<string, KeptAnswer>): LiftReport {
  const lifts = [...new Set(plan.pairs.map(({ example }) => example))].flatMap(
    (example) => liftOf(plan, kept, example) ?? [],
  );
  return {
    questions: plan.questions.length,
    demonstrations: plan.demonstrations,
    pairs: lifts.reduce((sum, { queries }) => sum + queries, 0),
    planned: plan.pairs.length,
    examples: lifts.sort((a, b) => b.lift - a.lift || b.low - a.low || (a.example < b.example ? -1 : 1)),
    notes: plan.notes,
  };
}

/** What is known of one example; null where none of its pairs is answered yet. */
export function liftOf(
  plan: LiftPlan,
  kept: ReadonlyMap<string, KeptAnswer>,
  example: string,
): ExampleLift | null {
  const answered = plan.pairs.flatMap((pair) => {
    if (pair.example !== example) return [];
    const shown = kept.get(withName(pair.question));
    const not = kept.get(withoutName(pair));
    return shown && not ? [{ before: Number(not.right), after: Number(shown.right) }] : [];
  });
  const known = plan.examples[example];
  if (answered.length === 0 || known === undefined) return null;
  const { difference, low, high } = pairedDifference(answered);
  const { tool, query } = known;
  return { example, tool, query, lift: difference, low, high, queries: answered.length };
}
