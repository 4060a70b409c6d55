/**
 * The third stage: what commands do, the trial logs, the dashboard and insertion. Loaded at the first command, so that
 * activation pays for none of it.
 */
import type { CommandName } from '../protocol/contributions.ts';
import { commandHandlers, type Handler } from './commands/handlers.ts';
import { offerResume } from './commands/offerResume.ts';
import { showError } from './commands/showError.ts';
import type { Surroundings } from './surroundings.ts';
import { useTranslations } from './window/translations.ts';

export interface Actions {
  /** By command. They may reject; `showError` tells the person. */
  readonly handlers: Record<CommandName, Handler>;
  showError(error: unknown): Promise<void>;
  /** A run was cut off and does not go on by itself. */
  offerResume(runId: string, what: string): Promise<void>;
}

/** Opens the stage; called once a window. */
export function openActions(around: Surroundings): Actions {
  useTranslations();
  return {
    handlers: commandHandlers(around),
    showError: (error) => showError(around, error),
    offerResume: (runId, what) => offerResume(around, runId, what),
  };
}
