import type { Step, Trial } from '../core/trial.ts';
import type { Colors } from './terminal.ts';
import { oneLine, plain, shortened, wrapped } from './text.ts';

/** What a trial's lines need to know. */
export interface TrialView {
  colors: Colors;
  width: number;
  /** The name of a tool by its id. */
  nameOf: (id: string) => string;
}

/** An observation takes at most so many characters of a list; a single trial is shown in full. */
const inList = 240;

/** A trial as a few lines of a list, or with `full` in full. */
export function trialLines(trial: Trial, view: TrialView, full = false): string[] {
  const { colors, nameOf } = view;
  const head = [
    `${markOf(trial.outcome, colors)} ${colors.bold(nameOf(trial.tool))}`,
    `episode ${trial.episode}, trial ${trial.trial}`,
    trial.outcome,
    ...(trial.simulated ? [colors.yellow('simulated')] : []),
    colors.dim(trial.id),
  ];
  const lines = [head.join('  '), ...said('Query: ', trial.query || '(none)', view, full)];
  for (const [i, step] of trial.steps.entries()) lines.push(...stepLines(step, i + 1, view, full));
  if (trial.answer !== null) lines.push(...said('Answer: ', trial.answer, view, full));
  if (full && trial.reflection) lines.push(...said('Reflection: ', trial.reflection.text, view, full));
  if (trial.error) lines.push(...said('Error: ', `${trial.error.message} ${trial.error.advice}`, view, full));
  return lines;
}

/** One step: the call, and what came of it. */
function stepLines(step: Step, number: number, view: TrialView, full = false): string[] {
  const { colors, nameOf } = view;
  const called = step.call ? `${nameOf(step.call.tool)} ${JSON.stringify(step.call.arguments)}` : '(no call)';
  const type = step.failure?.type ?? step.observation.status;
  const word = step.failure ? colors.red(type) : type === 'ok' ? colors.green(type) : colors.yellow(type);
  return [
    ...(full && step.thought !== '' ? said('Thought: ', step.thought, view, full) : []),
    ...said(`${number}. `, called, view, full),
    ...said(
      `   → ${word}${step.observation.simulated ? ' (simulated)' : ''}: `,
      step.observation.content,
      view,
      full,
    ),
  ];
}

export function markOf(outcome: Trial['outcome'], colors: Colors): string {
  if (outcome === 'fulfilled') return colors.green('✓');
  return outcome === 'error' ? colors.red('!') : colors.yellow('·');
}

/** Our words, which may be coloured, and then those of a tool or a model, which bring nothing but text. */
function said(label: string, text: string, view: TrialView, full: boolean): string[] {
  const shown = full ? plain(text).trimEnd() : shortened(oneLine(text), inList);
  const indent = label.startsWith(' ') ? '       ' : '    ';
  const lines = wrapped(`${label.trimStart()}${shown}`, view.width - indent.length);
  return lines.map((line, i) => (i === 0 ? indent.slice(2) : indent) + line);
}
