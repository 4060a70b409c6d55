/** What people read about a run. */
import * as l10n from '@vscode/l10n';
import type { Risk } from '../../core/tool.ts';
import { toolName } from '../../core/toolName.ts';
import type { RunSummary } from '../../protocol/engine.ts';
import * as counts from './counts.ts';
import { simulatedSentence } from './simulatedText.ts';

/** Name of the tool, or how many. */
export function subject(tools: readonly string[]): string {
  return tools.length === 1 && tools[0] ? toolName(tools[0]) : counts.tools(tools.length);
}

/** `12 of 60 trials`; a run may end before its last trial. */
export function trialsOf(run: Pick<RunSummary, 'counts' | 'planned'>): string {
  const trials = counts.number(run.counts.trials);
  // Not put together from two texts: in other languages the second would have another form.
  if (run.planned === 1) return l10n.t('{0} of 1 trial', trials);
  return l10n.t('{0} of {1} trials', trials, counts.number(run.planned));
}

export function countsText({ trials, examples, failures, lessons }: RunSummary['counts']): string {
  return [
    counts.trials(trials),
    counts.examples(examples),
    counts.failedCalls(failures),
    counts.lessons(lessons),
  ].join(', ');
}

export interface EndText {
  severity: 'info' | 'warning' | 'error';
  text: string;
  /** Whether the run can go on from where it is. */
  resumable: boolean;
}

/** The last word about a run. What the sampler has made up is called that, whatever else there is to say. */
export function endText(run: RunSummary, warnings = 0): EndText {
  const { severity, text, resumable } = ending(run);
  const { trials, simulated = 0 } = run.counts;
  const more = [
    ...(simulated > 0 ? [simulatedText(trials, simulated)] : []),
    ...(!run.model.isLanguageModel && run.counts.trials > 0 ? [samplerMark()] : []),
    ...(warnings > 0 ? [warningsText(warnings)] : []),
  ];
  return { severity, resumable, text: [text, ...more].join(' ') };
}

function simulatedText(trials: number, simulated: number): string {
  if (simulated >= trials) return simulatedSentence();
  return l10n.t(
    '{0} of the trials are simulated: a model played the tool. They are no evidence about the real one.',
    counts.number(simulated),
  );
}

function warningsText(warnings: number): string {
  return warnings === 1
    ? l10n.t('1 warning is in the log.')
    : l10n.t('{0} warnings are in the log.', counts.number(warnings));
}

function samplerMark(): string {
  return l10n.t(
    'The queries come from the offline sampler, no language model: examples made with it are marked as a demonstration.',
  );
}

function ending(run: RunSummary): EndText {
  const what = subject(run.tools);
  const got = countsText(run.counts);
  switch (run.status) {
    case 'finished':
      return { severity: 'info', text: l10n.t('Explored {0}: {1}.', what, got), resumable: false };
    case 'stopped':
      return {
        severity: 'info',
        text: l10n.t('Stopped exploring {0}: {1} so far.', what, got),
        resumable: true,
      };
    case 'budget':
      return {
        severity: 'info',
        text: l10n.t(
          'The budget for {0} is used up: {1}. Raise the limit in the settings before Resume.',
          what,
          got,
        ),
        resumable: true,
      };
    case 'failed':
      return { severity: 'error', text: failure(run, what), resumable: true };
    case 'interrupted':
    case 'running':
      return {
        severity: 'warning',
        text: l10n.t('Exploring {0} was cut off. What it learned is kept: {1}.', what, got),
        resumable: true,
      };
  }
}

function failure(run: RunSummary, what: string): string {
  const failed = l10n.t('Exploring {0} failed.', what);
  return run.error ? `${failed} ${run.error.message} ${run.error.advice}` : failed;
}

export function riskText(risk: Risk): string {
  return {
    read: l10n.t('only reads'),
    write: l10n.t('may change things'),
    destructive: l10n.t('may destroy things'),
    unknown: l10n.t('unknown risk'),
  }[risk];
}

export function riskSentence(risk: Risk): string {
  return {
    read: l10n.t('This tool only reads.'),
    write: l10n.t('This tool may change things.'),
    destructive: l10n.t('This tool may destroy things.'),
    unknown: l10n.t('It is not known what this tool may do.'),
  }[risk];
}
