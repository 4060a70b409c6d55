import * as l10n from '@vscode/l10n';
import { setModel } from '../choose/setModel.ts';
import type { Choice, Surroundings } from '../surroundings.ts';
import { exploreTool } from './explore.ts';
import { resume } from './resume.ts';
import { startEngine } from './startEngine.ts';
import { stop } from './stop.ts';

type Act = (around: Surroundings) => unknown;

/** What can be done now, to choose from: what a click on the status bar opens. */
export async function showStatus(around: Surroundings): Promise<void> {
  const choices = actions(around);
  const act = await around.person.pick('Imaginarium', l10n.t('What would you like to do?'), choices);
  await act?.(around);
}

function actions({ workbench, link }: Surroundings): Choice<Act>[] {
  const one = (when: boolean, label: string, icon: string, value: Act): Choice<Act>[] =>
    when ? [{ label, icon, value }] : [];
  return [
    ...one(workbench.waitingApprovals > 0, l10n.t('Show Waiting Approvals'), 'question', showApprovals),
    ...one(workbench.running.length > 0, l10n.t('Stop Exploring'), 'debug-stop', stop),
    ...one(workbench.running.length === 0 && workbench.working !== null, l10n.t('Stop'), 'debug-stop', stop),
    ...one(link.state === 'away', l10n.t('Start Engine'), 'debug-start', startEngine),
    ...one(
      (workbench.resumable !== null || workbench.resumableJob !== null) &&
        workbench.running.length === 0 &&
        workbench.working === null &&
        workbench.trusted &&
        link.state !== 'away',
      l10n.t('Resume'),
      'debug-continue',
      resume,
    ),
    ...one(!workbench.trusted, l10n.t('Manage Workspace Trust'), 'shield', ({ editor }) =>
      editor.manageTrust(),
    ),
    ...one(
      workbench.runnableTotal > 0 && workbench.trusted && link.state !== 'away',
      l10n.t('Explore Tool…'),
      'beaker',
      (around) => exploreTool(around),
    ),
    ...one(
      workbench.trusted && (workbench.sources?.review ?? 0) > 0,
      l10n.t('Review Examples'),
      'law',
      async ({ editor, views }) => {
        await editor.showTools();
        await views.revealReview();
      },
    ),
    ...one(workbench.runs.length > 0, l10n.t('Open Dashboard'), 'graph', ({ editor }) =>
      editor.openDashboard({}),
    ),
    ...one(true, l10n.t('Show Tools'), 'list-tree', ({ editor }) => editor.showTools()),
    ...one(link.state !== 'away', l10n.t('Set Model…'), 'settings-gear', setModel),
    ...one(true, l10n.t('Show Log'), 'output', ({ editor }) => editor.showLog()),
  ];
}

/** Those that were put away come back; those that the editor has put among its notifications are shown there. */
async function showApprovals({ approvals, editor }: Surroundings): Promise<void> {
  const answered = approvals.answer();
  await editor.showNotifications();
  await answered;
}
