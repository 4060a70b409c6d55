/**
 * The third stage: what commands do, the trial logs, the dashboard and insertion. Loaded at the first command, so that
 * activation pays for none of it.
 */
import type { Uri, WebviewPanel } from 'vscode';
import type { CommandName } from '../protocol/contributions.ts';
import { commandHandlers, type Handler } from './commands/handlers.ts';
import { offerResume } from './commands/offerResume.ts';
import { showError } from './commands/showError.ts';
import { DashboardPanel } from './panel/dashboardPanel.ts';
import type { Surroundings } from './surroundings.ts';
import { type TrialDocuments, trialDocuments } from './trial/trialDocuments.ts';
import { TrialReader } from './trial/trialReader.ts';
import { useTranslations } from './window/translations.ts';

export interface Actions {
  /** By command. They may reject; `showError` tells the person. */
  readonly handlers: Record<CommandName, Handler>;
  readonly trials: TrialDocuments;
  readonly dashboard: { revive(panel: WebviewPanel): void };
  showError(error: unknown): Promise<void>;
  /** A run was cut off and does not go on by itself. */
  offerResume(runId: string, what: string): Promise<void>;
}

/** Opens the stage; called once a window. `extension` is the folder of its files. */
export function openActions(around: Surroundings, extension: Uri): Actions {
  useTranslations();
  const trials = new TrialReader(around);
  const dashboard = new DashboardPanel(around, extension);
  return {
    handlers: commandHandlers(around, trials, dashboard),
    trials: trialDocuments(trials),
    dashboard,
    showError: (error) => showError(around, error),
    offerResume: (runId, what) => offerResume(around, runId, what),
  };
}
