/**
 * The third stage: what commands do, the trial logs, the dashboard and insertion. Loaded at the first command, so that
 * activation pays for none of it.
 */
import type { Memento, Position, TextDocument, Uri, WebviewPanel } from 'vscode';
import type { CommandName } from '../protocol/contributions.ts';
import { commandHandlers, type Handler } from './commands/handlers.ts';
import { offerResume } from './commands/offerResume.ts';
import { showError } from './commands/showError.ts';
import { tellTooLate } from './commands/tellTooLate.ts';
import { toolDocuments } from './compare/toolDocuments.ts';
import { ToolReader } from './compare/toolReader.ts';
import { type Dropped, dropExamples } from './insert/dropExamples.ts';
import { insertWindow } from './insert/insertWindow.ts';
import type { LastTextEditor } from './insert/lastTextEditor.ts';
import { manifestWindow } from './manifest/manifestWindow.ts';
import { DashboardPanel } from './panel/dashboardPanel.ts';
import type { Surroundings } from './surroundings.ts';
import { type TrialDocuments, trialDocuments } from './trial/trialDocuments.ts';
import { TrialReader } from './trial/trialReader.ts';
import { windowFileDialogs } from './window/fileDialogs.ts';
import { windowProposals } from './window/proposals.ts';
import type { ReadOnlyFiles } from './window/readOnlyFiles.ts';
import { useTranslations } from './window/translations.ts';

export interface Actions {
  /** By command. They may reject; `showError` tells the person. */
  readonly handlers: Record<CommandName, Handler>;
  readonly trials: TrialDocuments;
  readonly tools: ReadOnlyFiles;
  readonly dashboard: { revive(panel: WebviewPanel): void };
  /** What is written where examples are dropped; undefined where nothing fits, which is said. */
  dropExamples(text: string, document: TextDocument, position: Position): Promise<Dropped | undefined>;
  showError(error: unknown): Promise<void>;
  /** A run was cut off and does not go on by itself. */
  offerResume(runId: string, what: string): Promise<void>;
  /** An approval was given, or refused, after its run had ended. */
  tellTooLate(): Promise<void>;
}

/** What the stage takes over from the first one, beside the surroundings. */
export interface FromFirstStage {
  /** Folder of the extension's files. */
  extension: Uri;
  lastEditor: Pick<LastTextEditor, 'editor'>;
  /** What is remembered for the person, whatever workspace is open. */
  memento: Memento;
}

/** Opens the stage; called once a window. */
export function openActions(
  around: Surroundings,
  { extension, lastEditor, memento }: FromFirstStage,
): Actions {
  useTranslations();
  const trials = new TrialReader(around);
  const dashboard = new DashboardPanel(around, extension);
  const insertion = insertWindow(lastEditor, memento);
  return {
    handlers: commandHandlers(
      around,
      trials,
      dashboard,
      insertion,
      windowProposals(),
      manifestWindow(),
      windowFileDialogs(),
    ),
    trials: trialDocuments(trials),
    tools: toolDocuments(new ToolReader(around)),
    dashboard,
    dropExamples: (text, document, position) => dropExamples(around, insertion, text, document, position),
    showError: (error) => showError(around, error),
    offerResume: (runId, what) => offerResume(around, runId, what),
    tellTooLate: () => tellTooLate(around),
  };
}
