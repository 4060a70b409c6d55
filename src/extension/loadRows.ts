import type * as Rows from './view/rows.ts';

/** The stage of the rows below the first level, loaded when they are first wanted: the build leaves it a file of its own. */
export function loadRows(): Promise<typeof Rows> {
  return import('./view/rows.ts');
}
