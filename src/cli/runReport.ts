import type { Run } from '../core/run.ts';
import type { FailureType } from '../core/trial.ts';
import type { RunSummary, TrialRow } from '../protocol/engine.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';
import { counted, oneLine } from './text.ts';

/** What the trials of one tool came to. */
export interface ToolTally {
  trials: number;
  examples: number;
  failures: Map<FailureType, number>;
}

/** Adds a trial to the tally of its tool. */
export function tally(tallies: Map<string, ToolTally>, row: TrialRow): void {
  const one = tallies.get(row.tool) ?? { trials: 0, examples: 0, failures: new Map() };
  one.trials += 1;
  if (row.example) one.examples += 1;
  for (const type of row.failures) one.failures.set(type, (one.failures.get(type) ?? 0) + 1);
  tallies.set(row.tool, one);
}

/** A table, one row a tool: trials, examples, lessons, failed calls by type. */
export function tallyTable(
  tallies: ReadonlyMap<string, ToolTally>,
  lessons: ReadonlyMap<string, number>,
  nameOf: (id: string) => string,
  width: number,
): string[] {
  const right = 'right' as const;
  const columns = [
    { title: 'Tool' },
    { title: 'Trials', align: right },
    { title: 'Examples', align: right },
    { title: 'Lessons', align: right },
    { title: 'Failed calls' },
  ];
  const rows = [...tallies].map(([id, one]) => [
    nameOf(id),
    String(one.trials),
    String(one.examples),
    String(lessons.get(id) ?? 0),
    failuresByType(one.failures),
  ]);
  return table(columns, rows, width);
}

/** What a run asks, in a line: never silently the sampler. */
export function modelLine({ model }: Pick<Run, 'model'>): string {
  return `Model: ${model.label}`;
}

/** One sentence on how a run ended, and how to go on with it. `explore`: the command as it is typed for this workspace. */
export function runEnding(
  run: RunSummary,
  seconds: number,
  colors: Terminal['colors'],
  explore: string,
): string[] {
  const { counts, usage } = run;
  const money = usage.usd === null ? 'price not known' : `$${usage.usd.toFixed(usage.usd < 1 ? 4 : 2)}`;
  const tokens = usage.inputTokens + usage.outputTokens;
  const brought = [
    counted(counts.trials, 'trial'),
    counted(counts.examples, 'example'),
    counted(counts.failures, 'failed call'),
    counted(counts.lessons, 'lesson'),
  ].join(', ');
  const took = run.model.isLanguageModel
    ? `${counted(usage.modelCalls, 'model call')}, ${counted(tokens, 'token')}, ${money}`
    : `${counted(usage.modelCalls, 'call')} of the sampler`;
  const lines = [`${endWord(run, colors)}: ${brought}; ${took}; ${seconds.toFixed(1)} s.`];
  if (run.error) lines.push(oneLine(`${run.error.message} ${run.error.advice}`));
  if (run.status !== 'finished') lines.push(`Go on with: ${explore} --resume ${run.id}${higherLimit(run)}`);
  return lines;
}

/** A run whose budget is used up goes on only with another limit: twice what it had. */
function higherLimit({ status, budget, usage }: RunSummary): string {
  if (status !== 'budget') return '';
  const { modelCalls, usd } = budget;
  if (modelCalls !== null && usage.modelCalls >= modelCalls) return ` --max-calls ${modelCalls * 2 || 100}`;
  return usd === null ? '' : ` --max-usd ${usd * 2 || 1}`;
}

export function failuresByType(failures: ReadonlyMap<FailureType, number>): string {
  const parts = [...failures].sort(([, a], [, b]) => b - a).map(([type, count]) => `${count} ${type}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

function endWord(run: RunSummary, colors: Terminal['colors']): string {
  switch (run.status) {
    case 'finished':
      return colors.green('Finished');
    case 'stopped':
      return colors.yellow('Stopped');
    case 'budget':
      return colors.yellow('The budget is used up');
    default:
      return colors.red('Failed');
  }
}
