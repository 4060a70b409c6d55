import * as l10n from '@vscode/l10n';
import { toolName } from '../../core/toolName.ts';
import type { PanelPlace } from '../../protocol/panel.ts';
import type { Workbench } from '../state/workbench.ts';
import type { Target } from '../target.ts';

/** What a target opens the dashboard for; everything where it names neither tool nor run. */
export function panelPlace(
  { toolId, runId }: Target,
  workbench: Pick<Workbench, 'run'>,
  language: string,
): PanelPlace {
  const run = runId === undefined ? undefined : workbench.run(runId);
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const label = run ? l10n.t('Run of {0}', format.format(run.startedAt)) : l10n.t('One run');
  return {
    tool: toolId === undefined ? null : { id: toolId, name: toolName(toolId) },
    run: runId === undefined ? null : { id: runId, label },
  };
}
