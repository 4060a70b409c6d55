/** Titles of what can be done at a learned problem, in the person's language. */
import * as l10n from '@vscode/l10n';
import type { ProblemActionData } from '../../protocol/language.ts';

/** Undefined for an action that is not ours to name. */
export function actionTitle(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('action' in data)) return undefined;
  const known = data as ProblemActionData;
  switch (known.action) {
    case 'propose':
      return l10n.t('Propose a Change of the Spec');
    case 'dismiss':
      return l10n.t('Dismiss for Good');
    case 'openTrial':
      return l10n.t('Open Trial {0}', known.place);
    default:
      return undefined;
  }
}
