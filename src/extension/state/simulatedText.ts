/** What people read about trials in which a model played the tool. */
import * as l10n from '@vscode/l10n';
import * as counts from './counts.ts';

/** How much of a number is simulated, beside it; empty for nothing. */
export function simulatedShare(all: number, simulated = 0): string {
  if (simulated === 0) return '';
  return simulated >= all ? l10n.t('all simulated') : l10n.t('{0} simulated', counts.number(simulated));
}

/** What it means, as a sentence. */
export function simulatedSentence(): string {
  return l10n.t('Simulated: a model played the tool. It is no evidence about the real one.');
}
