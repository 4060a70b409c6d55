/** What is kept of a workspace: the trial log (SQLite) and the files of examples and lessons. */

export type * from './api.ts';
export { openStore } from './openStore.ts';
export { redactSecrets } from './redact.ts';
