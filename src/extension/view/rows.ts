/**
 * The stage of the rows below the first level: loaded when a view is first drawn or opened, since they need the engine, and
 * activation does not wait for it.
 */
import { useTranslations } from '../window/translations.ts';
import { openLevels, type Rows } from './levels.ts';

export type { Rows, ToolLevel } from './levels.ts';

/** Opens the stage; called once a window. */
export function openRows(): Rows {
  useTranslations();
  return openLevels();
}
