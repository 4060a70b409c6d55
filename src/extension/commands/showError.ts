import * as l10n from '@vscode/l10n';
import { isCancelled, isUserError, readable } from '../link/engineErrors.ts';
import type { Surroundings } from '../surroundings.ts';

/** Tells the person what went wrong and what to do. Cancellation is no error. */
export async function showError(around: Surroundings, error: unknown): Promise<void> {
  if (isCancelled(error)) return;
  if (!isUserError(error)) around.log(error);
  const { message, advice } = readable(error);
  const away = isUserError(error) && error.name === 'EngineAway' && around.link.state === 'away';
  const start = l10n.t('Start Engine');
  const log = l10n.t('Show Log');
  const answers = [...(away ? [start] : []), log];
  const answer = await around.person.tell('error', `${message} ${advice}`, ...answers);
  if (answer === log) around.editor.showLog();
  if (answer === start) around.link.wake();
}
