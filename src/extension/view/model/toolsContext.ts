import type { Rows } from '../levels.ts';
import type { Asking } from './asking.ts';

/** What the rows of the view Tools need beside their own data. */
export interface ToolsContext {
  asking: Asking;
  rows(): Promise<Rows>;
  severalFolders(): boolean;
  /** The tool is being explored at this moment. */
  isBusy(toolId: string): boolean;
  /** The tool belongs to a run that is on. */
  isInRun(toolId: string): boolean;
}
