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
  chooseModel: 'imaginarium.chooseModel',
  setSecret: 'imaginarium.setSecret',
  newManifest: 'imaginarium.newManifest',
  startEngine: 'imaginarium.startEngine',
  showStatus: 'imaginarium.showStatus',
  showLog: 'imaginarium.showLog',
} as const;

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
} as const;

/** Containers of the activity bar. */
export const viewsContainers = {
  imaginarium: 'imaginarium',
} as const;

export const views = {
  tools: 'imaginarium.tools',
} as const;

/** Context keys that `when` clauses read and the extension sets. */
export const contextKeys = {
  /** A run is on in this window. */
  running: 'imaginarium.running',
  /** There is a run that was stopped or cut off, and can go on. */
  resumable: 'imaginarium.resumable',
  /** The catalogue has tools. */
  hasTools: 'imaginarium.hasTools',
  /** The engine ended and is not started again by itself. */
  engineAway: 'imaginarium.engineAway',
} as const;
