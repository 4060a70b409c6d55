import { isCancelled, isUserError, readable } from '../link/engineErrors.ts';
import type { Surroundings } from '../surroundings.ts';

/** Tells the person what went wrong and what to do. Cancellation is no error. */
export async function showError(around: Surroundings, error: unknown): Promise<void> {
  if (isCancelled(error)) return;
  if (!isUserError(error)) around.log(error);
  const { message, advice } = readable(error);
  const away = isUserError(error) && error.name === 'EngineAway' && around.link.state === 'away';
  const answers = [...(away ? ['Start Engine'] : []), 'Show Log'];
  const answer = await around.person.tell('error', `${message} ${advice}`, ...answers);
  if (answer === 'Show Log') around.editor.showLog();
  if (answer === 'Start Engine') around.link.wake();
}
