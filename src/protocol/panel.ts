/**
 * What the dashboard's page and the extension host say to each other: one union a direction. The page asks and is answered;
 * beside that it is told when something has changed, and asks again for what it shows.
 */
import type {
  Dashboard,
  DashboardQuery,
  LiftMark,
  ListName,
  ListOrder,
  ListRow,
  TrialFilter,
} from '../core/rows.ts';
import type { ExampleKind, FailureType, Outcome, Verification } from '../core/trial.ts';

/** A tool to choose from. */
export interface PanelTool {
  id: string;
  name: string;
  trials: number;
}

/** What the dashboard shows: everything, one tool, one run, or one tool of a run. */
export interface PanelPlace {
  tool: { id: string; name: string } | null;
  /** `label` says which run it is, for people. */
  run: { id: string; label: string } | null;
}

/** What the window is like. */
export interface PanelState {
  trusted: boolean;
  /** A run is on. */
  running: boolean;
}

/**
 * What outcomes and failure types are called in the person's language, as in every other view; `icon` names a codicon, `why`
 * is a sentence that explains.
 */
export interface PanelWords {
  outcomes: Record<Outcome, { word: string; icon: string; why: string }>;
  /** What a trial is, and what a lesson. */
  trial: string;
  lesson: string;
  failures: Record<FailureType, string>;
  /** What stands behind an example. */
  verification: Record<Verification, { word: string; why: string }>;
  /** What is right about an abstention. */
  kinds: Record<Exclude<ExampleKind, 'call'>, { word: string; why: string }>;
  /** What an example is worth. */
  lifts: Record<LiftMark['mark'], string>;
}

/** What the page starts from. */
export interface PanelStart extends PanelState {
  /** Translations by English text; empty for English. */
  texts: Record<string, string>;
  words: PanelWords;
  /** What it was opened for; null for a page that comes back after a reload, which knows it itself. */
  place: PanelPlace | null;
}

/** What the page asks for, with what it gets. */
export interface PanelRequests {
  start: { params: Record<string, never>; result: PanelStart };
  dashboard: { params: DashboardQuery; result: Dashboard };
  list: {
    params: { list: ListName; filter: TrialFilter; order: ListOrder };
    result: { ids: number[]; total: number };
  };
  listRows: { params: { list: ListName; ids: number[] }; result: ListRow[] };
  /** Tools whose name has this text, at most 100. */
  tools: { params: { text: string }; result: PanelTool[] };
  openTrial: { params: { trialId: string }; result: null };
  insert: { params: { exampleId: string }; result: null };
  explore: { params: { tool: string | null }; result: null };
  manageTrust: { params: Record<string, never>; result: null };
  /** Starts the engine after it has ended. */
  startEngine: { params: Record<string, never>; result: null };
}

export type PanelRequestName = keyof PanelRequests;

export type FromPage =
  | {
      [Name in PanelRequestName]: {
        type: 'request';
        id: number;
        name: Name;
        params: PanelRequests[Name]['params'];
      };
    }[PanelRequestName]
  /** What the page wants back after a reload of the window is kept by the editor itself (`setState`). */
  | { type: 'failed'; message: string };

export type ToPage =
  | { type: 'answer'; id: number; result: unknown }
  /** `away`: the engine has ended, and is started again by nobody but a person. */
  | { type: 'refused'; id: number; message: string; advice: string; away: boolean }
  /** Trials have come, or the engine is back, or the window is trusted now: what is shown is out of date. */
  | ({ type: 'changed' } & PanelState)
  /** Show this now. */
  | { type: 'show'; place: PanelPlace };
