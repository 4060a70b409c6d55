import type { Run } from '../core/run.ts';
import { simulatedShare } from '../core/simulate/share.ts';
import type { Tool } from '../core/tool.ts';
import type { FailureType } from '../core/trial.ts';
import type { RunSummary, TrialRow } from '../protocol/engine.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';
import { counted, oneLine, plain } from './text.ts';

/** What the trials of one tool came to. */
export interface ToolTally {
  trials: number;
  /** Trials in which a model played it. */
  simulated: number;
  examples: number;
  failures: Map<FailureType, number>;
}

/** Adds a trial to the tally of its tool. */
export function tally(tallies: Map<string, ToolTally>, row: TrialRow): void {
  const one = tallies.get(row.tool) ?? { trials: 0, simulated: 0, examples: 0, failures: new Map() };
  one.trials += 1;
  if (row.simulated) one.simulated += 1;
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
    one.simulated > 0 ? `${nameOf(id)} (simulated)` : nameOf(id),
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

/** Which tools a model plays in the run, and what that means; no line when there are none. */
export function simulatedLines(
  run: Pick<Run, 'tools' | 'simulated'>,
  tools: readonly Pick<Tool, 'id' | 'name'>[],
): string[] {
  const { simulated = [] } = run;
  if (simulated.length === 0) return [];
  const names = tools.filter(({ id }) => simulated.includes(id)).map(({ name }) => plain(name));
  const shown = names.slice(0, 8).join(', ') + (names.length > 8 ? ` and ${names.length - 8} more` : '');
  return [
    `Simulated, played by the model: ${shown}. Each of their calls is a model call; what they say is no evidence about the real tools.`,
  ];
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
    counted(counts.trials, 'trial') + simulatedShare(counts.trials, counts.simulated),
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

/** What is added to go on with a run or job: one whose budget is used up goes on only with another limit: twice what it had. */
export function higherLimit({
  status,
  budget,
  usage,
}: Pick<RunSummary, 'status' | 'budget' | 'usage'>): string {
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
