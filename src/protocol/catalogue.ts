/** The tools of a workspace, as the engine tells of them: whole, and as lists show them. */
import type { SpecProblem, Tool } from '../core/tool.ts';

/** A tool with what was learned of it. */
export interface CatalogueTool extends Tool {
  /** Why it cannot be run, when `runnable` is false. */
  notRunnable: string | null;
  problems: SpecProblem[];
  counts: { examples: number; failures: number; lessons: number; trials: number };
}

export interface CatalogueSource {
  /** Relative path of the file. */
  path: string;
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
    'id' | 'name' | 'description' | 'source' | 'risk' | 'runnable' | 'notRunnable' | 'problems' | 'counts'
  > {
  /** Absolute path of the workspace folder it lies in. */
  folder: string;
}

/** One tool, whole, and where it is. */
export interface FoundTool extends CatalogueTool, Pick<ToolRow, 'folder'> {}

/** A source without its tools. */
export interface SourceRow extends Pick<CatalogueSource, 'path' | 'folder' | 'problems'> {
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
  sources: SourceRow[];
}

/** Which tools are shown; what is left out lets everything through. */
export interface ToolFilter {
  /** Words of the name or the description. */
  text?: string;
  /** Only tools of which this was learned: `unexplored` has no trial yet. */
  learned?: 'examples' | 'failures' | 'unexplored';
}
