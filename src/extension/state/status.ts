import * as l10n from '@vscode/l10n';
import * as counts from './counts.ts';
import { forMessage } from './harmless.ts';
import { countsText, subject, trialsOf } from './runTexts.ts';
import type { Workbench } from './workbench.ts';
import { stepsOf, workWord } from './workTexts.ts';

/** The status bar item. `tone` colours it. */
export interface StatusView {
  visible: boolean;
  text: string;
  tooltip: string;
  /** For screen readers: without icons. */
  label: string;
  tone: 'plain' | 'warning' | 'error';
}

type Seen = Pick<
  Workbench,
  | 'link'
  | 'trusted'
  | 'folders'
  | 'waitingApprovals'
  | 'trouble'
  | 'running'
  | 'engine'
  | 'resumable'
  | 'working'
  | 'resumableJob'
  | 'toolsTotal'
>;

/** The status bar as a function of what the window knows, and of nothing else. */
export function statusOf(seen: Seen): StatusView {
  if (seen.folders === 0 || seen.link === 'asleep') return hidden;
  if (seen.link === 'away') {
    return view(
      '$(error)',
      l10n.t('engine stopped'),
      l10n.t('The engine has stopped. Click to start it.'),
      'error',
    );
  }
  if (seen.link === 'restarting') {
    return view(
      '$(sync~spin)',
      l10n.t('engine restarts'),
      l10n.t('The engine ended unexpectedly and is being started again.'),
    );
  }
  if (seen.link === 'starting') {
    return view('$(sync~spin)', l10n.t('starting'), l10n.t('The engine is being started.'));
  }
  if (seen.waitingApprovals > 0) {
    const waiting = seen.waitingApprovals;
    const what =
      waiting === 1 ? l10n.t('1 approval waiting') : l10n.t('{0} approvals waiting', counts.number(waiting));
    return view('$(question)', what, progress(seen.running) + l10n.t('Click to answer.'), 'warning');
  }
  const [run] = seen.running;
  if (run) {
    const text = seen.running.length > 1 ? counts.runs(seen.running.length) : trialsOf(run);
    return view('$(sync~spin)', text, progress(seen.running) + l10n.t('Click to stop.'));
  }
  if (seen.working) {
    const { working } = seen;
    const text = `${workWord(working.kind)}: ${stepsOf(working)}`;
    return view('$(sync~spin)', text, `${text}\n${l10n.t('Click to stop.')}`);
  }
  if (!seen.trusted) {
    return view('$(shield)', '', l10n.t('Restricted Mode: tools are listed, and none is run.'));
  }
  if (seen.engine?.storeProblem) {
    const { message, advice } = seen.engine.storeProblem;
    return view('$(warning)', '', `${message} ${advice}`, 'warning');
  }
  if (seen.trouble !== null) {
    return view('$(warning)', '', `${seen.trouble}\n${l10n.t('Click to see the log.')}`);
  }
  return view('$(beaker)', '', idle(seen));
}

const hidden: StatusView = { visible: false, text: '', tooltip: '', label: '', tone: 'plain' };

function idle({ toolsTotal, resumable, resumableJob }: Seen): string {
  const found = l10n.t('{0} in this workspace.', counts.tools(toolsTotal));
  return resumable || resumableJob ? `${found}\n${l10n.t('A run can be resumed.')}` : found;
}

function progress(runs: Seen['running']): string {
  return runs
    .map((run) => {
      const what = subject(run.tools);
      const text = l10n.t('Exploring {0} with {1}: {2}.', what, run.model.label, countsText(run.counts));
      return `${text}\n`;
    })
    .join('');
}

function view(icon: string, what: string, tooltip: string, tone: StatusView['tone'] = 'plain'): StatusView {
  const name = what === '' ? 'Imaginarium' : `Imaginarium: ${what}`;
  // It names tools and models, and says what engine and files said.
  return { visible: true, text: `${icon} ${name}`, tooltip: forMessage(tooltip), label: name, tone };
}
