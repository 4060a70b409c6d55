/** What the engine is told of the editor: at its start, and when it changes. */

/** Passed in `initializationOptions`. */
export interface EngineStart {
  /** File-system paths of the workspace folders; `.imaginarium` lives in the first. */
  folders: string[];
  trusted: boolean;
  settings: EngineSettings;
  /** Absent: what the editor usually excludes. */
  excludes?: FolderExcludes;
}

/** Globs of what the editor excludes (`files.exclude`, `search.exclude`), by workspace folder (absolute path). */
export type FolderExcludes = Record<string, string[]>;

/** The person's settings, as the extension reads them from the editor; null is "not set". */
export interface EngineSettings {
  model: string | null;
  baseUrl: string | null;
  protocol: 'tools' | 'react' | null;
  preset: 'paper' | 'adaptive' | null;
  episodes: number | null;
  trials: number | null;
  turns: number | null;
  concurrency: number | null;
  maxCalls: number | null;
  maxUsd: number | null;
  /** Time limit of a tool's call, milliseconds. */
  toolTimeout: number | null;
  /** A model for embeddings at the same server; null: examples are chosen by their words alone. */
  embeddingModel: string | null;
}

/** Nothing set: everything comes from the preset. */
export const nothingSet: EngineSettings = {
  model: null,
  baseUrl: null,
  protocol: null,
  preset: null,
  episodes: null,
  trials: null,
  turns: null,
  concurrency: null,
  maxCalls: null,
  maxUsd: null,
  toolTimeout: null,
  embeddingModel: null,
};
