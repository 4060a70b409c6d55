/** The tools of a workspace, as the engine tells of them: whole, and as lists show them. */
import type { Json } from '../core/json.ts';
import type { FormatName, ServerState } from '../core/source.ts';
import type { SpecProblem, Tool } from '../core/tool.ts';

export type { FormatName, ServerState } from '../core/source.ts';

/** A tool with what was learned of it. */
export interface CatalogueTool extends Tool {
  /** Why it cannot be run, when `runnable` is false. */
  notRunnable: string | null;
  /** Its source says that a model plays it. */
  simulated?: boolean;
  problems: SpecProblem[];
  counts: {
    examples: number;
    failures: number;
    lessons: number;
    trials: number;
    /** What of these stems from trials in which a model played the tool; absent for none. */
    simulated?: { examples: number; failures: number; trials: number };
    /** Examples that wait for a person's word, which are not among `examples`; absent for none. */
    review?: number;
    /** Examples (those in review included) that were learned from another spec than it has now; absent for none. */
    stale?: number;
  };
}

export interface CatalogueSource {
  /** Its name: the path of the file, relative; `<path>#<server>`; or `editor`. */
  path: string;
  /** The file, relative to the folder; null for what stands in none. */
  file: string | null;
  format: FormatName;
  /** Of a server: what it is and whether it has told its tools. */
  server: ServerState | null;
  /** Absolute path of the workspace folder it lies in. */
  folder: string;
  tools: CatalogueTool[];
  problems: SpecProblem[];
}

export interface Catalogue {
  /** Rises with every change. */
  version: number;
  sources: CatalogueSource[];
}

/** A tool as lists show it: its parameters are asked for one by one. */
export interface ToolRow
  extends Pick<
    CatalogueTool,
    | 'id'
    | 'name'
    | 'description'
    | 'source'
    | 'risk'
    | 'riskReason'
    | 'runnable'
    | 'notRunnable'
    | 'simulated'
    | 'problems'
    | 'counts'
    | 'specHash'
  > {
  /** Absolute path of the workspace folder it lies in. */
  folder: string;
  /** Whether a model plays it. */
  simulated: boolean;
}

/** One tool, whole, and where it is. */
export interface FoundTool extends CatalogueTool, Pick<ToolRow, 'folder'> {
  /** How its source has it, and what of that could not be carried over; null where a model is shown just that. */
  written: { name: string; description: string; schema: Json; notes: string[] } | null;
  format: FormatName;
  /** Whether a model plays it, since nothing can run it or its manifest says so. */
  simulated: boolean;
}

/** A source without its tools. */
export interface SourceRow
  extends Pick<CatalogueSource, 'path' | 'file' | 'format' | 'server' | 'folder' | 'problems'> {
  /** How many tools it has, and of those how many a filter lets through (all, without one). */
  tools: number;
  shown: number;
}

/** The first level of the catalogue: small however many tools there are. */
export interface Sources {
  version: number;
  /** How many tools there are in all, and how many of them can be run. */
  tools: number;
  runnable: number;
  /** The search for sources is on: there may be more. Absent: all are known. */
  searching?: boolean;
  sources: SourceRow[];
  /** Examples that wait for a person's word, and those learned from another spec than their tool has now; absent for none. */
  review?: number;
  stale?: number;
  /** What manifests exclude: paths and globs as they are written. Absent: nothing. */
  excluded?: { folder: string; glob: string }[];
}

/** Which tools are shown; what is left out lets everything through. */
export interface ToolFilter {
  /** Words of the name or the description. */
  text?: string;
  /** Only tools of which this was learned: `unexplored` has no trial yet. */
  learned?: 'examples' | 'failures' | 'unexplored';
}
