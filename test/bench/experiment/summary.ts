import { type Condition, conditions } from '../../../src/core/evaluate/conditions.ts';
import { type Interval, mean, wilson } from '../../../src/core/evaluate/statistics.ts';
import type { Outcome } from './runVariant.ts';

/** What a variant brought, over all its seeds. */
export interface Row {
  variant: string;
  seeds: number;
  /** On average of a seed. */
  trials: number;
  modelCalls: number;
  /** Sent and received, while learning. */
  tokens: number;
  failures: number;
  examples: number;
  doubted: number;
  lessons: number;
  /** Shares, 0 to 1; the interval counts questions, not answers. */
  correct: Record<Condition, Interval & { share: number }>;
  /** Tokens that an answer takes. */
  answerTokens: Record<Condition, number>;
  /** Against `adaptive`, under the condition `both`: difference of shares; null for itself. */
  seconds: number;
}

/** A row a variant, in the order in which they were run. */
export function rowsOf(outcomes: readonly Outcome[]): Row[] {
  return [...Map.groupBy(outcomes, ({ variant }) => variant)].map(([variant, own]) => {
    const of = (value: (outcome: Outcome) => number): number => mean(own.map(value));
    const each = <T>(value: (condition: Condition) => T): Record<Condition, T> =>
      Object.fromEntries(conditions.map((condition) => [condition, value(condition)])) as Record<
        Condition,
        T
      >;
    const reported = (outcome: Outcome, condition: Condition) =>
      outcome.report.conditions.find((one) => one.condition === condition);
    return {
      variant,
      seeds: own.length,
      trials: of(({ trials }) => trials),
      modelCalls: of(({ learning }) => learning.modelCalls),
      tokens: of(({ learning }) => learning.inputTokens + learning.outputTokens),
      failures: of(({ failures }) => failures),
      examples: of(({ examples }) => examples),
      doubted: of(({ doubted }) => doubted),
      lessons: of(({ lessons }) => lessons),
      correct: each((condition) => {
        const share = of((outcome) => reported(outcome, condition)?.correct ?? 0);
        return { share, ...wilson(share, own[0]?.report.questions ?? 0) };
      }),
      answerTokens: each((condition) =>
        of((outcome) => {
          const usage = reported(outcome, condition)?.usage;
          return usage ? (usage.inputTokens + usage.outputTokens) / Math.max(1, usage.modelCalls) : 0;
        }),
      ),
      seconds: own.reduce((sum, { seconds }) => sum + seconds, 0),
    };
  });
}

/** The rows as aligned text. */
export function experimentTable(rows: readonly Row[]): string {
  const head = ['variant', 'trials', 'calls', 'tokens', 'failures', 'examples', 'lessons', ...conditions];
  const lines = [head, ...rows.map(lineOf)];
  const widths = head.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  return lines
    .map((cells) =>
      cells
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}

function lineOf(row: Row): string[] {
  const { variant, trials, modelCalls, tokens, failures, examples, doubted, lessons, correct } = row;
  return [
    variant,
    ...[trials, modelCalls].map((value) => value.toFixed(0)),
    `${(tokens / 1000).toFixed(0)}k`,
    failures.toFixed(0),
    doubted < 0.5 ? examples.toFixed(0) : `${examples.toFixed(0)} (${doubted.toFixed(0)} doubted)`,
    lessons.toFixed(0),
    ...conditions.map((condition) => {
      const { share, low, high } = correct[condition];
      return `${percent(share)} [${percent(low)}, ${percent(high)}]`;
    }),
  ];
}

function percent(share: number): string {
  return (100 * share).toFixed(0);
}
