/** What people read about a run. */
import { counted } from '../../core/counted.ts';
import type { Estimate } from '../../core/run.ts';
import type { Risk } from '../../core/tool.ts';
import type { RunSummary } from '../../protocol/engine.ts';

/** Of a tool's id, the part that people know it by. */
export function toolName(id: string): string {
  return id.slice(id.lastIndexOf('#') + 1);
}

/** Name of the tool, or how many. */
export function subject(tools: readonly string[]): string {
  return tools.length === 1 && tools[0] ? toolName(tools[0]) : counted(tools.length, 'tool');
}

/** `12 of 60 trials`; a run may end before its last trial. */
export function trialsOf(run: Pick<RunSummary, 'counts' | 'planned'>): string {
  return `${run.counts.trials} of ${counted(run.planned, 'trial')}`;
}

export function countsText({ trials, examples, failures, lessons }: RunSummary['counts']): string {
  return [
    counted(trials, 'trial'),
    counted(examples, 'example'),
    counted(failures, 'failed call'),
    counted(lessons, 'lesson'),
  ].join(', ');
}

export interface EndText {
  severity: 'info' | 'warning' | 'error';
  text: string;
  /** Whether the run can go on from where it is. */
  resumable: boolean;
}

/** The last word about a run. */
export function endText(run: RunSummary): EndText {
  const what = subject(run.tools);
  const counts = countsText(run.counts);
  const from = run.model.isLanguageModel ? '' : ` These come from the ${lower(run.model.label)}.`;
  switch (run.status) {
    case 'finished':
      return { severity: 'info', text: `Explored ${what}: ${counts}.${from}`, resumable: false };
    case 'stopped':
      return { severity: 'info', text: `Stopped exploring ${what}: ${counts} so far.`, resumable: true };
    case 'budget':
      return {
        severity: 'info',
        text: `The budget for ${what} is used up: ${counts}. Raise the limit in the settings before Resume.`,
        resumable: true,
      };
    case 'failed':
      return { severity: 'error', text: failure(run, what), resumable: true };
    case 'interrupted':
    case 'running':
      return {
        severity: 'warning',
        text: `Exploring ${what} was cut off: ${counts} are kept.`,
        resumable: true,
      };
  }
}

function failure(run: RunSummary, what: string): string {
  if (!run.error) return `Exploring ${what} failed.`;
  return `Exploring ${what} failed. ${run.error.message} ${run.error.advice}`;
}

function lower(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}

/** What a person is told before a run on a language model starts. */
export function estimateText(
  estimate: Estimate & { asksFor: { tool: string; risk: Risk }[] },
  model: string,
): { question: string; detail: string } {
  const { tools, trials, modelCalls, tokens, usd, asksFor } = estimate;
  const money = usd === null ? 'The price of this model is not known.' : `About $${usd.toFixed(2)} at most.`;
  const asks = asksFor.map(({ tool, risk }) => `${toolName(tool)} (${riskText(risk)})`).join(', ');
  return {
    question: `Explore ${counted(tools, 'tool')} with ${model}?`,
    detail: [
      `At most ${counted(trials, 'trial')}, ${counted(modelCalls, 'model call')} and ${counted(tokens, 'token')}. ${money}`,
      ...(asks ? [`You will be asked before these are called: ${asks}.`] : []),
    ].join('\n\n'),
  };
}

export function riskText(risk: Risk): string {
  return {
    read: 'reads',
    write: 'may change things',
    destructive: 'may destroy things',
    unknown: 'unknown risk',
  }[risk];
}
