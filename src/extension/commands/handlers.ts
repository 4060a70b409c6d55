import type { CommandName } from '../../protocol/contributions.ts';
import { setModel } from '../choose/setModel.ts';
import { compareWithSpec } from '../compare/compareWithSpec.ts';
import { expandExamples } from '../examples/expandExamples.ts';
import { exportExamples } from '../examples/exportExamples.ts';
import { importLog } from '../examples/importLog.ts';
import type { FileDialogs } from '../examples/ports.ts';
import { reviewExamples } from '../examples/reviewExamples.ts';
import { reverifyExamples, verifyExamples } from '../examples/verifyExamples.ts';
import { copyExampleAs } from '../insert/copyExampleAs.ts';
import { insertExamples } from '../insert/insertExamples.ts';
import type { InsertWindow } from '../insert/ports.ts';
import { addSource } from '../manifest/addSource.ts';
import { excludeSource } from '../manifest/excludeSource.ts';
import type { ManifestWindow } from '../manifest/ports.ts';
import { setRisk } from '../manifest/setRisk.ts';
import type { Surroundings } from '../surroundings.ts';
import { type Target, targetOf, targetsOf } from '../target.ts';
import { compareTrials } from '../trial/compareTrials.ts';
import { openTrial, openTrialMessages } from '../trial/openTrial.ts';
import type { TrialReader } from '../trial/trialReader.ts';
import { createToolManifest } from './createToolManifest.ts';
import { deleteExample } from './deleteExample.ts';
import { dismissProblem } from './dismissProblem.ts';
import { exploreAllTools, exploreTool } from './explore.ts';
import { filterTools, filterTrials } from './filterViews.ts';
import { listServer } from './listServer.ts';
import { mayRead } from './mayExplore.ts';
import { openDashboard } from './openDashboard.ts';
import { openExampleFile } from './openExampleFile.ts';
import { openSpec } from './openSpec.ts';
import { applySpecChange, type Proposals, proposeSpecChange } from './proposeSpecChange.ts';
import { resume } from './resume.ts';
import { revealTool } from './revealTool.ts';
import { setApiKey } from './setApiKey.ts';
import { setSecret } from './setSecret.ts';
import { showStatus } from './showStatus.ts';
import { startEngine } from './startEngine.ts';
import { stop } from './stop.ts';

/** What a command does. `argument` is what it was called with: a row, a target, or nothing from the palette. */
export type Handler = (argument: unknown, selected: unknown) => unknown;

/** Every command, by name. */
export function commandHandlers(
  around: Surroundings,
  trials: TrialReader,
  dashboard: { open(target: Target): void },
  insertion: InsertWindow,
  proposals: Proposals,
  manifests: ManifestWindow,
  files: FileDialogs,
): Record<CommandName, Handler> {
  const read =
    (handler: Handler): Handler =>
    async (argument, selected) =>
      (await mayRead(around)) ? handler(argument, selected) : undefined;
  return {
    exploreTool: (argument) => exploreTool(around, targetOf(argument)),
    exploreAllTools: () => exploreAllTools(around),
    stop: (argument) => stop(around, targetOf(argument)),
    resume: (argument) => resume(around, targetOf(argument).runId),
    // Panel
    openDashboard: (argument) => openDashboard(around, dashboard, targetOf(argument)),
    // Trial log
    openTrial: read((argument) => openTrial(around, trials, argument)),
    openTrialMessages: read((argument) => openTrialMessages(around, trials, argument)),
    compareTrials: read((argument, selected) => compareTrials(around, trials, argument, selected)),
    // Insert
    insertExamples: read((argument, selected) =>
      insertExamples(around, insertion, targetsOf(argument, selected)),
    ),
    copyExampleAs: read((argument, selected) =>
      copyExampleAs(around, insertion, targetsOf(argument, selected)),
    ),
    // Tree
    openExampleFile: read((argument) => openExampleFile(around, targetOf(argument))),
    deleteExample: read((argument, selected) => deleteExample(around, targetsOf(argument, selected))),
    openSpec: (argument) => openSpec(around, targetOf(argument)),
    filterTools: () => filterTools(around),
    clearToolsFilter: () => around.views.filterTools(null),
    filterRuns: () => filterTrials(around),
    clearRunsFilter: () => around.views.filterTrials(null),
    showMore: (argument) => around.views.showMore(argument),
    // Start
    createToolManifest: () => createToolManifest(around),
    setModel: () => setModel(around),
    setApiKey: () => setApiKey(around),
    setSecret: () => setSecret(around),
    startEngine: () => startEngine(around),
    showStatus: () => showStatus(around),
    showLog: () => around.editor.showLog(),
    // Sources
    addSource: () => addSource(around, manifests),
    excludeSource: (argument) => excludeSource(around, manifests, targetOf(argument)),
    setRisk: (argument) => setRisk(around, manifests, targetOf(argument)),
    listServer: (argument) => listServer(around, targetOf(argument)),
    compareWithSpec: (argument) => compareWithSpec(around, targetOf(argument)),
    // Lenses and learned problems
    revealTool: read((argument, group) => revealTool(around, targetOf(argument), group)),
    proposeSpecChange: read((argument) => proposeSpecChange(around, proposals, targetOf(argument))),
    applySpecChange: read((argument) => applySpecChange(around, proposals, argument)),
    dismissProblem: read((argument) => dismissProblem(around, targetOf(argument))),
    // Verified examples, training data
    verifyExamples: (argument) => verifyExamples(around, targetOf(argument)),
    reverifyExamples: (argument) => reverifyExamples(around, targetOf(argument)),
    acceptExample: read((argument, selected) => reviewExamples(around, targetsOf(argument, selected), true)),
    rejectExample: read((argument, selected) => reviewExamples(around, targetsOf(argument, selected), false)),
    expandExamples: (argument) => expandExamples(around, targetOf(argument)),
    exportData: (argument) => exportExamples(around, files, targetOf(argument)),
    importLog: () => importLog(around, files),
  };
}
