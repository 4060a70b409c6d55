import { counted } from '../../core/counted.ts';
import { countsText, subject, trialsOf } from './runTexts.ts';
import type { Workbench } from './workbench.ts';

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
  'link' | 'trusted' | 'folders' | 'waitingApprovals' | 'running' | 'engine' | 'resumable' | 'tools'
>;

/** The status bar as a function of what the window knows, and of nothing else. */
export function statusOf(seen: Seen): StatusView {
  if (seen.folders === 0 || seen.link === 'asleep') return hidden;
  if (seen.link === 'away') {
    return view('$(error)', 'engine stopped', 'The engine has stopped. Click to start it.', 'error');
  }
  if (seen.link === 'restarting') {
    return view(
      '$(sync~spin)',
      'engine restarts',
      'The engine ended unexpectedly and is being started again.',
    );
  }
  if (seen.link === 'starting') return view('$(sync~spin)', 'starting', 'The engine is being started.');
  if (seen.waitingApprovals > 0) {
    const what = `${counted(seen.waitingApprovals, 'approval')} waiting`;
    return view('$(question)', what, `${progress(seen.running)}Click to answer.`, 'warning');
  }
  const [run] = seen.running;
  if (run) {
    const text = seen.running.length > 1 ? counted(seen.running.length, 'run') : trialsOf(run);
    return view('$(sync~spin)', text, `${progress(seen.running)}Click to stop.`);
  }
  if (!seen.trusted) {
    return view('$(shield)', '', 'Restricted Mode: tools are listed, and none is run.');
  }
  if (seen.engine?.storeProblem) {
    const { message, advice } = seen.engine.storeProblem;
    return view('$(warning)', '', `${message} ${advice}`, 'warning');
  }
  return view('$(beaker)', '', idle(seen));
}

const hidden: StatusView = { visible: false, text: '', tooltip: '', label: '', tone: 'plain' };

function idle({ tools, resumable }: Seen): string {
  const found = `${counted(tools.length, 'tool')} in this workspace.`;
  return resumable ? `${found}\nA run can be resumed.` : found;
}

function progress(runs: Seen['running']): string {
  return runs
    .map((run) => `Exploring ${subject(run.tools)} with ${run.model.label}: ${countsText(run.counts)}.\n`)
    .join('');
}

function view(icon: string, what: string, tooltip: string, tone: StatusView['tone'] = 'plain'): StatusView {
  const name = what === '' ? 'Imaginarium' : `Imaginarium: ${what}`;
  return { visible: true, text: `${icon} ${name}`, tooltip, label: name, tone };
}
