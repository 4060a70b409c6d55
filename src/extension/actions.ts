/**
 * The third stage: what commands do, the trial logs, the dashboard and insertion. Loaded at the first command, so that
 * activation pays for none of it.
 */
import type { CommandName } from '../protocol/contributions.ts';
import { commandHandlers, type Handler } from './commands/handlers.ts';
import { offerResume } from './commands/offerResume.ts';
import { showError } from './commands/showError.ts';
import type { Surroundings } from './surroundings.ts';
import { type TrialDocuments, trialDocuments } from './trial/trialDocuments.ts';
import { TrialReader } from './trial/trialReader.ts';
import { useTranslations } from './window/translations.ts';

export interface Actions {
  /** By command. They may reject; `showError` tells the person. */
  readonly handlers: Record<CommandName, Handler>;
  readonly trials: TrialDocuments;
  showError(error: unknown): Promise<void>;
  /** A run was cut off and does not go on by itself. */
  offerResume(runId: string, what: string): Promise<void>;
}

/** Opens the stage; called once a window. */
export function openActions(around: Surroundings): Actions {
  useTranslations();
  const trials = new TrialReader(around);
  return {
    handlers: commandHandlers(around, trials),
    trials: trialDocuments(trials),
    showError: (error) => showError(around, error),
    offerResume: (runId, what) => offerResume(around, runId, what),
  };
}
