import type * as Actions from './actions.ts';

/** The stage of the commands, loaded when the first of them is run: the build leaves it a file of its own. */
export function loadActions(): Promise<typeof Actions> {
  return import('./actions.ts');
}
