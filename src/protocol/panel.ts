/**
 * What the dashboard's page and the extension host say to each other: one union a direction. The page asks and is answered;
 * beside that it is told when something has changed, and asks again for what it shows.
 */
import type { Dashboard, DashboardQuery, ListName, ListOrder, ListRow, TrialFilter } from '../core/rows.ts';

/** A tool to choose from. */
export interface PanelTool {
  id: string;
  name: string;
  trials: number;
}

/** What the page starts from. */
export interface PanelStart {
  /** Translations by English text; empty for English. */
  texts: Record<string, string>;
  trusted: boolean;
  /** The tool that it was opened for. */
  tool: string | null;
  run: string | null;
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
  | { type: 'refused'; id: number; message: string; advice: string }
  /** Trials have come, or the engine is back: what is shown is out of date. `running` while a run is on. */
  | { type: 'changed'; running: boolean }
  /** Show this tool or run now. */
  | { type: 'show'; tool: string | null; run: string | null };
