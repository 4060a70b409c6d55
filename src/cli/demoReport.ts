import type { Step, Trial } from '../core/trial.ts';
import type { Engine } from '../engine/engine.ts';
import type { RunSummary, TrialRow } from '../protocol/engine.ts';
import { failuresByType, type ToolTally } from './runReport.ts';
import type { Terminal } from './terminal.ts';
import { counted, oneLine, shortened, wrapped } from './text.ts';
import { allTools } from './toolOption.ts';
import { type TrialView, trialLines } from './trialText.ts';

/** Lessons shown of each tool; the others are counted. */
const lessonsShown = 3;

/** Per tool: trials, examples, failed calls by type, and what was learned. */
export async function perTool(
  engine: Engine,
  tallies: ReadonlyMap<string, ToolTally>,
  terminal: Terminal,
): Promise<string[]> {
  const { colors, width } = terminal;
  const lines: string[] = [];
  for (const tool of allTools(engine)) {
    const of = tallies.get(tool.id);
    if (!of) continue;
    const { rows: lessons } = await engine.learned.lessons({
      tool: tool.id,
      limit: lessonsShown,
      retired: false,
    });
    lines.push(
      colors.bold(tool.name),
      `  ${counted(of.trials, 'trial')}, ${counted(of.examples, 'example')}, ${counted(tool.counts.lessons, 'lesson')}`,
      `  failed calls: ${failuresByType(of.failures)}`,
    );
    for (const { text } of lessons) {
      const wrap = wrapped(shortened(oneLine(text), 220), width - 6);
      lines.push(...wrap.map((line, i) => (i === 0 ? `    - ${line}` : `      ${line}`)));
    }
    lines.push('');
  }
  return lines;
}

/**
 * One learned example and one failed call, in full. The example is, where there is one, of a trial that failed before it
 * succeeded: there the learning can be seen.
 */
export async function inFull(
  engine: Engine,
  rows: readonly TrialRow[],
  run: RunSummary,
  terminal: Terminal,
): Promise<string[]> {
  const { colors, width } = terminal;
  const tools = allTools(engine);
  const nameOf = (id: string) => tools.find((tool) => tool.id === id)?.name ?? id;
  const view: TrialView = { colors, width, nameOf };
  const learned = rows.filter((row) => row.example);
  const best = learned.find((row) => row.failures.includes('rejected')) ?? learned[0];
  const refused = rows.find((row) => row.failures.includes('rejected') && row.id !== best?.id);
  const failed = refused ?? rows.find((row) => row.failures.length > 0);
  const example = best && (await engine.learned.trial(best.id));
  const failure = failed && (await engine.learned.trial(failed.id));
  return [
    ...(example
      ? [
          colors.bold('A learned example, in full'),
          `  (the query was invented by: ${run.model.label})`,
          ...trialLines(example, view, true),
          '',
        ]
      : []),
    ...(failure ? [colors.bold('A failed call, in full'), ...failedCall(failure, nameOf, width), ''] : []),
  ];
}

function failedCall(trial: Trial, nameOf: (id: string) => string, width: number): string[] {
  const step = trial.steps.find(({ failure }) => failure?.type === 'rejected') ?? firstFailed(trial);
  if (!step?.failure) return [];
  const facts = [
    `Tool: ${nameOf(step.call?.tool ?? trial.tool)}`,
    `Query: ${trial.query}`,
    `Arguments: ${JSON.stringify(step.call?.arguments ?? null)}`,
    `Failure: ${step.failure.type}${step.failure.argument ? ` at ${step.failure.argument}` : ''}`,
    `The tool said: ${step.observation.content}`,
    `It took ${step.observation.ms} ms.`,
  ];
  return facts.flatMap((fact) =>
    wrapped(oneLine(fact), width - 4).map((line, i) => (i === 0 ? `  ${line}` : `    ${line}`)),
  );
}

function firstFailed(trial: Trial): Step | undefined {
  return trial.steps.find(({ failure }) => failure !== null);
}
