import * as l10n from '@vscode/l10n';
import { UserError } from '../../core/errors.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Target } from '../target.ts';

/**
 * Opens the dashboard for a tool or a run, or for everything.
 *
 * @throws UserError where no folder is open, so that nothing can have been explored
 */
export function openDashboard(
  around: Pick<Surroundings, 'workbench'>,
  dashboard: { open(target: Target): void },
  target: Target,
): void {
  if (around.workbench.folders === 0) {
    throw new UserError(
      l10n.t('There is no folder open.'),
      l10n.t('Open the folder that holds your tools; the dashboard shows what was learned about them.'),
    );
  }
  dashboard.open(target);
}
