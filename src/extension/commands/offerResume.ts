import * as l10n from '@vscode/l10n';
import type { Surroundings } from '../surroundings.ts';
import { resumeRun } from './resume.ts';
import { showError } from './showError.ts';

/** A run was cut off and does not go on by itself: the person decides. Never rejects. */
export async function offerResume(around: Surroundings, runId: string, what: string): Promise<void> {
  const text = l10n.t('The engine ended while {0} was being explored. What it learned is kept.', what);
  const again = l10n.t('Resume');
  const log = l10n.t('Show Log');
  const answer = await around.person.tell('warning', text, again, log);
  if (answer === log) around.editor.showLog();
  if (answer !== again) return;
  try {
    await resumeRun(around, runId);
  } catch (error) {
    await showError(around, error);
  }
}
