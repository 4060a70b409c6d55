/** From what a format found to tools: the one way for names, schemas, ids and places of every foreign format. */
import type { Json } from '../../core/json.ts';
import type { Risk, SpecProblem } from '../../core/tool.ts';
import type { BoundTool, RunnerSpec } from '../boundTool.ts';
import type { SpecRange } from './document.ts';
import type { ReadDefaults } from './format.ts';

/** A tool as a format found it. */
export interface FoundSpec {
  /** As written. */
  name: string;
  description: string;
  /** The parameters in the format's own words. */
  schema: Json;
  /** Where it stands, and where its schema does: JSON Pointers, for `locate`. */
  at: string;
  schemaAt: string;
  runner: RunnerSpec | null;
  /** Why nothing can run it; null with a runner. */
  notRunnable: string | null;
  risk: Risk;
  riskReason: string;
}

/** The source the tools stand in. */
export interface FoundIn {
  /** Name of the source, first part of the ids. */
  source: string;
  /** The file, relative, for places; where there is none, the source's name. */
  file: string;
  folder: string;
  locate(pointer: string, part?: 'key' | 'value'): SpecRange;
}

/**
 * Legal, unique names; JSON Schemas; ids that stay while name and source do. What no model could be told of is left out
 * and reported; what could not be mapped stands in `written.notes`. Each tool has its `spot` (`toolSpot.ts`).
 */
export function boundTools(
  _specs: readonly FoundSpec[],
  _where: FoundIn,
  _defaults: ReadDefaults,
): { tools: BoundTool[]; problems: SpecProblem[] } {
  return { tools: [], problems: [] };
}
