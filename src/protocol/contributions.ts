/**
 * Every id that the extension declares in `package.json`, once. `npm run check:manifest` compares the two both ways, so
 * no string id stands anywhere else in the code.
 */

/** Commands of the palette, the views and the status bar. */
export const commands = {
  exploreTool: 'imaginarium.exploreTool',
  exploreAllTools: 'imaginarium.exploreAllTools',
  stop: 'imaginarium.stop',
  resume: 'imaginarium.resume',
  openDashboard: 'imaginarium.openDashboard',
  openTrial: 'imaginarium.openTrial',
  openTrialMessages: 'imaginarium.openTrialMessages',
  compareTrials: 'imaginarium.compareTrials',
  insertExamples: 'imaginarium.insertExamples',
  copyExampleAs: 'imaginarium.copyExampleAs',
  openExampleFile: 'imaginarium.openExampleFile',
  deleteExample: 'imaginarium.deleteExample',
  openSpec: 'imaginarium.openSpec',
  filterTools: 'imaginarium.filterTools',
  clearToolsFilter: 'imaginarium.clearToolsFilter',
  filterRuns: 'imaginarium.filterRuns',
  clearRunsFilter: 'imaginarium.clearRunsFilter',
  showMore: 'imaginarium.showMore',
  createToolManifest: 'imaginarium.createToolManifest',
  setModel: 'imaginarium.setModel',
  setApiKey: 'imaginarium.setApiKey',
  setSecret: 'imaginarium.setSecret',
  startEngine: 'imaginarium.startEngine',
  showStatus: 'imaginarium.showStatus',
  showLog: 'imaginarium.showLog',
  addSource: 'imaginarium.addSource',
  excludeSource: 'imaginarium.excludeSource',
  setRisk: 'imaginarium.setRisk',
  listServer: 'imaginarium.listServer',
  compareWithSpec: 'imaginarium.compareWithSpec',
  revealTool: 'imaginarium.revealTool',
  proposeSpecChange: 'imaginarium.proposeSpecChange',
  applySpecChange: 'imaginarium.applySpecChange',
  dismissProblem: 'imaginarium.dismissProblem',
  verifyExamples: 'imaginarium.verifyExamples',
  reverifyExamples: 'imaginarium.reverifyExamples',
  acceptExample: 'imaginarium.acceptExample',
  rejectExample: 'imaginarium.rejectExample',
  expandExamples: 'imaginarium.expandExamples',
  exportData: 'imaginarium.exportData',
  importLog: 'imaginarium.importLog',
} as const;

export type CommandName = keyof typeof commands;

/** Settings: what belongs to the person (model, limits). Keys are secrets and never a setting. */
export const settings = {
  model: 'imaginarium.model',
  baseUrl: 'imaginarium.baseUrl',
  protocol: 'imaginarium.protocol',
  preset: 'imaginarium.preset',
  episodes: 'imaginarium.episodes',
  trials: 'imaginarium.trials',
  turns: 'imaginarium.turns',
  concurrency: 'imaginarium.concurrency',
  maxCalls: 'imaginarium.maxCalls',
  maxUsd: 'imaginarium.maxUsd',
  toolTimeout: 'imaginarium.toolTimeout',
  embeddingModel: 'imaginarium.embeddingModel',
  codeLens: 'imaginarium.codeLens',
} as const;

/** Containers of the activity bar. */
export const viewsContainers = {
  imaginarium: 'imaginarium',
} as const;

export const views = {
  tools: 'imaginarium.tools',
  runs: 'imaginarium.runs',
} as const;

/** Panels, by the view type that the editor keeps over a reload. */
export const panels = {
  dashboard: 'imaginarium.dashboard',
} as const;

/** Languages. A trial and a tool are shown as documents of these. */
export const languages = {
  trial: 'imaginarium-trial',
  tool: 'imaginarium-tool',
} as const;

/** Context keys that `when` clauses read and the extension sets. */
export const contextKeys = {
  /** A run, or work on what was explored, is on in this window. */
  running: 'imaginarium.running',
  /** There is a run, or such work, that was stopped or cut off and can go on. */
  resumable: 'imaginarium.resumable',
  /** The catalogue has tools. */
  hasTools: 'imaginarium.hasTools',
  /** The engine ended and is not started again by itself. */
  engineAway: 'imaginarium.engineAway',
  /** The workspace has runs to show. */
  hasRuns: 'imaginarium.hasRuns',
  /** A view shows a part of what there is. */
  toolsFiltered: 'imaginarium.toolsFiltered',
  runsFiltered: 'imaginarium.runsFiltered',
  /** The active editor shows a trial. */
  trialOpen: 'imaginarium.trialOpen',
} as const;
