/** An evaluation as a terminal shows it. */

import type { Usage } from '../core/chat.ts';
import type { Comparison } from '../core/evaluate/compare.ts';
import type { Condition } from '../core/evaluate/conditions.ts';
import type { LiftReport } from '../core/evaluate/lift.ts';
import type { ConditionReport, Difference, EvaluationReport } from '../core/evaluate/report.ts';
import type { SmallestSet } from '../core/evaluate/smallestSet.ts';
import type { Interval } from '../core/evaluate/statistics.ts';
import type { FailureType } from '../core/trial.ts';
import type { EvaluationEstimate } from '../protocol/engine.ts';
import { failuresByType } from './runReport.ts';
import { table } from './table.ts';
import { counted, oneLine, plain, shortened, wrapped } from './text.ts';

const right = 'right' as const;
/** Rows of a table, and confused pairs of a condition, that a terminal shows; JSON has all. */
const mostRows = 60;
const mostPairs = 8;
/** Columns of numbers do not wrap: a narrow terminal breaks their lines where it must. */
const wide = 300;
/** Of a query so much is shown, characters. */
const longestQuery = 80;

/** What will be asked, and what it takes about. */
export function estimateLines(estimate: EvaluationEstimate, width: number): string[] {
  const { questions, demonstrations, modelCalls, tokens, usd, budget, notes } = estimate;
  const money =
    usd === null ? ', price not known' : usd === 0 ? '' : `, about $${usd.toFixed(usd < 1 ? 4 : 2)}`;
  const limited =
    budget.modelCalls !== null && budget.modelCalls < modelCalls
      ? [`The limit of ${counted(budget.modelCalls, 'model call')} ends it earlier.`]
      : [];
  return [
    `Model: ${oneLine(estimate.model)}`,
    `${counted(questions, 'question')}, ${counted(demonstrations, 'example')} to show: ${counted(modelCalls, 'model call')}, about ${counted(tokens, 'token')}${money}`,
    ...[...notes, ...limited].flatMap((note) => wrapped(plain(note), width)),
  ];
}

/** The table of conditions, the tools one by one, and what was called in the place of what. */
export function reportLines(report: EvaluationReport, width: number): string[] {
  const { questions, planned, repeat, data, grader, protocol, notes } = report;
  const times = repeat === 1 ? '' : `, each ${repeat} times`;
  const part = questions < planned ? ` of ${planned}` : '';
  const head = `${plain(data)}: ${questions}${part} questions${times}, protocol ${protocol}, grader ${grader}, seed ${report.seed}`;
  const lines = [head, '', ...conditionTable(report), ''];
  for (const { condition, failures, errors } of report.conditions) {
    const counts = new Map(Object.entries(failures) as [FailureType, number][]);
    const failed = errors === 0 ? '' : `; ${counted(errors, 'request')} without an answer`;
    lines.push(`Wrong under ${condition}: ${failuresByType(counts)}${failed}`);
  }
  lines.push('', ...toolTable(report));
  lines.push(...confusionLines(report));
  if (notes.length > 0) lines.push('', ...notes.flatMap((note) => wrapped(plain(note), width)));
  return lines;
}

/** Of each condition the pairs that are confused most often. */
function confusionLines({ confusion, conditions }: EvaluationReport): string[] {
  if (confusion.length === 0) return [];
  const lines = ['', 'Called in the place of the right tool:'];
  for (const { condition } of conditions) {
    const pairs = confusion.filter((pair) => pair.condition === condition);
    for (const { expected, called, count, of } of pairs.slice(0, mostPairs)) {
      const instead = called === null ? 'no call' : plain(called);
      const meant =
        expected === null ? 'where no tool is to be called' : `in the place of ${plain(expected)}`;
      lines.push(`  ${condition}: ${instead} ${meant}, ${count} of ${of}`);
    }
    const more = pairs.length - mostPairs;
    if (more > 0) lines.push(`  ${condition}: and ${counted(more, 'more pair')}; --json has all`);
  }
  return lines;
}

function conditionTable({ conditions, baseline }: EvaluationReport): string[] {
  const columns = [
    { title: 'Condition' },
    { title: 'Correct (95 %)', align: right },
    { title: `Against ${baseline}`, align: right },
    { title: 'p', align: right },
    { title: 'Well-formed', align: right },
    { title: 'API match', align: right },
    { title: 'Tokens', align: right },
    { title: 'Cost', align: right },
    { title: '' },
  ];
  const rows = conditions.map((one) => [
    one.condition,
    `${percent(one.correct)} (${between(one.interval)})`,
    ...differenceCells(one.difference),
    percent(one.wellFormed),
    percent(one.apiMatch),
    String(one.usage.inputTokens + one.usage.outputTokens),
    money(one.usage),
    '',
  ]);
  return table(columns, rows, wide);
}

/** The difference with its interval, in points, and how likely it is by chance. */
function differenceCells(difference: Difference | null): string[] {
  if (difference === null) return ['', ''];
  return [`${signed(difference.difference)} (${between(difference, signed)})`, probability(difference.p)];
}

function toolTable({ perTool, conditions }: EvaluationReport): string[] {
  const columns = [
    { title: 'Tool' },
    { title: 'Questions', align: right },
    ...conditions.map(({ condition }) => ({ title: condition, align: right })),
    { title: '' },
  ];
  const rows = perTool
    .slice(0, mostRows)
    .map(({ name, questions, correct }) => [
      plain(name),
      String(questions),
      ...conditions.map(({ condition }: ConditionReport) => percent(correct[condition as Condition] ?? 0)),
      '',
    ]);
  const more = perTool.length - rows.length;
  return [...table(columns, rows, wide), ...(more > 0 ? [`and ${more} more: --json has all`] : [])];
}

/** Two evaluations side by side. */
export function comparisonLines(compared: readonly Comparison[], before: string, after: string): string[] {
  const columns = [
    { title: 'Condition' },
    { title: 'Questions', align: right },
    { title: before, align: right },
    { title: after, align: right },
    { title: 'Difference (95 %)', align: right },
    { title: 'p', align: right },
    { title: '' },
  ];
  const rows = compared.map((one) => [
    one.condition,
    String(one.questions),
    percent(one.before),
    percent(one.after),
    ...differenceCells(one.difference),
    '',
  ]);
  return table(columns, rows, wide);
}

/** A share as people read it, with one decimal. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function signed(share: number): string {
  const text = (share * 100).toFixed(1);
  return Number(text) > 0 ? `+${text}` : Number(text) === 0 ? '0.0' : text;
}

function between({ low, high }: Interval, show = (share: number) => (share * 100).toFixed(1)): string {
  return `${show(low)} to ${show(high)}`;
}

function probability(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

function money({ usd }: Usage): string {
  return usd === null ? 'not known' : `$${usd.toFixed(usd < 1 ? 4 : 2)}`;
}

/** What single examples are worth, the best first. */
export function liftLines(report: LiftReport, nameOf: (tool: string) => string): string[] {
  const { examples, questions, demonstrations, pairs, planned, notes } = report;
  const part = pairs < planned ? ` of ${planned}` : '';
  const head = `${counted(questions, 'held-out question')}, ${counted(demonstrations, 'example')} to show, ${pairs}${part} pairs of a query and an example`;
  const columns = [
    { title: '' },
    { title: 'Lift (95 %)', align: right },
    { title: 'Queries', align: right },
    { title: 'Tool' },
    { title: 'Example' },
  ];
  const rows = examples
    .slice(0, mostRows)
    .map((one) => [
      markOf(one),
      `${signed(one.lift)} (${between(one, signed)})`,
      String(one.queries),
      plain(nameOf(one.tool)),
      shortened(oneLine(one.query), longestQuery),
    ]);
  const more = examples.length - rows.length;
  return [
    head,
    '',
    ...table(columns, rows, wide),
    ...(more > 0 ? [`and ${more} more: --json has all`] : []),
    ...(notes.length > 0 ? ['', ...notes.map(plain)] : []),
  ];
}

/** What the smallest set is made of. */
export function smallestLines(set: SmallestSet, limit: number): string[] {
  const { examples, tokens, forLift, covered, coverable, tooLarge } = set;
  if (coverable === 0) return ['There are no examples yet. Explore: imaginarium explore'];
  if (examples.length === 0)
    return [`None of ${counted(tooLarge, 'example')} fits into ${counted(limit, 'token')}.`];
  const lift = forLift === 0 ? 'none of them for a measured lift' : `${forLift} of them for their lift`;
  const left =
    tooLarge === 0 ? [] : [`${counted(tooLarge, 'example')} would show more and did not fit into ${limit}.`];
  return [
    `${counted(examples.length, 'example')}, about ${counted(tokens, 'token')}, ${lift}; they show ${covered} of ${coverable} things about the tools.`,
    ...left,
  ];
}

function markOf({ low, high }: Interval): string {
  return low > 0 ? '+' : high < 0 ? '−' : '0';
}
