import * as l10n from '@vscode/l10n';
import type { Workbench } from '../../state/workbench.ts';

/** What stands above rows that nobody keeps up to date at this moment. */
export function staleText({ link, remembered }: Workbench): string {
  if (link === 'away') return l10n.t('The engine has stopped. What you see may be out of date.');
  if (link === 'restarting')
    return l10n.t('The engine is being started again. What you see may be out of date.');
  return remembered && link !== 'asleep' ? l10n.t('As last seen. The files are being read.') : '';
}
