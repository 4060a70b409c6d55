/** The mark of a row of which a model played the tool. */
import * as l10n from '@vscode/l10n';
import type { RowView } from './rowView.ts';

export function simulatedBadge(simulated: boolean | undefined): RowView['badges'] {
  if (!simulated) return [];
  return [
    {
      word: l10n.t('Simulated'),
      why: l10n.t('Simulated: a model played the tool. It is no evidence about the real one.'),
    },
  ];
}
